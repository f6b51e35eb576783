//! Which entries of a long list are drawn: those near the visible part. Gaps stand for the others, as high
//! as they were when they were drawn. Pure, so that its rules are tested on the host.

use std::ops::Range;

/// Entries that come and go together: whole rows of two columns and of five.
const GROUP: usize = 10;
/// Entries are drawn this many pixels beyond the visible part.
const AHEAD_PX: f64 = 900.0;
/// Groups drawn before any height is known: more than a phone's screen. The pictures of more would keep the app waiting.
const AT_FIRST: usize = 1;

/// How high the groups of a list are, as far as they were drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heights {
    /// Of the list, in pixels: with another width everything has another height.
    width: f64,
    /// Between two rows.
    space: f64,
    /// Of each group with the space after it, and how many entries it had then; nothing where it was never seen.
    groups: Vec<Option<(f64, usize)>>,
}

/// What of a list is to be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// The list's width.
    pub width: f64,
    /// Its upper edge below that of the visible part; negative once it was scrolled over.
    pub top: f64,
    /// Height of the visible part.
    pub screen: f64,
    /// The entry that holds the keyboard's focus.
    pub focus: Option<usize>,
}

/// The groups that are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    near: Range<usize>,
    /// Drawn wherever it is, or the focus would be lost.
    focused: Option<usize>,
}

/// A stretch of the list, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Entries that are drawn.
    Entries(Range<usize>),
    /// Room for entries that are not, in whole pixels: to write others as text takes ten kilobytes of code.
    Gap(u32),
}

impl Default for Drawn {
    fn default() -> Self {
        Self {
            near: 0..AT_FIRST,
            focused: None,
        }
    }
}

impl Drawn {
    /// The groups that are drawn of a list of `count` entries, as ranges of its entries.
    pub fn groups(&self, count: usize) -> impl Iterator<Item = Range<usize>> {
        let last = count.div_ceil(GROUP);
        let near = self.near.start.min(last)..self.near.end.min(last);
        let apart = self
            .focused
            .filter(|group| !near.contains(group) && *group < last);
        let before = apart.filter(|group| *group < near.start);
        let after = apart.filter(|group| *group >= near.end);
        let groups = before.into_iter().chain(near).chain(after);
        groups.map(move |group| group * GROUP..((group + 1) * GROUP).min(count))
    }

    /// The whole list: what is drawn, and the gaps between.
    pub fn parts(&self, count: usize, heights: &Heights) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut done = 0;
        for group in self.groups(count) {
            parts.extend(heights.gap(done..group.start));
            done = group.end;
            parts.push(Part::Entries(group));
        }
        parts.extend(heights.gap(done..count));
        parts
    }
}

impl Heights {
    /// Forgets everything when the list has another width than before.
    pub fn in_width(&mut self, width: f64) {
        if (self.width - width).abs() >= 1.0 {
            *self = Self {
                width,
                ..Self::default()
            };
        }
    }

    /// Notes the height of a group, and the `space` after it where something follows.
    pub fn saw(&mut self, group: &Range<usize>, height: f64, space: Option<f64>) {
        self.space = space.unwrap_or(self.space);
        let index = group.start / GROUP;
        if self.groups.len() <= index {
            self.groups.resize(index + 1, None);
        }
        if let Some(kept) = self.groups.get_mut(index) {
            *kept = Some((height + self.space, group.len()));
        }
    }

    /// What to draw of a list of `count` entries.
    pub fn near(&self, count: usize, sight: Sight) -> Drawn {
        let last = count.div_ceil(GROUP);
        let focused = sight.focus.map(|entry| entry / GROUP);
        if self.mean() == 0.0 {
            let near = 0..AT_FIRST;
            return Drawn { near, focused };
        }
        let (from, to) = (-sight.top - AHEAD_PX, sight.screen - sight.top + AHEAD_PX);
        let mut near = None::<Range<usize>>;
        let mut top = 0.0;
        for group in 0..last {
            let bottom = top + self.of(group, count);
            if bottom > from && top < to {
                near = Some(near.map_or(group, |near| near.start)..group + 1);
            }
            top = bottom;
        }
        // Out of sight as a whole: its first or last group keeps its place.
        let edge = if to <= 0.0 { 0 } else { last.saturating_sub(1) };
        Drawn {
            near: near.unwrap_or(edge..edge + 1),
            focused,
        }
    }

    /// Room for entries that are not drawn. The space after them follows the gap too.
    fn gap(&self, entries: Range<usize>) -> Option<Part> {
        let groups = entries.start / GROUP..entries.end.div_ceil(GROUP);
        let height: f64 = groups.map(|group| self.of(group, entries.end)).sum();
        (!entries.is_empty()).then(|| Part::Gap((height - self.space).round().max(0.0) as u32))
    }

    /// The height of a group in a list of `count` entries; that of the others where it was never seen so long.
    fn of(&self, group: usize, count: usize) -> f64 {
        let length = count.saturating_sub(group * GROUP).min(GROUP);
        let seen = self.groups.get(group).copied().flatten();
        let seen = seen.filter(|(_, entries)| *entries == length);
        seen.map_or_else(|| self.mean(), |(height, _)| height)
    }

    /// Of the groups that are full.
    fn mean(&self) -> f64 {
        let seen = self.groups.iter().flatten();
        let full = seen.filter(|(_, entries)| *entries == GROUP);
        let (sum, count) = full.fold((0.0, 0.0), |(sum, count), (height, _)| {
            (sum + height, count + 1.0)
        });
        if count > 0.0 { sum / count } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of `groups` full groups, each 1,000 px high with 8 px after it.
    fn seen(groups: usize) -> Heights {
        let mut heights = Heights::default();
        heights.in_width(390.0);
        for group in 0..groups {
            heights.saw(&(group * GROUP..(group + 1) * GROUP), 992.0, Some(8.0));
        }
        heights
    }

    fn at(scrolled: f64, focus: Option<usize>) -> Sight {
        Sight {
            width: 390.0,
            top: -scrolled,
            screen: 800.0,
            focus,
        }
    }

    /// Entries that are drawn, and how high the list is by its gaps and heights.
    fn drawn(parts: &[Part]) -> (usize, f64) {
        parts
            .iter()
            .fold((0, 0.0), |(count, height), part| match part {
                Part::Entries(entries) => {
                    (count + entries.len(), height + 100.0 * entries.len() as f64)
                }
                Part::Gap(px) => (count, height + f64::from(*px) + 8.0),
            })
    }

    #[test]
    fn what_is_drawn_does_not_grow_with_the_list_and_the_list_keeps_its_height() {
        let heights = seen(1_000);
        for scrolled in [0.0, 4_200.0, 500_000.0, 999_300.0] {
            let near = heights.near(10_000, at(scrolled, None));
            let (entries, height) = drawn(&near.parts(10_000, &heights));
            assert!((10..=40).contains(&entries), "{entries} at {scrolled}");
            assert!(
                (height - 1_000_000.0).abs() < 0.001,
                "{height} at {scrolled}"
            );
        }
    }

    #[test]
    fn everything_in_and_near_sight_is_drawn() {
        let heights = seen(1_000);
        let near = heights.near(10_000, at(50_500.0, None));
        let entries: Vec<Range<usize>> = near.groups(10_000).collect();
        assert_eq!(entries.first().map(|group| group.start), Some(490));
        assert_eq!(entries.last().map(|group| group.end), Some(530));
    }

    #[test]
    fn the_entry_with_the_focus_is_drawn_wherever_it_is() {
        let heights = seen(100);
        let near = heights.near(1_000, at(50_500.0, Some(3)));
        let parts = near.parts(1_000, &heights);
        assert_eq!(parts.first(), Some(&Part::Entries(0..10)));
        assert!((drawn(&parts).1 - 100_000.0).abs() < 0.001);
        let near = heights.near(1_000, at(0.0, Some(999)));
        let parts = near.parts(1_000, &heights);
        assert_eq!(parts.last(), Some(&Part::Entries(990..1_000)));
    }

    #[test]
    fn before_anything_was_measured_the_first_screen_is_drawn() {
        let parts = Drawn::default().parts(24, &Heights::default());
        assert_eq!(parts, [Part::Entries(0..10), Part::Gap(0)]);
        assert_eq!(Drawn::default().parts(0, &Heights::default()), []);
    }

    #[test]
    fn a_list_below_or_above_the_screen_keeps_an_edge() {
        let heights = seen(10);
        let first = |drawn: Drawn| drawn.groups(100).next();
        assert_eq!(first(heights.near(100, at(-5_000.0, None))), Some(0..10));
        assert_eq!(first(heights.near(100, at(50_000.0, None))), Some(90..100));
    }

    #[test]
    fn another_width_is_measured_anew_and_a_group_that_is_not_full_says_nothing_of_others() {
        let mut heights = seen(3);
        heights.in_width(390.4);
        assert_eq!(heights, seen(3));
        heights.in_width(844.0);
        assert_eq!(heights.mean(), 0.0);
        heights.saw(&(0..4), 500.0, Some(8.0));
        assert_eq!(heights.mean(), 0.0);
    }

    #[test]
    fn a_last_group_that_is_not_full_keeps_its_own_height_until_it_grows() {
        let mut heights = seen(6);
        heights.saw(&(60..62), 200.0, None);
        assert_eq!(heights.gap(50..62), Some(Part::Gap(1_200)));
        assert_eq!(heights.gap(50..70), Some(Part::Gap(1_992)));
    }
}

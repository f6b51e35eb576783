//! A list that is read a page at a time: what has arrived, what comes next, and whether it is on its
//! way. Pure, so that its rules are tested on the host; [`use_pages`](super::use_pages) drives it.

use std::collections::HashSet;

use contract::Cursor;

use super::ApiError;
use crate::ui::Measured;

/// One page as it arrived.
#[derive(Clone, Debug)]
pub struct Batch<T, H> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last one.
    pub next: Option<Cursor>,
    /// What the server says of the whole list.
    pub head: H,
}

/// Where the next page starts.
#[derive(Clone, Debug, PartialEq)]
enum Next {
    First,
    At(Cursor),
    End,
}

/// What is under way.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Nothing.
    Idle,
    /// The next page is on its way.
    Loading,
    /// The next page is on its way for long.
    Slow,
    /// The next page could not be had.
    Failed(ApiError),
}

/// The list so far.
#[derive(Clone, Debug)]
pub struct Pages<T, H> {
    items: Vec<T>,
    keys: HashSet<String>,
    head: Option<H>,
    next: Next,
    phase: Phase,
    measured: Measured,
}

impl<T, H> Default for Pages<T, H> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            keys: HashSet::new(),
            head: None,
            next: Next::First,
            phase: Phase::Idle,
            measured: Measured::default(),
        }
    }
}

impl<T, H> Pages<T, H> {
    /// The entries, in the list's order.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// What the newest page says of the whole list; absent before the first page.
    pub fn head(&self) -> Option<&H> {
        self.head.as_ref()
    }

    /// What is under way.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// How high the entries were when they were drawn.
    pub fn measured(&self) -> Measured {
        self.measured.clone()
    }

    /// Whether the last page has arrived.
    pub fn is_complete(&self) -> bool {
        self.next == Next::End
    }

    /// Whether the first page has arrived and was empty.
    pub fn is_empty(&self) -> bool {
        self.head.is_some() && self.items.is_empty() && self.is_complete()
    }

    /// Asks for the next page: its cursor (none for the first) when one should be fetched now.
    pub fn start(&mut self) -> Option<Option<Cursor>> {
        let cursor = match (&self.phase, &self.next) {
            (Phase::Loading | Phase::Slow, _) | (_, Next::End) => return None,
            (_, Next::First) => None,
            (_, Next::At(cursor)) => Some(cursor.clone()),
        };
        self.phase = Phase::Loading;
        Some(cursor)
    }

    /// Takes a page in. An entry that was there before is left out: a list that moves while it is read
    /// never shows one thing twice (features.md 1).
    pub fn arrived(&mut self, batch: Batch<T, H>, key: impl Fn(&T) -> String) {
        for item in batch.items {
            if self.keys.insert(key(&item)) {
                self.items.push(item);
            }
        }
        self.head = Some(batch.head);
        self.next = batch.next.map_or(Next::End, Next::At);
        self.phase = Phase::Idle;
    }

    /// The page did not come.
    pub fn failed(&mut self, error: ApiError) {
        self.phase = Phase::Failed(error);
    }

    /// The page takes long.
    pub fn is_slow(&mut self) {
        if self.phase == Phase::Loading {
            self.phase = Phase::Slow;
        }
    }

    /// What was under way is given up with the page that waited for it.
    pub fn rested(mut self) -> Self {
        self.phase = Phase::Idle;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(items: &[u32], next: Option<&str>) -> Batch<u32, ()> {
        Batch {
            items: items.to_vec(),
            next: next.map(|c| Cursor(c.to_owned())),
            head: (),
        }
    }

    #[test]
    fn pages_follow_their_cursors_to_the_end() {
        let mut pages = Pages::default();
        assert_eq!(pages.start(), Some(None));
        assert_eq!(pages.start(), None, "one request at a time");
        pages.arrived(batch(&[1, 2], Some("b")), u32::to_string);
        assert_eq!(pages.start(), Some(Some(Cursor("b".to_owned()))));
        pages.arrived(batch(&[3], None), u32::to_string);
        assert!(pages.is_complete());
        assert_eq!(pages.start(), None);
        assert_eq!(pages.items(), [1, 2, 3]);
    }

    #[test]
    fn nothing_is_shown_twice() {
        let mut pages = Pages::default();
        pages.arrived(batch(&[1, 2], Some("b")), u32::to_string);
        pages.arrived(batch(&[2, 3, 3], None), u32::to_string);
        assert_eq!(pages.items(), [1, 2, 3]);
    }

    #[test]
    fn a_failed_page_is_asked_for_again_at_the_same_place() {
        let mut pages = Pages::default();
        pages.arrived(batch(&[1], Some("b")), u32::to_string);
        assert!(pages.start().is_some());
        pages.failed(ApiError::Timeout);
        assert_eq!(pages.start(), Some(Some(Cursor("b".to_owned()))));
        assert_eq!(pages.items(), [1], "what was there stays");
    }

    #[test]
    fn only_a_first_page_without_entries_is_empty() {
        let mut pages: Pages<u32, ()> = Pages::default();
        assert!(!pages.is_empty());
        pages.arrived(batch(&[], None), u32::to_string);
        assert!(pages.is_empty());
    }
}

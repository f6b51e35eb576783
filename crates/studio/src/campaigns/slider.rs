//! The time line of a preview: from now past every beginning and end to a day after the last, in minutes.

use contract::Timestamp;
use contract::campaigns::{Campaign, CampaignOpening};

const MINUTE_MS: i64 = 60 * 1000;
/// A day, in minutes.
const DAY: i64 = 24 * 60;

/// What happens at a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// This is now.
    Now,
    /// The promotion begins.
    Starts,
    /// Its hours of a day begin.
    Opens,
    /// Its hours of a day end.
    Closes,
    /// The promotion is over.
    Ends,
    /// A day after it.
    After,
}

/// A moment on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// What happens.
    pub what: What,
}

/// How a promotion stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Before,
    Holds,
    Between,
    Over,
}

/// A promotion's time line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    now: i64,
    starts_at: Timestamp,
    ends_at: Timestamp,
    openings: Vec<CampaignOpening>,
    has_slots: bool,
}

impl Line {
    /// That of a promotion, seen now.
    pub fn of(campaign: &Campaign, now: Timestamp) -> Self {
        Self {
            now: now.0.div_euclid(MINUTE_MS),
            starts_at: campaign.terms.starts_at,
            ends_at: campaign.terms.ends_at,
            openings: campaign.openings.clone(),
            has_slots: !campaign.terms.slots.is_empty(),
        }
    }

    /// How many minutes it is long.
    pub fn minutes(&self) -> i64 {
        let ends = self.ends_at.0.div_euclid(MINUTE_MS);
        ends.max(self.now) - self.now + DAY
    }

    /// The moment of a minute on it.
    pub fn at(&self, minute: i64) -> Timestamp {
        Timestamp((self.now + minute.clamp(0, self.minutes())) * MINUTE_MS)
    }

    /// The minute of a moment on it.
    pub fn minute(&self, at: Timestamp) -> i64 {
        (at.0.div_euclid(MINUTE_MS) - self.now).clamp(0, self.minutes())
    }

    /// Where one begins to look: when it holds first.
    pub fn first_look(&self) -> Timestamp {
        let opens = self.openings.first().map(|opening| opening.from);
        let first = opens.unwrap_or(self.starts_at);
        self.at(self.minute(first))
    }

    /// Its marks, in order, each moment once.
    pub fn marks(&self) -> Vec<Mark> {
        let mut marks = vec![Mark {
            at: self.at(0),
            what: What::Now,
        }];
        let mut add = |at: Timestamp, what: What| {
            let comes = marks.last().is_some_and(|last: &Mark| last.at < at);
            if comes {
                marks.push(Mark { at, what });
            }
        };
        add(self.starts_at, What::Starts);
        if self.has_slots {
            for opening in &self.openings {
                add(opening.from, What::Opens);
                if opening.until < self.ends_at {
                    add(opening.until, What::Closes);
                }
            }
        }
        add(self.ends_at, What::Ends);
        add(self.at(self.minutes()), What::After);
        marks
    }

    /// How it stands at a moment; hours further away than those that are known are taken as none.
    pub fn phase(&self, at: Timestamp) -> Phase {
        if at < self.starts_at {
            return Phase::Before;
        }
        if at >= self.ends_at {
            return Phase::Over;
        }
        let open = |opening: &CampaignOpening| opening.from <= at && at < opening.until;
        match !self.has_slots || self.openings.iter().any(open) {
            true => Phase::Holds,
            false => Phase::Between,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * MINUTE_MS;

    fn line(now: i64, slots: &[(i64, i64)]) -> Line {
        Line {
            now: now / MINUTE_MS,
            starts_at: Timestamp(20 * HOUR),
            ends_at: Timestamp(46 * HOUR),
            openings: slots
                .iter()
                .map(|(from, until)| CampaignOpening {
                    from: Timestamp(from * HOUR),
                    until: Timestamp(until * HOUR),
                })
                .collect(),
            has_slots: !slots.is_empty(),
        }
    }

    fn told(line: &Line) -> Vec<(What, i64)> {
        line.marks()
            .iter()
            .map(|mark| (mark.what, mark.at.0 / HOUR))
            .collect()
    }

    #[test]
    fn r3_9_the_line_goes_from_now_past_start_and_slots_to_a_day_after_the_end() {
        use What::*;
        assert_eq!(
            told(&line(10 * HOUR, &[])),
            [(Now, 10), (Starts, 20), (Ends, 46), (After, 70)]
        );
        assert_eq!(
            told(&line(10 * HOUR, &[(20, 22), (44, 46)])),
            [
                (Now, 10),
                (Starts, 20),
                (Closes, 22),
                (Opens, 44),
                (Ends, 46),
                (After, 70)
            ]
        );
        assert_eq!(
            told(&line(21 * HOUR, &[])),
            [(Now, 21), (Ends, 46), (After, 70)],
            "it runs"
        );
        assert_eq!(
            told(&line(50 * HOUR, &[])),
            [(Now, 50), (After, 74)],
            "it is over"
        );
    }

    #[test]
    fn a_minute_of_the_line_is_a_moment_and_back() {
        let line = line(10 * HOUR + 30_000, &[]);
        assert_eq!(line.at(0), Timestamp(10 * HOUR));
        assert_eq!(line.minute(Timestamp(20 * HOUR + 5 * MINUTE_MS)), 605);
        assert_eq!(line.at(605), Timestamp(20 * HOUR + 5 * MINUTE_MS));
        assert_eq!(line.at(-5), line.at(0));
        assert_eq!(line.first_look(), Timestamp(20 * HOUR));
    }

    #[test]
    fn f6_between_its_hours_it_does_not_hold() {
        let line = line(10 * HOUR, &[(20, 22), (44, 46)]);
        let phase = |hour: i64| line.phase(Timestamp(hour * HOUR));
        assert_eq!(
            [phase(12), phase(20), phase(22), phase(44), phase(46)],
            [
                Phase::Before,
                Phase::Holds,
                Phase::Between,
                Phase::Holds,
                Phase::Over
            ]
        );
    }
}

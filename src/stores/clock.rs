//! The server's clock in the browser (rules.md 3.0-5, reliability.md C3): deadlines are compared with
//! the server's time, carried forward by the monotonic clock; the device's own time is never asked.

use contract::Timestamp;

/// A reading this old gives way to a newer one, however exact it was.
const STALE_AFTER_MS: f64 = 10.0 * 60_000.0;

/// What is known about the server's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ServerClock {
    best: Option<Reading>,
}

/// An answer's `server_now` between the moments of asking and hearing, by the monotonic clock.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reading {
    /// Server's time less monotonic time, in milliseconds.
    offset: f64,
    /// How long the answer took.
    took: f64,
    heard: f64,
}

impl ServerClock {
    /// Takes note of an answer: `asked` and `heard` are monotonic milliseconds.
    pub fn observe(&mut self, asked: f64, heard: f64, server_now: Timestamp) {
        let took = (heard - asked).max(0.0);
        // The server read its clock halfway through, give or take half the time that it took.
        let offset = server_now.0 as f64 - (asked + took / 2.0);
        let keep = self
            .best
            .is_some_and(|best| best.took < took && heard - best.heard < STALE_AFTER_MS);
        if !keep {
            self.best = Some(Reading {
                offset,
                took,
                heard,
            });
        }
    }

    /// The server's time at a monotonic moment; absent until a first answer came.
    pub fn at(&self, monotonic: f64) -> Option<Timestamp> {
        self.best
            .map(|best| Timestamp((monotonic + best.offset) as i64))
    }

    /// Whole seconds left until a deadline, rounded up so that 0 means that it has passed; absent until
    /// a first answer came.
    pub fn seconds_left(&self, deadline: Timestamp, monotonic: f64) -> Option<u64> {
        let left = deadline.since(self.at(monotonic)?).max(0);
        u64::try_from(left).ok().map(|ms| ms.div_ceil(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r3_0_5_the_offset_is_taken_at_the_midpoint_of_the_request() {
        let mut clock = ServerClock::default();
        clock.observe(1000.0, 1200.0, Timestamp(5_000_000));
        assert_eq!(clock.at(1100.0), Some(Timestamp(5_000_000)));
        assert_eq!(clock.at(3100.0), Some(Timestamp(5_002_000)));
    }

    #[test]
    fn r3_0_5_a_slow_answer_does_not_replace_an_exact_one_until_that_is_old() {
        let mut clock = ServerClock::default();
        clock.observe(0.0, 10.0, Timestamp(1_000_005));
        clock.observe(100.0, 8100.0, Timestamp(1_000_200));
        assert_eq!(clock.at(100.0), Some(Timestamp(1_000_100)));
        clock.observe(700_000.0, 700_100.0, Timestamp(1_700_000));
        assert_eq!(clock.at(700_050.0), Some(Timestamp(1_700_000)));
    }

    #[test]
    fn r3_0_5_seconds_left_end_at_zero_and_not_before_the_deadline() {
        let mut clock = ServerClock::default();
        assert_eq!(clock.seconds_left(Timestamp(1), 0.0), None);
        clock.observe(0.0, 0.0, Timestamp(10_000));
        assert_eq!(clock.seconds_left(Timestamp(70_000), 0.0), Some(60));
        assert_eq!(clock.seconds_left(Timestamp(70_000), 59_001.0), Some(1));
        assert_eq!(clock.seconds_left(Timestamp(70_000), 60_000.0), Some(0));
        assert_eq!(clock.seconds_left(Timestamp(70_000), 99_000.0), Some(0));
    }
}

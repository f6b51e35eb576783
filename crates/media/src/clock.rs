//! The wall clock, and the moment that a publication's first frame stands for.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
pub fn now_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// How long one of the two windows of [`Anchor`] is, milliseconds.
const WINDOW_MS: i64 = 30_000;

/// Where media time 0 stands on the wall clock: the running minimum of arrival less decoding time. A frame
/// that was held up says nothing; the ones that came through fastest do. The last 30 to 60 s count, so that
/// an encoder whose clock drifts is followed.
#[derive(Clone, Copy, Debug)]
pub struct Anchor {
    before_ms: i64,
    now_ms: i64,
    since_ms: i64,
}

impl Anchor {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self {
            before_ms: i64::MAX,
            now_ms: i64::MAX,
            since_ms: i64::MIN,
        }
    }

    /// A frame of `dts_ms` arrived at `arrival_ms`.
    pub fn note(&mut self, arrival_ms: i64, dts_ms: i64) {
        if arrival_ms.saturating_sub(self.since_ms) >= WINDOW_MS {
            self.before_ms = self.now_ms;
            self.now_ms = i64::MAX;
            self.since_ms = arrival_ms;
        }
        self.now_ms = self.now_ms.min(arrival_ms.saturating_sub(dts_ms));
    }

    /// The wall clock at media time 0; 0 when nothing has arrived.
    pub fn at_ms(&self) -> i64 {
        match self.before_ms.min(self.now_ms) {
            i64::MAX => 0,
            at => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_frame_that_was_held_up_does_not_move_the_picture_for_ever() {
        let mut anchor = Anchor::new();
        anchor.note(1_000_350, 0);
        anchor.note(1_000_360, 40);
        anchor.note(1_000_100, 80);
        anchor.note(1_000_400, 120);
        assert_eq!(anchor.at_ms(), 1_000_020);
    }

    #[test]
    fn an_encoder_whose_clock_is_slow_is_followed() {
        let mut anchor = Anchor::new();
        // One second in a thousand: after an hour 3.6 s.
        for second in 0..3600 {
            anchor.note(second * 1001, second * 1000);
        }
        let late = 3599 - anchor.at_ms();
        assert!((0..=60).contains(&late), "{late}");
    }
}

//! What a room's numbers say (rules.md L1, L8; features.md 41, 42). Pure.

/// Lines of chat that one beat of the pump tells; the rest is counted.
pub const LINES_A_BEAT: usize = 10;

/// How many people are said to watch: exactly up to a thousand, then only about.
pub fn shown_viewers(watching: u64) -> u64 {
    match watching {
        0..=1000 => watching,
        1001..=9999 => watching / 100 * 100,
        _ => watching / 1000 * 1000,
    }
}

/// Which lines are told of those that came since the last beat, and how many are left out: the latest are told.
pub fn sample<T>(mut lines: Vec<T>) -> (Vec<T>, usize) {
    let left_out = lines.len().saturating_sub(LINES_A_BEAT);
    lines.drain(..left_out);
    (lines, left_out)
}

/// Whether so little is left of what there was that the host must know: a tenth, or five units.
pub fn is_alarming(left: i64, of: i64) -> bool {
    left <= 5 || left.saturating_mul(10) <= of
}

/// Orders of those who watched, in hundredths of a percent.
pub fn conversion_bp(orders: u64, viewers: u64) -> u32 {
    let viewers = viewers.max(1);
    u32::try_from((orders.saturating_mul(10_000) / viewers).min(10_000)).unwrap_or(10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l8_a_crowd_is_counted_only_about() {
        assert_eq!([0, 1, 1000].map(shown_viewers), [0, 1, 1000]);
        assert_eq!([1001, 1099, 9999].map(shown_viewers), [1000, 1000, 9900]);
        assert_eq!([10_000, 18_950].map(shown_viewers), [10_000, 18_000]);
    }

    #[test]
    fn l1_chat_is_sampled_under_load_and_says_so() {
        assert_eq!(sample((0..10).collect()), ((0..10).collect::<Vec<_>>(), 0));
        assert_eq!(
            sample((0..35).collect()),
            ((25..35).collect::<Vec<_>>(), 25)
        );
    }

    #[test]
    fn stock_alarms_at_a_tenth_or_five_units() {
        assert!(is_alarming(5, 20) && is_alarming(100, 1000) && is_alarming(0, 0));
        assert!(!is_alarming(6, 20) && !is_alarming(101, 1000));
    }

    #[test]
    fn conversion_is_of_those_who_watched() {
        assert_eq!(conversion_bp(5, 100), 500);
        assert_eq!(conversion_bp(5, 0), 10_000);
    }
}

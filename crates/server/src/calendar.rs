//! Days and months in the shop's time zone.

use contract::Timestamp;

/// The shop's clock is ahead of UTC by this, in milliseconds; there is no summer time.
pub const AHEAD_MS: i64 = 8 * 60 * 60 * 1000;
/// A day, in milliseconds.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Counts days since 1970-01-01 in the shop's time zone.
pub fn day_of(at: Timestamp) -> i64 {
    at.0.saturating_add(AHEAD_MS).div_euclid(DAY_MS)
}

/// When a day begins.
pub fn begins(day: i64) -> Timestamp {
    Timestamp(day.saturating_mul(DAY_MS) - AHEAD_MS)
}

/// When the month of a moment began: the moment's day less the days of the month before it. By Howard Hinnant's
/// `civil_from_days`, whose year begins in March so that the odd day comes last.
pub fn month_of(at: Timestamp) -> Timestamp {
    let day = day_of(at);
    let from_march_of_0000 = day + 719_468;
    let day_of_era = from_march_of_0000.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5;
    begins(day - day_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_of_its_first_day_in_the_shop() {
        for (at, began) in [
            // 2026-03-01 10:00 and 2026-02-28 23:59:59.999 in Shanghai.
            (1_772_330_400_000, 1_772_294_400_000),
            (1_772_294_399_999, 1_769_875_200_000),
            // 2024-02-29 12:00.
            (1_709_179_200_000, 1_706_716_800_000),
            // 1970-01-01 00:00 UTC is 08:00 of that day.
            (0, -AHEAD_MS),
        ] {
            assert_eq!(month_of(Timestamp(at)), Timestamp(began), "{at}");
        }
    }

    #[test]
    fn a_day_begins_at_the_shops_midnight() {
        let midnight = Timestamp(1_772_294_400_000);
        assert_eq!(begins(day_of(midnight)), midnight);
        assert_eq!(day_of(midnight.plus_ms(-1)), day_of(midnight) - 1);
        assert_eq!(begins(day_of(midnight.plus_ms(DAY_MS - 1))), midnight);
    }
}

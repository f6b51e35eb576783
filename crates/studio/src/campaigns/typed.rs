//! Figures as editors type them, and as the shop counts them: whole minor units and hundredths of a percent, never by
//! way of a float.

use contract::campaigns::DailySlot;
use contract::{Currency, Money};
use storefront::i18n::{self, percent};

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// An amount above 0.
pub fn amount(typed: &str) -> Option<i64> {
    i18n::minor_units(typed).filter(|minor| *minor > 0)
}

/// An amount that may be 0; nothing typed is 0.
pub fn amount_or_none(typed: &str) -> Option<i64> {
    match typed.trim() {
        "" => Some(0),
        typed => i18n::minor_units(typed),
    }
}

/// An amount as it is typed.
pub fn amount_text(minor: i64) -> String {
    // Hundredths, whatever the currency: as they are read.
    i18n::written(Money::new(minor, Currency::CNY))
}

/// A whole number above 0.
pub fn count(typed: &str) -> Option<u32> {
    typed.trim().parse().ok().filter(|n| *n > 0)
}

/// What may be left empty, which is without end.
pub fn optional<T>(typed: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match typed.trim() {
        "" => Some(None),
        typed => read(typed).map(Some),
    }
}

/// What may be left empty, as it is typed.
pub fn optional_text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// `12.5` percent as hundredths of a percent, 0.01 to 100.
pub fn share(typed: &str) -> Option<u32> {
    let typed = typed.trim().trim_end_matches(['%', '％']);
    let share = u32::try_from(i18n::minor_units(typed)?).ok()?;
    (1..=10_000).contains(&share).then_some(share)
}

/// A share as it is typed.
pub fn share_text(share_bp: u32) -> String {
    percent(share_bp).trim_end_matches('%').to_owned()
}

/// Hours of every day as the browser's fields hold them: `20:00` to `22:00`. An end that is no later than the
/// beginning is on the next day.
pub fn slot(from: &str, to: &str) -> Option<DailySlot> {
    let (from, to) = (minute(from)?, minute(to)?);
    let to = if to <= from { to + DAY } else { to };
    Some(DailySlot { from, to })
}

/// A minute of a day as the browser's field holds it.
pub fn clock_text(minute: u32) -> String {
    let minute = minute % DAY;
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn minute(typed: &str) -> Option<u32> {
    let mut parts = typed.split(':');
    let mut part = || parts.next()?.parse::<u32>().ok();
    let (hour, minute) = (part()?, part()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_decimal_text() {
        assert_eq!(amount("29.9"), Some(2990));
        assert_eq!(amount("￥29.90"), Some(2990));
        for odd in ["0", "", "29.999", "-1", "1e2"] {
            assert_eq!(amount(odd), None, "{odd}");
        }
        assert_eq!(amount_or_none(" "), Some(0));
        assert_eq!(amount_text(2990), "29.90");
    }

    #[test]
    fn m1_shares_are_hundredths_of_a_percent() {
        assert_eq!(
            (share("60"), share("12.5 "), share("0.01%")),
            (Some(6000), Some(1250), Some(1))
        );
        for odd in ["0", "100.01", "", "一半"] {
            assert_eq!(share(odd), None, "{odd}");
        }
        for share_bp in [1, 1250, 6000, 10_000] {
            assert_eq!(share(&share_text(share_bp)), Some(share_bp));
        }
    }

    #[test]
    fn f6_hours_over_midnight_end_on_the_next_day() {
        assert_eq!(
            slot("20:00", "22:00"),
            Some(DailySlot {
                from: 1200,
                to: 1320
            })
        );
        assert_eq!(
            slot("23:00", "01:30"),
            Some(DailySlot {
                from: 1380,
                to: 1530
            })
        );
        assert_eq!(
            slot("00:00", "00:00"),
            Some(DailySlot { from: 0, to: 1440 }),
            "all day"
        );
        assert_eq!(clock_text(1530), "01:30");
        assert_eq!(slot("", "22:00"), None);
        assert_eq!(slot("24:00", "25:00"), None);
    }

    #[test]
    fn an_empty_limit_is_without_end() {
        assert_eq!(optional("", count), Some(None));
        assert_eq!(optional("3", count), Some(Some(3)));
        assert_eq!(optional("0", count), None);
        assert_eq!(optional_text(Some(3)), "3");
        assert_eq!(optional_text(None::<u32>), "");
    }
}

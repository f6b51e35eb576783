//! What a browser's `Intl` writes, for where there is none: first screens that the server draws must read as they
//! will once the app is there. `tests/web/intl.rs` holds both against each other in a browser.

use super::{CurrencyStyle, DateStyle};

/// The shop's own time zone, minutes ahead of UTC: the server does not know the shopper's. China has one, without
/// summer time.
pub const SHOP_UTC_MINUTES: i64 = 8 * 60;

const DAY_MS: i64 = 86_400_000;
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A whole number in groups of three digits, as both languages write it.
pub fn integer(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Sign and decimals of a currency (ISO 4217, CLDR's narrow signs); an unknown one is named by its code.
pub fn currency(locale: &str, code: &str) -> CurrencyStyle {
    let (sign, digits) = match code {
        "TWD" if locale.starts_with("zh") => ("NT$", 2),
        "CNY" => ("¥", 2),
        "JPY" => ("¥", 0),
        "KRW" => ("₩", 0),
        "VND" => ("₫", 0),
        "EUR" => ("€", 2),
        "GBP" => ("£", 2),
        "INR" => ("₹", 2),
        "PHP" => ("₱", 2),
        "RUB" => ("₽", 2),
        "USD" | "AUD" | "CAD" | "HKD" | "MXN" | "NZD" | "SGD" | "TWD" => ("$", 2),
        _ => (code, 2),
    };
    CurrencyStyle {
        sign: sign.to_owned(),
        digits,
    }
}

/// A moment in a time zone so many minutes ahead of UTC.
pub fn moment(locale: &str, at_ms: i64, style: DateStyle, utc_minutes: i64) -> String {
    let at = at_ms.saturating_add(utc_minutes * 60_000);
    let minutes = at.rem_euclid(DAY_MS) / 60_000;
    let clock = format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let (month, day) = month_and_day(at.div_euclid(DAY_MS));
    let is_chinese = locale.starts_with("zh");
    let date = match is_chinese {
        true => format!("{month}月{day}日"),
        false => {
            let month = usize::try_from(month - 1)
                .ok()
                .and_then(|at| MONTHS.get(at));
            format!("{} {day}", month.copied().unwrap_or_default())
        }
    };
    match style {
        DateStyle::Clock => clock,
        DateStyle::MonthDay => date,
        DateStyle::DayAndTime if is_chinese => format!("{date} {clock}"),
        DateStyle::DayAndTime => format!("{date}, {clock}"),
    }
}

/// Month and day of a day since 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn month_and_day(days: i64) -> (i64, i64) {
    let of_era = (days + 719_468).rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    (if month < 10 { month + 3 } else { month - 9 }, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_of_the_shops_own_zone() {
        // 2026-02-28 23:30 UTC is the first of March in Shanghai.
        let at = 1_772_321_400_000;
        let said = |locale, style| moment(locale, at, style, SHOP_UTC_MINUTES);
        assert_eq!(said("zh-CN", DateStyle::MonthDay), "3月1日");
        assert_eq!(said("en", DateStyle::DayAndTime), "Mar 1, 07:30");
        assert_eq!(moment("en", at, DateStyle::MonthDay, 0), "Feb 28");
        assert_eq!(
            moment("zh-CN", -1, DateStyle::DayAndTime, 0),
            "12月31日 23:59"
        );
        assert_eq!(
            moment("zh-CN", 951_782_400_000, DateStyle::MonthDay, 0),
            "2月29日"
        );
    }
}

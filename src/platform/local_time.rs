//! A moment as a browser's field for day and time holds it: the person's own time, without a zone.

use js_sys::Date;

use super::BROWSER;

/// `2026-11-28T20:00` of a moment, given in milliseconds since 1970.
pub fn written(at_ms: i64) -> String {
    if !BROWSER {
        return String::new();
    }
    let date = Date::new(&(at_ms as f64).into());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

/// The moment that was typed; none while it is incomplete.
pub fn read(typed: &str) -> Option<i64> {
    if !BROWSER {
        return None;
    }
    let at = Date::parse(typed);
    at.is_finite().then_some(at as i64)
}

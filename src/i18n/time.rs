//! Moments as text, in the shopper's own time zone, by the browser's `Intl`.

use contract::Timestamp;

use super::lang;
use crate::platform::intl::{self, DateStyle};

/// Time of day: 10:24.
pub fn clock(at: Timestamp) -> String {
    intl::moment(lang().tag(), at.0, DateStyle::Clock)
}

/// Month and day: 11月22日, Nov 22.
pub fn month_day(at: Timestamp) -> String {
    intl::moment(lang().tag(), at.0, DateStyle::MonthDay)
}

/// Month, day and time of day.
pub fn day_and_time(at: Timestamp) -> String {
    intl::moment(lang().tag(), at.0, DateStyle::DayAndTime)
}

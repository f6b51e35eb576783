//! Promotions in weeks: which days each covers, and bars that do not lie on one another. Days are counted by the
//! editor's own calendar, from 1970-01-01.

/// Days of a week.
pub const WEEK: i64 = 7;

/// A promotion's days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub first: i64,
    pub last: i64,
}

/// A promotion's part of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Which promotion, by its place in the list.
    pub which: usize,
    /// Its first day of the week, 0 to 6.
    pub from: i64,
    /// The day after its last of the week, 1 to 7.
    pub until: i64,
    /// The line it lies on, from 0.
    pub line: usize,
    /// It began in an earlier week.
    pub goes_on: bool,
}

/// The Monday of a day's week; 1970-01-01 was a Thursday.
pub fn monday(day: i64) -> i64 {
    day - (day + 3).rem_euclid(WEEK)
}

/// The day number of `2026-11-28T…`. By Howard Hinnant's `days_from_civil`, whose year begins in March.
pub fn day(written: &str) -> Option<i64> {
    let mut parts = written.get(..10)?.split('-');
    let mut part = || parts.next()?.parse::<i64>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// The bars of a week that begins on `monday`, each on the first line that is free.
pub fn bars(days: &[Days], monday: i64) -> Vec<Bar> {
    let sunday = monday + WEEK - 1;
    let mut lines: Vec<i64> = Vec::new();
    let mut bars = Vec::new();
    let mut in_week: Vec<(usize, &Days)> = days
        .iter()
        .enumerate()
        .filter(|(_, it)| it.first <= sunday && it.last >= monday)
        .collect();
    in_week.sort_by_key(|(_, it)| it.first);
    for (which, it) in in_week {
        let (from, until) = (
            it.first.max(monday) - monday,
            it.last.min(sunday) - monday + 1,
        );
        let free = lines.iter().position(|end| *end <= from);
        let line = free.unwrap_or(lines.len());
        match lines.get_mut(line) {
            Some(end) => *end = until,
            None => lines.push(until),
        }
        bars.push(Bar {
            which,
            from,
            until,
            line,
            goes_on: it.first < monday,
        });
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_and_weeks_begin_on_monday() {
        assert_eq!(day("1970-01-01T08:00"), Some(0));
        assert_eq!(day("2026-11-28T20:00"), Some(20_785));
        assert_eq!(
            day("2024-03-01T00:00").zip(day("2024-02-28T00:00")),
            Some((19_783, 19_781)),
            "a leap day"
        );
        assert_eq!(day("soon"), None);
        // 28 November 2026 is a Saturday.
        assert_eq!(monday(20_785), 20_780);
        assert_eq!(monday(20_780), 20_780);
        assert_eq!(monday(0), -3);
    }

    #[test]
    fn bars_of_a_week_do_not_lie_on_one_another() {
        let days = [
            Days {
                first: 98,
                last: 102,
            },
            Days {
                first: 101,
                last: 101,
            },
            Days {
                first: 103,
                last: 110,
            },
            Days {
                first: 90,
                last: 97,
            },
        ];
        let bar = |which, from, until, line, goes_on| Bar {
            which,
            from,
            until,
            line,
            goes_on,
        };
        assert_eq!(
            bars(&days, 98),
            [
                bar(0, 0, 5, 0, false),
                bar(1, 3, 4, 1, false),
                bar(2, 5, 7, 0, false)
            ]
        );
        assert_eq!(bars(&days, 105), [bar(2, 0, 6, 0, true)]);
        assert!(bars(&days, 112).is_empty());
    }
}

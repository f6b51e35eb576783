//! Daily slots by the wall clock (rules.md F6): half-open, over midnight, on days that are shorter or longer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use contract::Timestamp;
use promotions::{Schedule, Slot, SlotError, Span, TimeZone};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// A moment of March 2026 in UTC.
fn utc(day: i64, hour: i64, minute: i64) -> Timestamp {
    const MARCH: i64 = 1_772_323_200_000;
    Timestamp(MARCH + (day - 1) * DAY + hour * HOUR + minute * 60_000)
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn daily(slots: &[(u32, u32)]) -> Schedule {
    Schedule {
        starts_at: utc(1, 0, 0),
        ends_at: utc(31, 0, 0),
        slots: slots
            .iter()
            .map(|(from, to)| Slot {
                from: from * 60,
                to: to * 60,
            })
            .collect(),
    }
}

fn open(schedule: &Schedule, zone: &TimeZone, at: Timestamp) -> bool {
    schedule.open_at(zone, at).is_some()
}

#[test]
fn f6_a_slot_is_half_open() {
    let (shop, sale) = (zone("Asia/Shanghai"), daily(&[(20, 22)]));
    // 20:00 in Shanghai is 12:00 UTC.
    for (at, is_open) in [
        (utc(6, 11, 59), false),
        (utc(6, 12, 0), true),
        (utc(6, 13, 59), true),
        (utc(6, 14, 0), false),
    ] {
        assert_eq!(open(&sale, &shop, at), is_open, "{at:?}");
    }
    assert!(!open(&sale, &shop, Timestamp(utc(6, 14, 0).0)));
    assert!(open(&sale, &shop, utc(6, 14, 0).plus_ms(-1)));
    let next = sale.next_after(&shop, utc(6, 14, 0)).unwrap();
    assert_eq!(
        next,
        Span {
            from: utc(7, 12, 0),
            until: utc(7, 14, 0)
        }
    );
}

#[test]
fn f6_dates_cut_slots() {
    let shop = zone("Asia/Shanghai");
    let sale = Schedule {
        starts_at: utc(6, 13, 0),
        ends_at: utc(7, 13, 0),
        ..daily(&[(20, 22)])
    };
    assert!(!open(&sale, &shop, utc(6, 12, 30)));
    assert_eq!(
        sale.open_at(&shop, utc(6, 13, 0)),
        Some(Span {
            from: utc(6, 13, 0),
            until: utc(6, 14, 0)
        })
    );
    assert!(!open(&sale, &shop, utc(7, 13, 0)));
    assert_eq!(
        sale.next_after(&shop, utc(1, 0, 0)).map(|span| span.from),
        Some(utc(6, 13, 0)),
        "days before it begins"
    );
    assert_eq!(sale.next_after(&shop, utc(7, 12, 0)), None);
}

#[test]
fn f6_a_slot_over_midnight_says_so() {
    let shop = zone("Asia/Shanghai");
    let late = daily(&[(22, 26)]);
    // 22:00 is 14:00 UTC, 02:00 of the next day is 18:00 UTC.
    assert!(open(&late, &shop, utc(6, 15, 59)));
    assert!(open(&late, &shop, utc(6, 16, 0)), "midnight");
    assert!(open(&late, &shop, utc(6, 17, 59)));
    assert!(!open(&late, &shop, utc(6, 18, 0)));
    let backwards = Slot {
        from: 22 * 60,
        to: 2 * 60,
    };
    assert_eq!(Slot::check(&[backwards]), Err(SlotError::Times));
}

#[test]
fn f6_slots_of_a_day_do_not_overlap_not_even_over_midnight() {
    let slot = |from: u32, to: u32| Slot {
        from: from * 60,
        to: to * 60,
    };
    assert_eq!(Slot::check(&[slot(8, 10), slot(10, 12)]), Ok(()));
    assert_eq!(
        Slot::check(&[slot(10, 12), slot(8, 11)]),
        Err(SlotError::Overlap)
    );
    assert_eq!(
        Slot::check(&[slot(22, 26), slot(1, 3)]),
        Err(SlotError::Overlap)
    );
    assert_eq!(Slot::check(&[slot(22, 26), slot(2, 3)]), Ok(()));
    assert_eq!(Slot::check(&[slot(0, 25)]), Err(SlotError::Times));
}

#[test]
fn f6_on_the_day_that_an_hour_is_missing_a_slot_is_shorter_or_not_there() {
    // Berlin, 2026-03-29: 02:00 becomes 03:00, at 01:00 UTC.
    let berlin = zone("Europe/Berlin");
    let one = daily(&[(1, 4)]);
    let span = one.open_at(&berlin, utc(29, 0, 30)).unwrap();
    assert_eq!(
        span,
        Span {
            from: utc(29, 0, 0),
            until: utc(29, 2, 0)
        },
        "two hours instead of three"
    );
    let in_the_gap = Schedule {
        slots: vec![Slot {
            from: 2 * 60 + 10,
            to: 2 * 60 + 50,
        }],
        ..one.clone()
    };
    assert!(
        in_the_gap
            .spans(&berlin, utc(29, 1, 0))
            .iter()
            .all(|span| span.from < utc(28, 23, 0) || span.from >= utc(30, 0, 0))
    );
    let from_the_gap = Schedule {
        slots: vec![Slot {
            from: 2 * 60 + 30,
            to: 5 * 60,
        }],
        ..one
    };
    assert_eq!(
        from_the_gap.open_at(&berlin, utc(29, 1, 0)),
        Some(Span {
            from: utc(29, 1, 0),
            until: utc(29, 3, 0)
        })
    );
    assert!(!open(&from_the_gap, &berlin, utc(29, 0, 59)));
}

#[test]
fn f6_on_the_day_that_an_hour_comes_twice_a_slot_has_both() {
    // New York, 2026-11-01: 02:00 EDT becomes 01:00 EST, at 06:00 UTC.
    let york = zone("America/New_York");
    let november =
        |hour: i64, minute: i64| utc(31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 1, hour, minute);
    let sale = Schedule {
        ends_at: utc(400, 0, 0),
        ..daily(&[(1, 2)])
    };
    assert!(open(&sale, &york, november(5, 0)));
    assert!(
        open(&sale, &york, november(6, 30)),
        "the second time that it is half past one"
    );
    assert!(!open(&sale, &york, november(7, 0)));
    assert!(!open(&sale, &york, november(4, 59)));
}

#[test]
fn f6_a_shop_in_the_south_has_its_summer_time_too() {
    // Sydney, 2026-04-05: 03:00 AEDT becomes 02:00 AEST, at 16:00 UTC of the day before.
    let sydney = zone("Australia/Sydney");
    let april = |day: i64, hour: i64| utc(31 + day, hour, 0);
    let sale = Schedule {
        ends_at: utc(400, 0, 0),
        ..daily(&[(20, 22)])
    };
    assert!(open(&sale, &sydney, april(4, 9)), "20:00 is UTC+11");
    assert!(!open(&sale, &sydney, april(5, 9)));
    assert!(open(&sale, &sydney, april(5, 10)), "20:00 is UTC+10");
}

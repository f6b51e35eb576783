//! When a promotion holds: its dates, and daily slots in the shop's time zone (rules.md F6).
//!
//! All spans are half-open. A slot belongs to the day on which it begins; one that goes on past midnight says so by
//! an end beyond 24:00. On a day that the clock is put forward, a time that does not exist is the moment at which the
//! clock jumps over it; where an hour comes twice, its first time counts.

use contract::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, ToSpan};
use serde::{Deserialize, Serialize};

/// Minutes of a day by the wall clock.
const DAY: u32 = 24 * 60;
/// How far ahead a next slot is looked for, in days: no slot is further away than the next day.
const AHEAD: i64 = 2;

/// A part of every day, in minutes since midnight by the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// 0 to 1439.
    pub from: u32,
    /// After `from`; beyond 1440 it ends on the next day.
    pub to: u32,
}

/// When a promotion holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// From this moment on.
    pub starts_at: Timestamp,
    /// Until this moment.
    pub ends_at: Timestamp,
    /// Only in these parts of each day; all day when there are none.
    pub slots: Vec<Slot>,
}

/// From a moment to another, without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
}

/// Why slots are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotError {
    /// It begins at no time of a day, or ends before it begins, or is longer than a day.
    Times,
    /// Two of them overlap, over midnight too.
    Overlap,
}

impl Slot {
    /// Checks slots of one promotion.
    pub fn check(slots: &[Self]) -> Result<(), SlotError> {
        let fine =
            |slot: &Self| slot.from < DAY && slot.to > slot.from && slot.to - slot.from <= DAY;
        if !slots.iter().all(fine) {
            return Err(SlotError::Times);
        }
        let mut sorted = slots.to_vec();
        sorted.sort_by_key(|slot| slot.from);
        let within = sorted
            .iter()
            .zip(sorted.iter().skip(1))
            .any(|(one, next)| one.to > next.from);
        let around = match (sorted.first(), sorted.last()) {
            (Some(first), Some(last)) => last.to > first.from + DAY,
            _ => false,
        };
        if within || around {
            return Err(SlotError::Overlap);
        }
        Ok(())
    }

    fn on(self, day: Date, zone: &TimeZone) -> Option<Span> {
        let span = Span {
            from: at(day, self.from, zone)?,
            until: at(day, self.to, zone)?,
        };
        // A slot that the clock jumps over as a whole is not there on that day.
        (span.from < span.until).then_some(span)
    }
}

impl Schedule {
    /// The span that holds `now`, cut by the dates.
    pub fn open_at(&self, zone: &TimeZone, now: Timestamp) -> Option<Span> {
        self.spans(zone, now)
            .into_iter()
            .find(|span| span.from <= now && now < span.until)
    }

    /// The first span that begins after `now`.
    pub fn next_after(&self, zone: &TimeZone, now: Timestamp) -> Option<Span> {
        // Before the dates begin, the days around their beginning are looked at.
        let from = now.max(self.starts_at);
        self.spans(zone, from)
            .into_iter()
            .find(|span| span.from > now)
    }

    /// Spans of the day before `now`, its own day and the days after, cut by the dates, in order.
    pub fn spans(&self, zone: &TimeZone, now: Timestamp) -> Vec<Span> {
        let whole = Span {
            from: self.starts_at,
            until: self.ends_at,
        };
        if self.slots.is_empty() {
            return vec![whole];
        }
        let Some(today) = day_of(zone, now) else {
            return Vec::new();
        };
        let days = (-1..=AHEAD).filter_map(|n| today.checked_add(n.days()).ok());
        let mut spans: Vec<Span> = days
            .flat_map(|day| self.slots.iter().filter_map(move |slot| slot.on(day, zone)))
            .filter_map(|span| span.within(whole))
            .collect();
        spans.sort();
        spans
    }
}

impl Span {
    /// What both have in common.
    pub fn within(self, other: Self) -> Option<Self> {
        let both = Self {
            from: self.from.max(other.from),
            until: self.until.min(other.until),
        };
        (both.from < both.until).then_some(both)
    }
}

fn day_of(zone: &TimeZone, at: Timestamp) -> Option<Date> {
    let instant = Instant::from_millisecond(at.0).ok()?;
    Some(zone.to_datetime(instant).date())
}

fn at(day: Date, minute: u32, zone: &TimeZone) -> Option<Timestamp> {
    let day = day.checked_add(i64::from(minute / DAY).days()).ok()?;
    let (hour, minute) = ((minute % DAY) / 60, minute % 60);
    let time = day.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0);
    // In a gap the later of both readings is a time after the jump; the jump itself is its beginning.
    let ambiguous = zone.to_ambiguous_timestamp(time);
    let instant = ambiguous.earlier().ok()?;
    let shown = zone.to_datetime(instant);
    if shown >= time {
        return Some(Timestamp(instant.as_millisecond()));
    }
    let jump = zone.following(instant).next()?;
    Some(Timestamp(jump.timestamp().as_millisecond()))
}

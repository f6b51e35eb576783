//! Whether what a flash sale promises can be brought to its people in time and held for them (rules.md 3.9). Both are
//! advice: a shop may mean it.

use contract::Timestamp;
use contract::campaigns::{CheckKind, ReadinessCheck};
use promotions::{Span, TimeZone};

use super::ready::found;
use super::store::Neighbourhood;
use crate::campaigns::store::promotion::PromotionRow;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Both checks.
pub(super) fn checks(
    row: &PromotionRow,
    served: &[Neighbourhood],
    zone: &TimeZone,
    now: Timestamp,
) -> [ReadinessCheck; 2] {
    let spans = row.schedule().spans(zone, now.max(row.starts_at));
    [cut_off(&spans, served, zone), capacity(row, served)]
}

/// Hours of a sale that go on after the orders of the day were handed over. What holds all day has no such hours.
fn cut_off(spans: &[Span], served: &[Neighbourhood], zone: &TimeZone) -> ReadinessCheck {
    let hours: Vec<(i64, i64)> = spans
        .iter()
        .filter_map(|span| span.minutes(zone))
        .filter(|(from, until)| until - from < DAY)
        .collect();
    let late: Vec<(&Neighbourhood, i64)> = served
        .iter()
        .filter_map(|one| Some((one, minute(&one.cut_off)?)))
        .filter(|(_, cut_off)| hours.iter().any(|(_, until)| until > cut_off))
        .collect();
    let about = late.iter().map(|(one, _)| one.id.0.clone()).collect();
    let advice = "Orders after the cut-off of these neighbourhoods arrive a day later. End earlier, or say so.";
    ReadinessCheck {
        figure: late.iter().map(|(_, cut_off)| *cut_off).min(),
        ..found(CheckKind::CutOff, about, false, advice)
    }
}

/// If everybody collects, all of it stands at the pick-up points at once.
fn capacity(row: &PromotionRow, served: &[Neighbourhood]) -> ReadinessCheck {
    let quota: i64 = row.prices.iter().map(|price| price.quota).sum();
    let holds: i64 = served.iter().map(|one| one.holds).sum();
    let about: Vec<_> = (quota > holds)
        .then(|| row.prices.iter().map(|price| price.sku.0.clone()))
        .into_iter()
        .flatten()
        .collect();
    let figure = (!about.is_empty()).then_some(holds);
    let advice =
        "The quota is more than the pick-up points hold at once. Lower it, or spread it over days.";
    ReadinessCheck {
        figure,
        ..found(CheckKind::PointCapacity, about, false, advice)
    }
}

/// `HH:MM` in minutes.
fn minute(written: &str) -> Option<i64> {
    let (hour, minute) = written.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    Some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    fn evening(until_hour: i64) -> [Span; 1] {
        [Span {
            from: Timestamp(20 * HOUR),
            until: Timestamp(until_hour * HOUR),
        }]
    }

    fn until(cut_off: &str) -> [Neighbourhood; 1] {
        [Neighbourhood {
            id: "garden".into(),
            cut_off: cut_off.to_owned(),
            holds: 10,
        }]
    }

    #[test]
    fn r3_9_hours_after_the_cut_off_are_told_and_whole_days_are_not() {
        let checked =
            |until_hour, written| cut_off(&evening(until_hour), &until(written), &TimeZone::UTC);
        let look = |until_hour, written| {
            let check = checked(until_hour, written);
            (check.fine, check.figure)
        };
        assert_eq!(look(22, "22:00"), (true, None));
        assert_eq!(look(22, "21:00"), (false, Some(21 * 60)));
        assert_eq!(
            look(22, "18:00"),
            (false, Some(18 * 60)),
            "all of it is late"
        );
        assert_eq!(look(44, "18:00"), (true, None), "it holds all day");
        assert!(!checked(22, "18:00").blocks);
    }
}

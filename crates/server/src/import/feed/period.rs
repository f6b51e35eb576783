//! When a sale price holds: "2026-02-24T11:07+0800/2026-03-01T23:07+0800".

use contract::Timestamp;
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

const MINUTES: &[BorrowedFormatItem<'_>] = format_description!(
    "[year]-[month]-[day]T[hour]:[minute][offset_hour sign:mandatory][offset_minute]"
);
const SECONDS: &[BorrowedFormatItem<'_>] = format_description!(
    "[year]-[month]-[day]T[hour]:[minute]:[second][offset_hour sign:mandatory][offset_minute]"
);

/// Whether a period includes a moment. One that cannot be read includes none: a sale that may be over is
/// no promise to make.
pub(super) fn holds(period: &str, now: Timestamp) -> bool {
    let Some((from, until)) = period.split_once('/') else {
        return false;
    };
    match (moment(from), moment(until)) {
        (Some(from), Some(until)) => from <= now.0 && now.0 < until,
        _ => false,
    }
}

/// Milliseconds since 1970 of a time with its offset.
fn moment(text: &str) -> Option<i64> {
    let text = text.trim().replacen(' ', "T", 1).replace('Z', "+0000");
    let (date, offset) = text.split_at_checked(text.rfind(['+', '-'])?)?;
    let text = format!("{date}{}", offset.replace(':', ""));
    let read = OffsetDateTime::parse(&text, MINUTES).or(OffsetDateTime::parse(&text, SECONDS));
    Some(read.ok()?.unix_timestamp() * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sale_holds_from_its_first_minute_to_its_last() {
        let period = "2026-02-24T11:07+0800/2026-03-01T23:07:00+08:00";
        let at = |text| Timestamp(moment(text).unwrap());
        assert!(!holds(period, at("2026-02-24T03:06Z")));
        assert!(holds(period, at("2026-02-24T03:07Z")));
        assert!(!holds(period, at("2026-03-01T15:07Z")));
        for odd in ["", "/", "soon/later", "2026-02-24/2026-03-01", "é+/é-"] {
            assert!(!holds(odd, at("2026-02-25T03:07Z")), "{odd}");
        }
    }
}

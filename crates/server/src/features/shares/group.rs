//! What the link of a group shows: how many are in, what a seat costs, how long is left.

use contract::groups::GroupState;
use contract::shares::ShareCard;
use contract::{GroupId, Money, Timestamp};

use super::card::{Found, price};
use crate::db::Conn;
use crate::goods::{Shelf, find_card};
use crate::groups::lifecycle::Tally;
use crate::groups::store::group;
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::{AppError, AppState};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A group, when there is one.
pub(super) async fn find(
    conn: &mut Conn,
    state: &AppState,
    lang: Lang,
    id: &GroupId,
) -> Result<Option<Found>, AppError> {
    let Some(group) = group::find(conn, id).await? else {
        return Ok(None);
    };
    let now = state.clock.now();
    let shelf = Shelf::read(state, &Moment::now(state)).await?;
    let Some(product) = find_card(conn, lang, &shelf, &group.product).await? else {
        return Ok(None);
    };
    let prices = group.prices.iter().map(|price| price.price);
    let (from, to) = (prices.clone().min(), prices.max());
    let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
    let seat = Money::new(from, group.currency);
    let need = group.tally.size - group.tally.filled - group.tally.by_store;
    Ok(Some(Found {
        card: ShareCard {
            title: product.title.clone(),
            text: words(lang, &group.tally, seat, now),
            picture: product.picture.clone(),
            price: Some(seat),
            price_alone: Some(product.price).filter(|alone| alone.minor > from),
            need: u32::try_from(need).ok(),
            size: u32::try_from(group.tally.size).ok(),
            href: format!("/g/{id}"),
        },
        product: Some(product),
        prices: (from, to),
    }))
}

/// "2 of 3, ¥39.9, 5 h left".
fn words(lang: Lang, tally: &Tally, seat: Money, now: Timestamp) -> String {
    let (size, seat) = (tally.size, price(seat));
    let filled = tally.filled + tally.by_store;
    let left = tally.expires_at.since(now);
    match (tally.state, lang) {
        (GroupState::Forming, Lang::En) if left > 0 => {
            format!("{filled} of {size}, {seat}, {} left", time(lang, left))
        }
        (GroupState::Forming, Lang::Zh) if left > 0 => {
            format!("{size}人团已有{filled}人，{seat}，还剩{}", time(lang, left))
        }
        (GroupState::Succeeded, Lang::En) => {
            format!("Complete: {size} people at {seat}. Open the next one.")
        }
        (GroupState::Succeeded, Lang::Zh) => format!("{size}人团已拼成，{seat}，再开一团"),
        (_, Lang::En) => format!("This group is over: {size} people at {seat}. Open the next one."),
        (_, Lang::Zh) => format!("{size}人团已结束，{seat}，再开一团"),
    }
}

/// What is left, in its largest unit, never more than there is.
fn time(lang: Lang, ms: i64) -> String {
    let (count, zh, en) = match ms {
        days if days >= 2 * DAY_MS => (days / DAY_MS, "天", "days"),
        hours if hours >= HOUR_MS => (hours / HOUR_MS, "小时", "h"),
        minutes => ((minutes / MINUTE_MS).max(1), "分钟", "min"),
    };
    match lang {
        Lang::Zh => format!("{count}{zh}"),
        Lang::En => format!("{count} {en}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Currency;

    #[test]
    fn a_groups_link_says_how_many_how_much_and_how_long() {
        let tally = |state| Tally {
            state,
            size: 3,
            filled: 2,
            reserved: 1,
            by_store: 0,
            expires_at: Timestamp(6 * HOUR_MS - 1),
        };
        let said = |state, lang, now| {
            words(
                lang,
                &tally(state),
                Money::new(3990, Currency::CNY),
                Timestamp(now),
            )
        };
        let forming = GroupState::Forming;
        assert_eq!(said(forming, Lang::En, 0), "2 of 3, ¥39.9, 5 h left");
        assert_eq!(said(forming, Lang::Zh, 0), "3人团已有2人，¥39.9，还剩5小时");
        let soon = 6 * HOUR_MS - 90_000;
        assert_eq!(said(forming, Lang::En, soon), "2 of 3, ¥39.9, 1 min left");
        for (state, now) in [(forming, 6 * HOUR_MS), (GroupState::Failed, 0)] {
            assert!(said(state, Lang::En, now).contains("is over"));
        }
        assert!(said(GroupState::Succeeded, Lang::Zh, 0).contains("已拼成"));
        assert_eq!(time(Lang::En, 3 * DAY_MS), "3 days");
    }
}

//! Groups and offers in the words of the API: what a product's page, a group's page and an order show.

use contract::catalog::ProductCard;
use contract::groups::{
    GroupOffer, GroupProgress, GroupRole, GroupState, JoinObstacle, MySeat, OrderGroup, SeatState,
};
use contract::orders::OrderAction;
use contract::{ErrorCode, Money, OrderId, ProductId, Timestamp, UserId};

use super::is_live;
use super::rules::{self, View};
use super::store::activity;
use super::store::group::{self, GroupRow};
use super::store::seat::{self as seats, SeatRow};
use super::store::shown;
use super::take::{self, Offered};
use crate::AppError;
use crate::commission::store::rows;
use crate::db::Conn;
use crate::http::language::Lang;

/// Open groups on a product's page.
const OPEN_SHOWN: usize = 5;
/// Other groups on a group's page.
const OTHERS_SHOWN: usize = 3;

/// A product's group-buy, where that is open.
pub async fn offer(
    conn: &mut Conn,
    lang: Lang,
    product: &ProductId,
    now: Timestamp,
) -> Result<Option<GroupOffer>, AppError> {
    let Some(activity) = activity::open_of(conn, product, now).await? else {
        return Ok(None);
    };
    let prices = activity::prices(conn, &activity.id).await?;
    let terms = (activity.currency, activity.terms.leader_reward_bp);
    Ok(Some(GroupOffer {
        size: narrow(activity.size),
        ttl_ms: activity.ttl_ms,
        ends_at: activity.ends_at,
        prices: shown::seat_prices(conn, &activity.id, &prices, terms).await?,
        per_order_limit: narrow(activity.per_order_limit),
        per_user_limit: narrow(activity.per_user_limit),
        join_policy: activity.terms.join_policy,
        forming: shown::forming(conn, product, now).await?,
        open: shown::open_groups(conn, lang, product, now, None, OPEN_SHOWN).await?,
        server_now: now,
        activity: activity.id,
    }))
}

/// A group as its page shows it to somebody (G17).
pub async fn progress(
    conn: &mut Conn,
    lang: Lang,
    group: GroupRow,
    product: ProductCard,
    viewer: Option<&UserId>,
    now: Timestamp,
) -> Result<GroupProgress, AppError> {
    let tally = group.tally;
    let seat = match viewer {
        Some(viewer) => seats::of_owner(conn, &group.id, viewer).await?,
        None => None,
    };
    let terms = (group.currency, group.terms.leader_reward_bp);
    let prices = shown::seat_prices(conn, &group.activity, &group.prices, terms).await?;
    let offer = activity::find(conn, &group.activity)
        .await?
        .ok_or_else(|| AppError::internal("a group of no offer"))?;
    let sold_out = prices.iter().all(|price| price.left == 0);
    let (cta, obstacle) = rules::cta(&View {
        tally,
        signed_in: viewer.is_some(),
        mine: seat.as_ref().map(|seat| seat.state),
        kept_out: kept_out(conn, &group, sold_out, viewer, now).await?,
        now,
    });
    let mut others =
        shown::open_groups(conn, lang, &group.product, now, None, OTHERS_SHOWN + 1).await?;
    others.retain(|other| other.id != group.id);
    others.truncate(OTHERS_SHOWN);
    Ok(GroupProgress {
        product,
        prices,
        state: tally.state,
        version: group.version,
        size: narrow(tally.size),
        filled: narrow(tally.filled),
        reserved: narrow(tally.reserved),
        need: narrow(tally.need()),
        completed_by_store: narrow(tally.by_store),
        expires_at: tally.expires_at,
        ended_at: group.ended_at,
        members: shown::members(conn, lang, &group.id, viewer).await?,
        join_policy: group.terms.join_policy,
        mine: match &seat {
            Some(seat) => Some(my_seat(conn, &group, seat).await?),
            None => None,
        },
        cta,
        obstacle,
        others,
        can_open: offer.open_at(now),
        server_now: now,
        activity: group.activity,
        id: group.id,
    })
}

/// What the goods, the policy or the viewer's own limit say against joining.
async fn kept_out(
    conn: &mut Conn,
    group: &GroupRow,
    sold_out: bool,
    viewer: Option<&UserId>,
    now: Timestamp,
) -> Result<Option<JoinObstacle>, AppError> {
    if sold_out {
        return Ok(Some(JoinObstacle::SoldOut));
    }
    let Some(viewer) = viewer else {
        return Ok(None);
    };
    let offered = Offered::of_group(conn, group.clone(), Some(viewer)).await?;
    if offered.limit_left() == 0 {
        return Ok(Some(JoinObstacle::LimitReached));
    }
    take::kept_out(conn, group, viewer, now).await
}

async fn my_seat(conn: &mut Conn, group: &GroupRow, seat: &SeatRow) -> Result<MySeat, AppError> {
    let money = shown::money(conn, &seat.order).await?;
    let order = crate::trade::store::find(conn, &seat.order).await?;
    let amount = |minor| Money::new(minor, group.currency);
    let reward = match seat.role {
        GroupRole::Leader => reward_of(conn, group, seat).await?,
        GroupRole::Member => 0,
    };
    Ok(MySeat {
        role: seat.role,
        state: seat.state,
        order: seat.order.clone(),
        hold_expires_at: order
            .filter(|_| seat.state == SeatState::Held)
            .map(|order| order.pay_by),
        paid: amount(money.paid),
        refunded: amount(money.refunded),
        refund_at: money.refund_at,
        reward: (reward > 0).then(|| amount(reward)),
    })
}

/// What a leader is owed, or will be once the group is complete, in minor units (G16).
async fn reward_of(conn: &mut Conn, group: &GroupRow, seat: &SeatRow) -> Result<i64, AppError> {
    match group.tally.state {
        GroupState::Forming if is_live(seat.state) => {
            let goods = seat.unit_minor.saturating_mul(seat.quantity);
            Ok(rules::leader_reward(goods, group.terms.leader_reward_bp))
        }
        GroupState::Succeeded => {
            let rows = rows::of_order(conn, &seat.order).await?;
            let reward = rows.iter().find(|row| row.level == rows::REWARD);
            Ok(reward.map_or(0, |row| row.amount.minor - row.reversed.minor))
        }
        GroupState::Forming | GroupState::Failed => Ok(0),
    }
}

/// Whether a paid order waits for its group to be complete.
pub async fn waits(conn: &mut Conn, order: &OrderId) -> Result<bool, AppError> {
    let seat = seats::of_order(conn, order).await?;
    Ok(seat.is_some_and(|seat| seat.state == SeatState::Paid))
}

/// What an order knows of its group; none for an order that is no seat.
pub async fn of_order(
    conn: &mut Conn,
    order: &OrderId,
    actions: &mut Vec<OrderAction>,
) -> Result<Option<OrderGroup>, AppError> {
    let Some(seat) = seats::of_order(conn, order).await? else {
        return Ok(None);
    };
    let group = match &seat.group {
        Some(group) => group::find(conn, group).await?,
        None => None,
    };
    if seat.state == SeatState::Paid {
        let may_leave = group
            .as_ref()
            .is_some_and(|group| seat.role == GroupRole::Leader && group.terms.leader_may_leave);
        actions.retain(|action| may_leave && *action == OrderAction::Cancel);
    }
    let (size, need) = match &group {
        Some(group) => (group.tally.size, group.tally.need()),
        None => {
            let activity = activity::find(conn, &seat.activity).await?;
            let size = activity.map_or(0, |activity| activity.size);
            (size, size)
        }
    };
    Ok(Some(OrderGroup {
        activity: seat.activity,
        group: seat.group,
        seat: seat.state,
        state: group.as_ref().map(|group| group.tally.state),
        size: narrow(size),
        need: narrow(need),
        expires_at: group.map(|group| group.tally.expires_at),
    }))
}

/// Refuses somebody who sits in the group already, with the way to it (G3).
pub fn already_member(group: &GroupRow, seat: Option<&SeatRow>) -> Result<(), AppError> {
    if seat.is_some_and(|seat| is_live(seat.state)) {
        return Err(AppError::with_details(
            ErrorCode::AlreadyMember,
            "You have a seat in this group. Open it to see where it stands.",
            contract::ErrorDetails::Group(group.id.clone()),
        ));
    }
    Ok(())
}

fn narrow(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}

//! Money arrived for a seat: in time it sits down for good (G7), and the last one completes the group; too
//! late it follows its buyer's wish or goes back, once (G8, G10).

use contract::groups::{GroupRole, GroupState, OnOverflow, SeatState};
use contract::orders::{OrderEndReason, OrderState};
use contract::{GroupId, Timestamp};
use uuid::Uuid;

use super::lifecycle::{Move, SeatCause, Tally, after};
use super::seat::{must_turn, turn};
use super::store::activity::{self, ActivityRow};
use super::store::group::{self, GroupRow};
use super::store::people;
use super::store::seat::{self as seats, SeatRow};
use super::told::Told;
use super::{complete, rules, step};
use crate::AppError;
use crate::db::{self, Conn};
use crate::stock;
use crate::trade::Advanced;
use crate::trade::lifecycle::Cause;
use crate::trade::store::OrderRow;

/// How many other groups late money is offered to.
const OTHERS_TRIED: i64 = 5;

/// Settles what was captured for a seat whose money was awaited or had been given up.
pub async fn capture(
    conn: &mut Conn,
    order: &OrderRow,
    seat: SeatRow,
    now: Timestamp,
) -> Result<Advanced, AppError> {
    match (seat.state, seat.group.clone()) {
        (SeatState::Held, Some(group)) => in_time(conn, order, seat, &group, now).await,
        (SeatState::Held, None) => {
            let activity = offer_of(conn, &seat).await?;
            let mut told = Told::default();
            open(conn, order, seat, &activity, &mut told, now).await?;
            told.finish(conn, OrderState::Paid, now).await
        }
        _ => late(conn, order, seat, now).await,
    }
}

/// G7: held becomes paid. A group that ended meanwhile has given the seat back: then the work begins again
/// and finds the money late (G10).
async fn in_time(
    conn: &mut Conn,
    order: &OrderRow,
    seat: SeatRow,
    group: &GroupId,
    now: Timestamp,
) -> Result<Advanced, AppError> {
    let mut group = group::take(conn, group).await?.ok_or(AppError::Raced)?;
    group.tally = after(group.tally, Move::PayHeld, now).map_err(|_| AppError::Raced)?;
    must_turn(conn, &seat, SeatCause::Paid, now).await?;
    let mut told = Told::default();
    told.order(step(conn, order, &seat, Cause::SeatPaid, now).await?);
    joined(conn, &group, &seat, &mut told, now).await?;
    told.finish(conn, OrderState::Paid, now).await
}

/// Writes a group that somebody more has paid for, and completes it when that was the last.
async fn joined(
    conn: &mut Conn,
    group: &GroupRow,
    seat: &SeatRow,
    told: &mut Told,
    now: Timestamp,
) -> Result<(), AppError> {
    if !group::write(conn, group, now).await? {
        return Err(AppError::Raced);
    }
    told.group(group, now);
    if group.tally.state == GroupState::Succeeded {
        complete::complete(conn, group, told, now).await
    } else {
        told.joined(conn, group, seat).await
    }
}

/// G1: the leader's payment makes the group.
async fn open(
    conn: &mut Conn,
    order: &OrderRow,
    seat: SeatRow,
    activity: &ActivityRow,
    told: &mut Told,
    now: Timestamp,
) -> Result<bool, AppError> {
    let expires_at = rules::expires_at(now, activity.ttl_ms, activity.ends_at);
    let group = GroupRow {
        id: GroupId(Uuid::now_v7().simple().to_string()),
        activity: activity.id.clone(),
        product: activity.product.clone(),
        leader_order: order.id.clone(),
        version: 1,
        tally: Tally::opened(activity.size, expires_at),
        opened_at: now,
        ended_at: None,
        prices: activity::prices(conn, &activity.id).await?,
        currency: activity.currency,
        terms: activity.terms.clone(),
    };
    group::insert(conn, &group).await?;
    let seat = SeatRow {
        group: Some(group.id.clone()),
        role: GroupRole::Leader,
        ..seat
    };
    if turn(conn, &seat, SeatCause::Paid, now).await?.is_err() {
        return Ok(false);
    }
    told.order(step(conn, order, &seat, Cause::SeatPaid, now).await?);
    told.group(&group, now);
    Ok(true)
}

/// What late money can become.
enum Chance {
    Join(GroupId),
    Open,
}

/// G8: the seat was given back before the money came. It sits down again where there is room, else where
/// its buyer asked to be put, else the money goes back.
async fn late(
    conn: &mut Conn,
    order: &OrderRow,
    seat: SeatRow,
    now: Timestamp,
) -> Result<Advanced, AppError> {
    for chance in chances(conn, &seat, now).await? {
        let mut told = Told::default();
        let mut inner = db::savepoint(conn).await?;
        let seated = match chance {
            Chance::Join(group) => {
                rejoin(inner.conn(), order, &seat, &group, &mut told, now).await?
            }
            Chance::Open => reopen(inner.conn(), order, &seat, &mut told, now).await?,
        };
        if seated {
            inner.commit().await?;
            return told.finish(conn, OrderState::Paid, now).await;
        }
        inner.rollback().await?;
    }
    let reason = why_not(conn, &seat).await?;
    must_turn(conn, &seat, SeatCause::MoneyBack, now).await?;
    let mut told = Told::default();
    told.order(step(conn, order, &seat, Cause::SeatLost(reason), now).await?);
    told.finish(conn, OrderState::Refunding, now).await
}

async fn chances(conn: &mut Conn, seat: &SeatRow, now: Timestamp) -> Result<Vec<Chance>, AppError> {
    let mut chances: Vec<Chance> = seat.group.iter().cloned().map(Chance::Join).collect();
    match (seat.on_overflow, &seat.group) {
        // A leader wanted a group of one's own to begin with.
        (OnOverflow::NewGroup, _) | (_, None) => chances.push(Chance::Open),
        (OnOverflow::AnyGroup, Some(own)) => {
            let others = group::with_room(conn, &seat.activity, now, OTHERS_TRIED).await?;
            let others = others.into_iter().filter(|other| other != own);
            chances.extend(others.map(Chance::Join));
        }
        (OnOverflow::Refund, Some(_)) => {}
    }
    Ok(chances)
}

/// Sits down in a group at the price that was paid; false when that cannot be.
async fn rejoin(
    conn: &mut Conn,
    order: &OrderRow,
    seat: &SeatRow,
    group: &GroupId,
    told: &mut Told,
    now: Timestamp,
) -> Result<bool, AppError> {
    let Some(mut group) = group::take(conn, group).await? else {
        return Ok(false);
    };
    let Ok(tally) = after(group.tally, Move::PayLate, now) else {
        return Ok(false);
    };
    group.tally = tally;
    let is_other = seat.group.as_ref() != Some(&group.id);
    let has_seat = seats::of_owner(conn, &group.id, &seat.owner)
        .await?
        .is_some_and(|other| other.order != seat.order && super::is_live(other.state));
    if has_seat || group.price_of(&seat.sku) != Some(seat.unit_minor) {
        return Ok(false);
    }
    if is_other {
        let newcomer = people::newcomer(conn, &seat.owner, &group.leader_order).await?;
        if rules::kept_out(group.terms.join_policy, &newcomer, now).is_some() {
            return Ok(false);
        }
    }
    if !stock::rehold(conn, &order.id).await? {
        return Ok(false);
    }
    let seat = SeatRow {
        group: Some(group.id.clone()),
        role: GroupRole::Member,
        ..seat.clone()
    };
    if turn(conn, &seat, SeatCause::Paid, now).await?.is_err() {
        return Ok(false);
    }
    told.order(step(conn, order, &seat, Cause::SeatPaid, now).await?);
    joined(conn, &group, &seat, told, now).await?;
    Ok(true)
}

/// Opens a group with late money, while groups are opened at the price that was paid; false when that
/// cannot be.
async fn reopen(
    conn: &mut Conn,
    order: &OrderRow,
    seat: &SeatRow,
    told: &mut Told,
    now: Timestamp,
) -> Result<bool, AppError> {
    let activity = offer_of(conn, seat).await?;
    let prices = activity::prices(conn, &activity.id).await?;
    let same_price = prices
        .iter()
        .any(|price| price.sku == seat.sku && price.price == seat.unit_minor);
    if !activity.open_at(now) || !same_price || !stock::rehold(conn, &order.id).await? {
        return Ok(false);
    }
    open(conn, order, seat.clone(), &activity, told, now).await
}

/// What the buyer is told of money that goes back.
async fn why_not(conn: &mut Conn, seat: &SeatRow) -> Result<OrderEndReason, AppError> {
    let group = match &seat.group {
        Some(group) => group::find(conn, group).await?,
        None => None,
    };
    Ok(match group.map(|group| group.tally.state) {
        Some(GroupState::Failed) => OrderEndReason::GroupExpired,
        Some(GroupState::Forming | GroupState::Succeeded) => OrderEndReason::GroupFull,
        None => OrderEndReason::PaidTooLate,
    })
}

async fn offer_of(conn: &mut Conn, seat: &SeatRow) -> Result<ActivityRow, AppError> {
    activity::find(conn, &seat.activity)
        .await?
        .ok_or_else(|| AppError::internal("a seat of no offer"))
}

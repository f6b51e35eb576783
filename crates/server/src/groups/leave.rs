//! Seats that are given back: unpaid ones at once, a leader's paid one only where the offer allows it (G11).

use contract::Timestamp;
use contract::groups::{GroupRole, GroupState};
use contract::orders::OrderState;

use super::lifecycle::{Move, SeatCause, after};
use super::seat::must_turn;
use super::store::group;
use super::store::seat::{self as seats, SeatRow};
use super::store::shown;
use super::told::{Told, led};
use super::{expire, forming, step};
use crate::AppError;
use crate::db::Conn;
use crate::trade::Advanced;
use crate::trade::lifecycle::Cause;
use crate::trade::store::OrderRow;

/// A held seat's order closes unpaid: others may take the seat.
pub async fn give_back(
    conn: &mut Conn,
    order: &OrderRow,
    seat: &SeatRow,
    cause: Cause,
    now: Timestamp,
) -> Result<Advanced, AppError> {
    let mut told = Told::default();
    let group = match &seat.group {
        Some(id) => {
            let mut group = group::take(conn, id).await?.ok_or(AppError::Raced)?;
            group.tally = after(group.tally, Move::Release, now).map_err(|_| AppError::Raced)?;
            Some(group)
        }
        None => None,
    };
    told.order(step(conn, order, seat, cause, now).await?);
    must_turn(conn, seat, SeatCause::Lost, now).await?;
    if let Some(group) = group {
        if !group::write(conn, &group, now).await? {
            return Err(AppError::Raced);
        }
        told.group(&group, now);
    }
    told.finish(conn, OrderState::Closed, now).await
}

/// A leader leaves a forming group: whoever paid first leads it now, and its end stays where it is. A group
/// that nobody has paid for any more is over.
pub async fn leave(
    conn: &mut Conn,
    order: &OrderRow,
    seat: &SeatRow,
    now: Timestamp,
) -> Result<Advanced, AppError> {
    let Some(id) = &seat.group else {
        return Err(forming(None));
    };
    let mut group = group::take(conn, id).await?.ok_or(AppError::Raced)?;
    if seat.role != GroupRole::Leader || !group.terms.leader_may_leave {
        return Err(forming(Some(id)));
    }
    group.tally = after(group.tally, Move::Leave, now).map_err(|_| AppError::Raced)?;
    let mut told = Told::default();
    told.order(step(conn, order, seat, Cause::SeatLeft, now).await?);
    must_turn(conn, seat, SeatCause::MoneyBack, now).await?;
    seats::step_down(conn, &seat.order).await?;
    if group.tally.state == GroupState::Failed {
        expire::release_held(conn, &group, &mut told, now).await?;
    } else if let Some(next) = seats::promote(conn, id).await? {
        let subject = shown::title(conn, &group.product).await?;
        told.notice(&next, subject, led(id));
        group.leader_order = next.order;
    }
    if !group::write(conn, &group, now).await? {
        return Err(AppError::Raced);
    }
    told.group(&group, now);
    told.finish(conn, OrderState::Refunding, now).await
}

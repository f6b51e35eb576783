//! A group is complete: every seat is confirmed, its goods are sold, its leader is owed the reward (G7, G13,
//! G16, which `reward` follows). Runs inside the transaction of whatever completed it.

use contract::Timestamp;
use contract::groups::SeatState;
use contract::notifications::Notice;
use contract::orders::OrderState;

use super::lifecycle::SeatCause;
use super::seat::must_turn;
use super::step;
use super::store::group::GroupRow;
use super::store::seat::{self as seats, SeatRow};
use super::store::shown;
use super::told::Told;
use crate::AppError;
use crate::db::Conn;
use crate::trade::lifecycle::Cause;
use crate::trade::store::{self as orders, OrderRow};

/// Confirms every paid seat.
pub async fn complete(
    conn: &mut Conn,
    group: &GroupRow,
    told: &mut Told,
    now: Timestamp,
) -> Result<(), AppError> {
    let subject = shown::title(conn, &group.product).await?;
    for (seat, order) in paid(conn, group).await? {
        told.order(step(conn, &order, &seat, Cause::GroupSucceeded, now).await?);
        must_turn(conn, &seat, SeatCause::GroupSucceeded, now).await?;
        let notice = Notice::GroupCompleted {
            group: group.id.clone(),
            order: order.id.clone(),
        };
        told.notice(&seat, subject.clone(), notice);
    }
    Ok(())
}

/// The paid seats of a group with their orders. One whose order went another way keeps nobody else from theirs.
pub(super) async fn paid(
    conn: &mut Conn,
    group: &GroupRow,
) -> Result<Vec<(SeatRow, OrderRow)>, AppError> {
    let mut paid = Vec::new();
    for seat in seats::of_group(conn, &group.id, SeatState::Paid).await? {
        match orders::find(conn, &seat.order).await? {
            Some(order) if order.state == OrderState::Paid => paid.push((seat, order)),
            Some(order) => astray(&seat, order.state),
            None => {}
        }
    }
    Ok(paid)
}

/// A seat whose order went another way keeps nobody else from theirs.
pub fn astray(seat: &SeatRow, state: OrderState) {
    tracing::error!(order = %seat.order, ?state, seat = ?seat.state, "a seat and its order disagree; a person must look");
    metrics::counter!("group_seat_astray_total").increment(1);
}

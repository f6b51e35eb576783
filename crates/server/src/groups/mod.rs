//! Group-buy: groups that form, the seats in them, and what an order that is a seat does to both.
//!
//! `lifecycle` and `rules` decide and are pure; `seat`, `capture`, `leave`, `complete` and `expire` make
//! decisions last. Every change takes the group's row first, so that the changes of one group stand in one
//! order. [`advance`] is where an order's step becomes its seat's.

mod capture;
mod complete;
pub mod expire;
mod leave;
pub mod lifecycle;
pub mod reward;
pub mod rules;
mod seat;
pub mod store;
pub mod take;
mod told;
pub mod view;

use contract::groups::SeatState;
use contract::orders::OrderState;
use contract::{ErrorCode, GroupId, OrderId, Timestamp};

use crate::AppError;
use crate::db::Conn;
use crate::trade::lifecycle::Cause;
use crate::trade::store::OrderRow;
use crate::trade::{self, Advanced, Stepped};
use lifecycle::SeatCause;
use store::seat::SeatRow;
use told::Told;

pub use told::group_topic;

/// Takes an order that is a seat one step on, together with its seat and its group.
pub async fn advance(
    conn: &mut Conn,
    order: &OrderRow,
    seat: SeatRow,
    cause: Cause,
    now: Timestamp,
) -> Result<Advanced, AppError> {
    match (seat.state, cause) {
        (SeatState::Held | SeatState::Released, Cause::Captured) => {
            capture::capture(conn, order, seat, now).await
        }
        (SeatState::Held, Cause::Cancelled | Cause::PayTimedOut) => {
            leave::give_back(conn, order, &seat, cause, now).await
        }
        (SeatState::Paid, Cause::Cancelled) => leave::leave(conn, order, &seat, now).await,
        // Nothing ships, nothing is collected, nothing is returned before the group is complete (G11).
        (SeatState::Paid, _) => Err(forming(seat.group.as_ref())),
        (SeatState::Confirmed, Cause::Cancelled | Cause::GivenBack) => {
            let mut told = Told::default();
            seat::must_turn(conn, &seat, SeatCause::MoneyBack, now).await?;
            told.order(step(conn, order, &seat, cause, now).await?);
            told.finish(conn, OrderState::Refunding, now).await
        }
        (SeatState::RefundPending, Cause::RefundsDone) => {
            let mut told = Told::default();
            seat::must_turn(conn, &seat, SeatCause::RefundsDone, now).await?;
            told.order(step(conn, order, &seat, cause, now).await?);
            told.finish(conn, OrderState::Refunded, now).await
        }
        _ => {
            let mut told = Told::default();
            let stepped = step(conn, order, &seat, cause, now).await?;
            let to = stepped.step.to;
            told.order(stepped);
            told.finish(conn, to, now).await
        }
    }
}

/// Refuses to give back an order whose group still forms (G11).
pub async fn may_give_back(conn: &mut Conn, order: &OrderId) -> Result<(), AppError> {
    match store::seat::of_order(conn, order).await? {
        Some(seat) if seat.state == SeatState::Paid => Err(forming(seat.group.as_ref())),
        _ => Ok(()),
    }
}

/// One step of the order of a seat alone.
async fn step(
    conn: &mut Conn,
    order: &OrderRow,
    seat: &SeatRow,
    cause: Cause,
    now: Timestamp,
) -> Result<Stepped, AppError> {
    let forming = seat.state == SeatState::Paid;
    trade::step(conn, order, forming, cause, now).await
}

/// Whether a seat keeps its place.
pub fn is_live(state: SeatState) -> bool {
    lifecycle::counts_for_limit(state)
}

/// The group still forms (G11).
fn forming(group: Option<&GroupId>) -> AppError {
    let message = "The group of this order is still forming. Until it is complete or over, the order stays as it is.";
    match group {
        Some(group) => AppError::with_details(
            ErrorCode::GroupForming,
            message,
            contract::ErrorDetails::Group(group.clone()),
        ),
        None => AppError::refused(ErrorCode::GroupForming, message),
    }
}

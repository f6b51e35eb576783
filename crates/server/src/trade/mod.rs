//! Orders after they were submitted: what can happen to them, their goods and their money.
//!
//! `place` makes them. `lifecycle` decides and is pure; [`advance`] makes a decision last; `settle`, `close`
//! and `refund` are the stories that lead to one. Features and jobs meet here.

pub mod books;
pub mod close;
mod destination;
mod dimensions;
pub mod give_back;
pub mod lifecycle;
pub mod place;
pub mod receive;
pub mod refund;
pub mod settle;
pub mod snapshot;
pub mod store;
pub mod view;

use contract::events::{OrderChange, ShopEvent};
use contract::fulfilment::FulfilmentKind;
use contract::orders::{OrderEndReason, OrderState, TimelineEntry, TimelineKind};
use contract::{ErrorCode, Timestamp};
use rand::RngExt;

use crate::db::Conn;
use crate::groups::{self, store::seat as seats};
use crate::live::sale;
use crate::notices;
use crate::outbox::Draft;
use crate::{AppError, campaigns, commission, stock};
use lifecycle::{Cause, Step};
use store::OrderRow;

/// What became of an order, and what is to be told of it.
#[derive(Clone, Debug)]
pub struct Advanced {
    /// Where the order stands now.
    pub to: OrderState,
    /// Events of this order and of whatever else the step changed.
    pub told: Vec<Draft>,
}

/// Takes an order one step on, with its goods, its money and its timeline. The one place where an order
/// changes state: whatever hangs on orders follows here, in the same transaction. A state that does not
/// allow the step is `ORDER_STATE_CONFLICT`; another change that came first is [`AppError::Raced`]. Either
/// way the caller must undo its transaction.
pub async fn advance(
    conn: &mut Conn,
    order: &OrderRow,
    cause: Cause,
    now: Timestamp,
) -> Result<Advanced, AppError> {
    let mut advanced = match seats::of_order(conn, &order.id).await? {
        Some(seat) => groups::advance(conn, order, seat, cause, now).await?,
        None => {
            let stepped = step(conn, order, false, cause, now).await?;
            let (to, told) = (stepped.step.to, vec![stepped.told.clone()]);
            book(conn, &[stepped], now).await?;
            Advanced { to, told }
        }
    };
    if advanced.to == OrderState::Refunded {
        let notice = refund::ended(conn, order).await?;
        advanced.told.push(notices::add(conn, notice, now).await?);
    }
    Ok(advanced)
}

/// A step that an order took.
#[derive(Clone, Debug)]
pub(crate) struct Stepped {
    /// The order as it was.
    order: OrderRow,
    /// The step.
    pub(crate) step: Step,
    /// The event that tells of it.
    pub(crate) told: Draft,
}

/// Does what steps mean to the books, once everything else that they change was taken: whoever writes the books
/// makes the others wait for the end of its transaction.
pub(crate) async fn book(
    conn: &mut Conn,
    stepped: &[Stepped],
    now: Timestamp,
) -> Result<(), AppError> {
    for Stepped { order, step, .. } in stepped {
        commission::follow(conn, order, step, now).await?;
        groups::reward::follow(conn, order, step, now).await?;
        let moves_money = step.refund
            || step.timeline.contains(&TimelineKind::Paid)
            || matches!(step.to, OrderState::Received | OrderState::Refunded);
        if moves_money {
            books::follow(conn, &order.id, now).await?;
        }
    }
    Ok(())
}

/// One step of one order alone, which [`book`] is still to follow. `forming` says of a paid order that its group
/// still forms.
pub(crate) async fn step(
    conn: &mut Conn,
    order: &OrderRow,
    forming: bool,
    cause: Cause,
    now: Timestamp,
) -> Result<Stepped, AppError> {
    let step = lifecycle::step(order.state, forming, cause).ok_or_else(|| conflict(order.state))?;
    let code = needs_code(order, &step).then(pickup_code);
    if !store::transition(conn, order, step.to, code.as_deref()).await? {
        return Err(AppError::Raced);
    }
    if !sale::follow(conn, order, step.stock, now).await? {
        stock::follow(conn, &order.id, step.stock).await?;
    }
    campaigns::follow::follow(conn, order, step.stock, now).await?;
    if step.refund {
        refund::start_all(conn, order, &step, now).await?;
    }
    let version = order.version + 1;
    write_timeline(conn, order, &step, version, now).await?;
    Ok(Stepped {
        order: order.clone(),
        step,
        told: order_changed(order, step.to, version, step.reason, now),
    })
}

/// Entries of one step stand together: each version of the order has ten places.
async fn write_timeline(
    conn: &mut Conn,
    order: &OrderRow,
    step: &Step,
    version: i64,
    now: Timestamp,
) -> Result<(), AppError> {
    for (place, kind) in (0_i64..).zip(step.timeline) {
        let entry = TimelineEntry {
            kind: *kind,
            at: now,
            reason: step.reason,
        };
        store::add_to_timeline(conn, &order.id, version * 10 + place, entry).await?;
    }
    Ok(())
}

/// The event that tells of an order's new state.
fn order_changed(
    order: &OrderRow,
    to: OrderState,
    version: i64,
    reason: Option<OrderEndReason>,
    now: Timestamp,
) -> Draft {
    let kind = match to {
        OrderState::PendingPayment => ShopEvent::OrderPlaced,
        OrderState::Paid => ShopEvent::OrderPaid,
        OrderState::Received => ShopEvent::OrderReceived,
        OrderState::Closed => ShopEvent::OrderClosed,
        OrderState::Refunding => ShopEvent::OrderRefundStarted,
        OrderState::Refunded => ShopEvent::OrderRefunded,
    };
    let change = OrderChange {
        order: order.id.clone(),
        state: to,
        version,
        reason,
    };
    Draft::of_order(kind, change, order.owner.as_str(), now)
}

/// What a caller is told whose wish the order's state does not allow.
pub fn conflict(state: OrderState) -> AppError {
    let what = match state {
        OrderState::PendingPayment => "is not paid yet",
        OrderState::Paid => "is already paid",
        OrderState::Received => "is with its buyer",
        OrderState::Closed => "is closed",
        OrderState::Refunding => "is being refunded",
        OrderState::Refunded => "is refunded",
    };
    AppError::refused(
        ErrorCode::OrderStateConflict,
        format!("The order {what}. Load it again to see what can be done."),
    )
}

fn needs_code(order: &OrderRow, step: &Step) -> bool {
    step.to == OrderState::Paid && !step.forming && order.destination.kind == FulfilmentKind::Pickup
}

/// Eight digits to show where the goods are collected.
fn pickup_code() -> String {
    format!("{:08}", rand::rng().random_range(0..100_000_000_u32))
}

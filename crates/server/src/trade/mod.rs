//! Orders after they were submitted: what can happen to them, their goods and their money.
//!
//! `place` makes them. `lifecycle` decides and is pure; [`advance`] makes a decision last; `settle`, `close`
//! and `refund` are the stories that lead to one. Features and jobs meet here.

pub mod close;
mod destination;
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
use contract::orders::{OrderState, TimelineEntry};
use contract::{ErrorCode, Timestamp};
use rand::RngExt;

use crate::db::Conn;
use crate::groups::{self, store::seat as seats};
use crate::notices;
use crate::outbox::Draft;
use crate::{AppError, commission, stock};
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
            let (to, draft) = step(conn, order, false, cause, now).await?;
            let told = vec![draft];
            Advanced { to, told }
        }
    };
    if advanced.to == OrderState::Refunded {
        let notice = refund::notice(conn, order).await?;
        advanced.told.push(notices::add(conn, notice, now).await?);
    }
    Ok(advanced)
}

/// One step of one order alone: answers the state after it and the event that tells of it. `forming` says
/// of a paid order that its group still forms.
pub(crate) async fn step(
    conn: &mut Conn,
    order: &OrderRow,
    forming: bool,
    cause: Cause,
    now: Timestamp,
) -> Result<(OrderState, Draft), AppError> {
    let step = lifecycle::step(order.state, forming, cause).ok_or_else(|| conflict(order.state))?;
    let code = needs_code(order, &step).then(pickup_code);
    if !store::transition(conn, order, step.to, code.as_deref()).await? {
        return Err(AppError::Raced);
    }
    stock::follow(conn, &order.id, step.stock).await?;
    commission::follow(conn, order, &step, now).await?;
    if step.refund {
        refund::start_all(conn, order, &step, now).await?;
    }
    let version = order.version + 1;
    write_timeline(conn, order, &step, version, now).await?;
    Ok((step.to, tell(order, &step, version, now)))
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

fn tell(order: &OrderRow, step: &Step, version: i64, now: Timestamp) -> Draft {
    let kind = match step.to {
        OrderState::PendingPayment => ShopEvent::OrderPlaced,
        OrderState::Paid => ShopEvent::OrderPaid,
        OrderState::Received => ShopEvent::OrderReceived,
        OrderState::Closed => ShopEvent::OrderClosed,
        OrderState::Refunding => ShopEvent::OrderRefundStarted,
        OrderState::Refunded => ShopEvent::OrderRefunded,
    };
    let change = OrderChange {
        order: order.id.clone(),
        state: step.to,
        version,
        reason: step.reason,
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

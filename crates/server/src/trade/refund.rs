//! Giving money back: claimed once in the transaction that decides it, then asked of the gateway until it
//! says yes (inv.P2, features.md 112).

use contract::notifications::Notice;
use contract::orders::{OrderEndReason, OrderState};
use contract::{Money, OrderId, PaymentId, RefundId, Timestamp};
use uuid::Uuid;

use super::lifecycle::{Cause, Step};
use super::store::{self, OrderRow};
use super::{advance, books};
use crate::db::{self, Conn};
use crate::notices::{self, NewNotice};
use crate::outbox::{self, Draft};
use crate::payment::refunds::store::lines as refund_lines;
use crate::payment::refunds::store::{self as refunds, RefundRow};
use crate::words::Both;
use crate::{AppError, AppState};

/// Why a second payment of an order goes back.
pub const PAID_TWICE: &str = "paid_twice";
/// Why a part of an order goes back that stands otherwise.
pub const PART: &str = "part";

/// Starts giving back everything that was captured for an order and is not on its way back.
pub async fn start_all(
    conn: &mut Conn,
    order: &OrderRow,
    step: &Step,
    now: Timestamp,
) -> Result<(), AppError> {
    let reason = match step.reason {
        Some(OrderEndReason::PaidTooLate) => "paid_too_late",
        Some(OrderEndReason::PayTimeout) => "pay_timeout",
        Some(OrderEndReason::GroupFull) => "group_full",
        Some(OrderEndReason::GroupExpired) => "group_expired",
        Some(OrderEndReason::GivenBack) => "given_back",
        Some(OrderEndReason::Cancelled) | None => "cancelled",
    };
    let mut left = refund_lines::left(conn, &order.id).await?;
    left.retain(|share| share.quantity > 0);
    for payment in refunds::captured_of(conn, &order.id).await? {
        if let Some(refund) = start(conn, &payment, reason, now).await? {
            refund_lines::insert(conn, (&refund, &order.id), &std::mem::take(&mut left)).await?;
        }
    }
    Ok(())
}

/// Starts giving back what is left of one payment; nothing when nothing is.
pub async fn start(
    conn: &mut Conn,
    payment: &PaymentId,
    reason: &str,
    now: Timestamp,
) -> Result<Option<RefundId>, AppError> {
    let id = RefundId(Uuid::now_v7().simple().to_string());
    let claimed = refunds::claim_rest(conn, &id, payment, reason, now).await?;
    Ok(claimed.then_some(id))
}

/// The gateway says that a refund succeeded. The last one of an order that is being refunded ends it.
pub async fn succeeded(
    conn: &mut Conn,
    refund: &RefundId,
    now: Timestamp,
) -> Result<Vec<Draft>, AppError> {
    let Some(refund) = refunds::mark_succeeded(conn, refund, now).await? else {
        return Ok(Vec::new());
    };
    // Two refunds of one order may succeed at once: whoever comes second sees that the first is done.
    store::wait_for(conn, &refund.order).await?;
    let order = store::find(conn, &refund.order)
        .await?
        .ok_or_else(|| AppError::internal("a refund of no order"))?;
    let mut told = Vec::new();
    let ends =
        order.state == OrderState::Refunding && refunds::pending(conn, &order.id).await? == 0;
    if ends {
        let advanced = advance(conn, &order, Cause::RefundsDone, now).await?;
        told.extend(advanced.told);
    } else {
        books::follow(conn, &order.id, now).await?;
    }
    if is_apart(&refund) {
        let back = notice(conn, &order, refund.minor).await?;
        told.push(notices::add(conn, back, now).await?);
    }
    Ok(told)
}

/// Whether its buyer is told of a refund by itself, and not with the end of the order.
fn is_apart(refund: &RefundRow) -> bool {
    refund.reason == PART || refund.reason == PAID_TWICE
}

/// What the buyer of an order is told whose money is back.
pub async fn ended(conn: &mut Conn, order: &OrderRow) -> Result<NewNotice, AppError> {
    let refunds = refunds::of_order(conn, &order.id).await?;
    let whole = refunds.iter().filter(|refund| !is_apart(refund));
    let minor = whole.map(|refund| refund.minor).sum();
    notice(conn, order, minor).await
}

async fn notice(conn: &mut Conn, order: &OrderRow, minor: i64) -> Result<NewNotice, AppError> {
    let subject = subject(conn, order).await?;
    let notice = Notice::OrderRefunded {
        order: order.id.clone(),
        amount: Money::new(minor, order.total.currency),
    };
    Ok(NewNotice::new(&order.owner, subject, notice))
}

async fn subject(conn: &mut Conn, order: &OrderRow) -> Result<Both, AppError> {
    let lines = store::lines(conn, &order.id, order.total.currency).await?;
    let title = lines.first().map(|line| line.snapshot.titles().clone());
    Ok(title.unwrap_or_else(|| Both::new("", "")))
}

/// A second payment of an order goes back.
pub async fn twice(
    conn: &mut Conn,
    order: &OrderId,
    payment: &PaymentId,
    now: Timestamp,
) -> Result<(), AppError> {
    start(conn, payment, PAID_TWICE, now).await?;
    books::follow(conn, order, now).await
}

/// [`succeeded`] in a transaction of its own.
pub async fn record_success(state: &AppState, refund: &RefundId) -> Result<(), AppError> {
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let told = succeeded(tx.conn(), refund, state.clock.now()).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await
}

//! Giving money back: claimed once in the transaction that decides it, then asked of the gateway until it
//! says yes (inv.P2, features.md 112).

use contract::notifications::Notice;
use contract::orders::{OrderEndReason, OrderState};
use contract::{Money, PaymentId, RefundId, Timestamp};
use uuid::Uuid;

use super::advance;
use super::lifecycle::{Cause, Step};
use super::store::{self, OrderRow};
use crate::db::{self, Conn};
use crate::notices::NewNotice;
use crate::outbox::{self, Draft};
use crate::payment::refunds::store as refunds;
use crate::words::Both;
use crate::{AppError, AppState};

/// Starts giving back everything that was captured for an order.
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
        Some(OrderEndReason::Cancelled) | None => "cancelled",
    };
    for payment in refunds::captured_of(conn, &order.id).await? {
        start(conn, &payment, reason, now).await?;
    }
    Ok(())
}

/// Starts giving back what is left of one payment; false when nothing is.
pub async fn start(
    conn: &mut Conn,
    payment: &PaymentId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, AppError> {
    let id = RefundId(Uuid::now_v7().simple().to_string());
    refunds::claim_rest(conn, &id, payment, reason, now).await
}

/// The gateway says that a refund succeeded. The last one of an order that is being refunded ends it.
pub async fn succeeded(
    conn: &mut Conn,
    refund: &RefundId,
    now: Timestamp,
) -> Result<Vec<Draft>, AppError> {
    let Some(order) = refunds::mark_succeeded(conn, refund, now).await? else {
        return Ok(Vec::new());
    };
    if refunds::pending(conn, &order).await? > 0 {
        return Ok(Vec::new());
    }
    match store::find(conn, &order).await? {
        Some(order) if order.state == OrderState::Refunding => {
            let advanced = advance(conn, &order, Cause::RefundsDone, now).await?;
            Ok(advanced.told)
        }
        _ => Ok(Vec::new()),
    }
}

/// What the buyer of an order is told whose money is back.
pub async fn notice(conn: &mut Conn, order: &OrderRow) -> Result<NewNotice, AppError> {
    let currency = order.total.currency;
    let lines = store::lines(conn, &order.id, currency).await?;
    let title = lines.first().map(|line| line.snapshot.titles().clone());
    let minor = refunds::refunded_minor(conn, &order.id).await?;
    let notice = Notice::OrderRefunded {
        order: order.id.clone(),
        amount: Money::new(minor, currency),
    };
    let subject = title.unwrap_or_else(|| Both::new("", ""));
    Ok(NewNotice::new(&order.owner, subject, notice))
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

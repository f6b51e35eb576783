//! The gateway's webhooks: believed only when signed, taken once by id, and never trusted over the
//! payment that they name (inv.P6, rules.md 3.0-4).

use axum::http::HeaderMap;
use contract::{ErrorCode, Timestamp};

use crate::db::Conn;
use crate::outbox::{self, Draft};
use crate::payment::{
    Notice, NoticeKind, PaymentStatus, TransferStatus, WebhookError, store as payments,
};
use crate::trade::refund;
use crate::trade::settle::{self, Capture};
use crate::{AppError, AppState, db, payout};

/// Checks, reads and acts on a webhook. Taking the id and acting are one transaction: a failure leaves
/// the id untaken, and the gateway sends again.
pub async fn receive(state: &AppState, headers: &HeaderMap, body: &[u8]) -> Result<(), AppError> {
    let notice = state
        .gateway
        .read_webhook(headers, body, state.clock.now())
        .map_err(refuse)?;
    db::retrying(|| take(state, &notice)).await?;
    state.jobs_hint.notify_one();
    Ok(())
}

async fn take(state: &AppState, notice: &Notice) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let kind = word(&notice.kind);
    if !payments::take_webhook(tx.conn(), &notice.id, kind, &notice.payment, now).await? {
        return Ok(());
    }
    let (outcome, told) = act(tx.conn(), notice, now).await?;
    payments::note_webhook(tx.conn(), &notice.id, outcome).await?;
    outbox::commit(tx, &told, &state.outbox_hint).await
}

async fn act(
    conn: &mut Conn,
    notice: &Notice,
    now: Timestamp,
) -> Result<(&'static str, Vec<Draft>), AppError> {
    match &notice.kind {
        NoticeKind::PaymentPaid => {
            let capture = Capture {
                payment: notice.payment.clone(),
                order: notice.order.clone(),
                amount: notice.amount,
                instrument: notice.instrument.clone(),
            };
            let (outcome, told) = settle::capture(conn, &capture, now).await?;
            Ok((outcome.word(), told))
        }
        NoticeKind::PaymentDeclined => {
            payments::mark_ended(conn, &notice.payment, PaymentStatus::Declined).await?;
            Ok(("declined", Vec::new()))
        }
        NoticeKind::RefundSucceeded(id) => {
            let told = refund::succeeded(conn, id, now).await?;
            Ok(("refunded", told))
        }
        NoticeKind::TransferEnded(status) => {
            let transfer = notice.payment.as_str();
            payout::ended(conn, transfer, notice.amount, *status, now).await
        }
        NoticeKind::Other(_) => Ok(("ignored", Vec::new())),
    }
}

fn word(kind: &NoticeKind) -> &str {
    match kind {
        NoticeKind::PaymentPaid => "payment.paid",
        NoticeKind::PaymentDeclined => "payment.declined",
        NoticeKind::RefundSucceeded(_) => "refund.succeeded",
        NoticeKind::TransferEnded(TransferStatus::Succeeded) => "transfer.succeeded",
        NoticeKind::TransferEnded(_) => "transfer.failed",
        NoticeKind::Other(word) => word,
    }
}

fn refuse(error: WebhookError) -> AppError {
    tracing::warn!(%error, "a webhook was refused");
    metrics::counter!("payment_webhook_refused_total").increment(1);
    AppError::refused(ErrorCode::InvalidRequest, format!("Not taken: {error}."))
}

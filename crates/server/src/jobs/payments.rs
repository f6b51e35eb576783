//! Jobs that speak with the payment gateway.

use contract::Timestamp;
use contract::orders::OrderState;

use super::{BATCH, each};
use crate::payment::refunds::store as refunds;
use crate::payment::store::{self as payments, PaymentRow};
use crate::payment::{NewRefund, PaymentStatus, RefundStatus};
use crate::trade::close::{self, Learned};
use crate::trade::{refund, store};
use crate::{AppError, AppState};

/// The first wait between two tries, in milliseconds; each wait is twice the one before.
const FIRST_WAIT_MS: i64 = 5_000;
/// The longest wait between two tries, in milliseconds.
const LONGEST_WAIT_MS: i64 = 10 * 60 * 1000;

/// Asks after payments that nothing was heard of: a webhook can be lost (inv.P3, P5). Those of orders that
/// no longer await money are closed.
pub(super) async fn ask_payments(state: &AppState) -> Result<(), AppError> {
    let due = {
        let mut conn = state.db.reader().acquire().await?;
        payments::due(&mut conn, state.clock.now(), BATCH).await?
    };
    let asking = due
        .iter()
        .map(|payment| ask_payment(state, payment))
        .collect();
    each("ask_payments", asking).await;
    Ok(())
}

async fn ask_payment(state: &AppState, payment: &PaymentRow) -> Result<(), AppError> {
    let order = store::find(&mut *state.db.reader().acquire().await?, &payment.order).await?;
    let awaited = order.is_some_and(|order| order.state == OrderState::PendingPayment);
    let learned = if awaited {
        close::ask(state, payment).await?
    } else {
        close::close_payment(state, payment).await?
    };
    match learned {
        Learned::NotThere if !awaited => {
            close::end(state, &payment.id, PaymentStatus::Closed).await
        }
        _ => {
            let next = wait_from(state.clock.now(), payment.checks);
            let mut tx = state.db.begin().await?;
            payments::check_later(tx.conn(), &payment.id, next).await?;
            Ok(tx.commit().await?)
        }
    }
}

/// Asks the gateway to give money back, with the same id until it has (inv.P2).
pub(super) async fn send_refunds(state: &AppState) -> Result<(), AppError> {
    let due = {
        let mut conn = state.db.reader().acquire().await?;
        refunds::due(&mut conn, state.clock.now(), BATCH).await?
    };
    let sending = due
        .iter()
        .map(|(refund, attempts)| send_refund(state, refund, *attempts))
        .collect();
    each("send_refunds", sending).await;
    Ok(())
}

async fn send_refund(state: &AppState, refund: &NewRefund, attempts: i64) -> Result<(), AppError> {
    match state.gateway.refund(refund).await {
        Ok(RefundStatus::Succeeded) => return refund::record_success(state, &refund.id).await,
        Ok(RefundStatus::Pending) => {}
        Ok(RefundStatus::Failed) => {
            tracing::error!(refund = %refund.id, "the gateway refused a refund; a person must look");
            metrics::counter!("refund_failed_total").increment(1);
        }
        Err(error) => tracing::warn!(refund = %refund.id, %error, "a refund is tried again later"),
    }
    let next = wait_from(state.clock.now(), attempts);
    let mut tx = state.db.begin().await?;
    refunds::try_later(tx.conn(), &refund.id, next).await?;
    Ok(tx.commit().await?)
}

/// When to try again after `tries` tries.
pub(super) fn wait_from(now: Timestamp, tries: i64) -> Timestamp {
    let doublings = u32::try_from(tries.clamp(0, 16)).unwrap_or(16);
    now.plus_ms((FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_ten_minutes() {
        let wait = |tries| wait_from(Timestamp(0), tries).0;
        assert_eq!([wait(0), wait(1), wait(2)], [5_000, 10_000, 20_000]);
        assert_eq!([wait(60), wait(i64::MAX)], [LONGEST_WAIT_MS; 2]);
    }
}

//! Ending an order that was not paid, and what to do about payments that are still open at the gateway.
//!
//! The gateway is asked first, because the money may be there already; when it does not answer, the
//! order closes all the same (others wait for the goods) and money that comes later follows
//! rules.md 3.0-6.

use contract::orders::OrderState;
use contract::{OrderId, PaymentId};

use super::lifecycle::Cause;
use super::settle::{self, Capture};
use super::{advance, store};
use crate::db;
use crate::outbox;
use crate::payment::store::{self as payments, PaymentRow};
use crate::payment::{GatewayError, GatewayPayment, PaymentStatus};
use crate::{AppError, AppState};

/// Closes an order whose time to pay is over (F3). An order that was paid, cancelled or closed meanwhile
/// stays as it is.
pub async fn time_out(state: &AppState, order: &OrderId) -> Result<(), AppError> {
    close_payments(state, order).await?;
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let now = state.clock.now();
        let told = match store::find(tx.conn(), order).await? {
            Some(order) if order.state == OrderState::PendingPayment && order.pay_by <= now => {
                let advanced = advance(tx.conn(), &order, Cause::PayTimedOut, now).await?;
                advanced.told
            }
            _ => Vec::new(),
        };
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await
}

/// What the gateway said of a payment, once it was acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learned {
    /// Where it stands.
    Stands(PaymentStatus),
    /// The gateway has never heard of it.
    NotThere,
    /// Nothing: it did not answer.
    Nothing,
}

/// Closes the live payment of an order at the gateway, or learns that it was paid. A gateway that does not
/// answer is no error here: the payment stays live, and the jobs ask again.
pub async fn close_payments(state: &AppState, order: &OrderId) -> Result<(), AppError> {
    let live = payments::live_of(&mut *state.db.reader().acquire().await?, order).await?;
    if let Some(payment) = live {
        close_payment(state, &payment).await?;
    }
    Ok(())
}

/// Closes one payment at the gateway, or learns that it was paid.
pub async fn close_payment(state: &AppState, payment: &PaymentRow) -> Result<Learned, AppError> {
    let answer = state.gateway.close(&payment.id).await;
    learn(state, payment, answer).await
}

/// Asks the gateway where a payment stands and acts on it.
pub async fn ask(state: &AppState, payment: &PaymentRow) -> Result<Learned, AppError> {
    let answer = state.gateway.query(&payment.id).await;
    learn(state, payment, answer).await
}

async fn learn(
    state: &AppState,
    payment: &PaymentRow,
    answer: Result<Option<GatewayPayment>, GatewayError>,
) -> Result<Learned, AppError> {
    let found = match answer {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(Learned::NotThere),
        Err(error) => {
            tracing::warn!(payment = %payment.id, %error, "the payment stays as it is");
            return Ok(Learned::Nothing);
        }
    };
    match found.status {
        PaymentStatus::Open => {}
        PaymentStatus::Paid => {
            let capture = Capture {
                payment: payment.id.clone(),
                order: None,
                amount: found.amount,
                instrument: found.instrument,
            };
            settle::record(state, &capture).await?;
        }
        ended @ (PaymentStatus::Declined | PaymentStatus::Closed) => {
            end(state, &payment.id, ended).await?;
        }
    }
    Ok(Learned::Stands(found.status))
}

/// Writes down that a payment ended without money.
pub async fn end(
    state: &AppState,
    payment: &PaymentId,
    status: PaymentStatus,
) -> Result<(), AppError> {
    let mut tx = state.db.begin().await?;
    payments::mark_ended(tx.conn(), payment, status).await?;
    tx.commit().await?;
    Ok(())
}

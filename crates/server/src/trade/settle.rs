//! Money arrived. By webhook, by asking, once or ten times, in time or late: the order ends the same
//! (inv.P1, P4, P6; rules.md 3.0-6).

use contract::orders::OrderState;
use contract::{Money, OrderId, PaymentId, Timestamp};

use super::lifecycle::Cause;
use super::store::{self, OrderRow};
use super::{advance, refund};
use crate::attribution::kin;
use crate::db::{self, Conn};
use crate::groups::store::seat as seats;
use crate::outbox::{self, Draft};
use crate::payment::{Instrument, store as payments};
use crate::stock;
use crate::{AppError, AppState};

/// What the gateway says was captured.
#[derive(Clone, Debug)]
pub struct Capture {
    /// Of which payment.
    pub payment: PaymentId,
    /// For which order, when the gateway says.
    pub order: Option<OrderId>,
    /// How much.
    pub amount: Money,
    /// By what, when the gateway says.
    pub instrument: Option<Instrument>,
}

/// What came of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The order is paid.
    Paid,
    /// The order had closed and stands again, paid.
    Revived,
    /// The order had closed and its goods, or its seat, are gone: the money goes back.
    PaidTooLate,
    /// The order was paid already, by another payment: this one's money goes back.
    PaidTwice,
    /// This capture was known.
    Known,
    /// Not our payment, not its amount, or not its order: nothing is paid, and a person must look.
    Flagged(&'static str),
}

impl Outcome {
    /// Its word in the database and the log.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Revived => "revived",
            Self::PaidTooLate => "paid_too_late",
            Self::PaidTwice => "paid_twice",
            Self::Known => "known",
            Self::Flagged(why) => why,
        }
    }
}

/// Books a capture once and settles its order.
pub async fn capture(
    conn: &mut Conn,
    capture: &Capture,
    now: Timestamp,
) -> Result<(Outcome, Vec<Draft>), AppError> {
    let Some(payment) = payments::find(conn, &capture.payment).await? else {
        return Ok((flag(capture, "flagged_unknown_payment"), Vec::new()));
    };
    if payment.amount != capture.amount {
        return Ok((flag(capture, "flagged_wrong_amount"), Vec::new()));
    }
    if capture
        .order
        .as_ref()
        .is_some_and(|order| *order != payment.order)
    {
        return Ok((flag(capture, "flagged_wrong_order"), Vec::new()));
    }
    if !payments::mark_paid(conn, &payment.id, now).await? {
        return Ok((Outcome::Known, Vec::new()));
    }
    let order = store::find(conn, &payment.order)
        .await?
        .ok_or_else(|| AppError::internal("a payment without its order"))?;
    if let Some(instrument) = &capture.instrument {
        kin::note_instrument(conn, &order.owner, instrument, now).await?;
    }
    settle(conn, &order, &payment.id, now).await
}

async fn settle(
    conn: &mut Conn,
    order: &OrderRow,
    payment: &PaymentId,
    now: Timestamp,
) -> Result<(Outcome, Vec<Draft>), AppError> {
    let (outcome, cause) = match order.state {
        OrderState::PendingPayment => (Outcome::Paid, Cause::Captured),
        // A seat's late money follows rules.md G8, which looks for the goods itself.
        OrderState::Closed if seats::of_order(conn, &order.id).await?.is_some() => {
            (Outcome::Revived, Cause::Captured)
        }
        OrderState::Closed => {
            let restocked = stock::retake(conn, &order.id).await?;
            let outcome = if restocked {
                Outcome::Revived
            } else {
                Outcome::PaidTooLate
            };
            (outcome, Cause::CapturedLate { restocked })
        }
        OrderState::Paid | OrderState::Received | OrderState::Refunding | OrderState::Refunded => {
            refund::twice(conn, &order.id, payment, now).await?;
            return Ok((Outcome::PaidTwice, Vec::new()));
        }
    };
    let advanced = advance(conn, order, cause, now).await?;
    let outcome = match advanced.to {
        OrderState::Refunding => Outcome::PaidTooLate,
        _ => outcome,
    };
    Ok((outcome, advanced.told))
}

/// [`capture`] in a transaction of its own, for what the gateway answered when asked.
pub async fn record(state: &AppState, captured: &Capture) -> Result<Outcome, AppError> {
    let outcome = db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let (outcome, told) = capture(tx.conn(), captured, state.clock.now()).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await?;
        Ok(outcome)
    })
    .await?;
    if matches!(outcome, Outcome::PaidTooLate | Outcome::PaidTwice) {
        state.jobs_hint.notify_one();
    }
    Ok(outcome)
}

fn flag(capture: &Capture, why: &'static str) -> Outcome {
    tracing::error!(payment = %capture.payment, why, "a capture does not fit; nothing was marked paid");
    metrics::counter!("payment_flagged_total", "why" => why).increment(1);
    Outcome::Flagged(why)
}

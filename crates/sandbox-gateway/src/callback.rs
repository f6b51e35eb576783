//! What the merchant is told, and what the switches make of it.

use serde::{Deserialize, Serialize};

use crate::ledger::{
    Amount, Book, Delivery, DeliveryState, Fact, Forgery, Kind, Payment, RefundTerms,
    TransferState, TransferTerms,
};

/// What a callback tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// When, in ms.
    pub occurred_at: i64,
    /// To what.
    pub data: EventData,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// A payment was captured.
    #[serde(rename = "payment.paid")]
    PaymentPaid,
    /// A payment was declined.
    #[serde(rename = "payment.declined")]
    PaymentDeclined,
    /// A refund arrived.
    #[serde(rename = "refund.succeeded")]
    RefundSucceeded,
    /// A transfer arrived.
    #[serde(rename = "transfer.succeeded")]
    TransferSucceeded,
    /// A transfer came back.
    #[serde(rename = "transfer.failed")]
    TransferFailed,
}

/// What it happened to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventData {
    /// The merchant's payment, when it is about one or its refund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
    /// The payment's order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The merchant's refund, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
    /// The merchant's transfer, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<String>,
    /// How much.
    pub amount: Amount,
    /// By what it was paid: the same word for the same card or wallet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
}

impl Event {
    /// Tells of a payment.
    pub fn of_payment(kind: EventKind, payment: &Payment, now: i64) -> Self {
        let terms = &payment.terms;
        Self {
            kind,
            occurred_at: now,
            data: EventData {
                payment: Some(terms.payment.clone()),
                order: Some(terms.order.clone()),
                refund: None,
                transfer: None,
                amount: terms.amount.clone(),
                instrument: None,
            },
        }
    }

    /// Tells of a refund's arrival.
    pub fn of_refund(refund: &RefundTerms, payment: &Payment, now: i64) -> Self {
        Self {
            kind: EventKind::RefundSucceeded,
            occurred_at: now,
            data: EventData {
                payment: Some(refund.payment.clone()),
                order: Some(payment.terms.order.clone()),
                refund: Some(refund.refund.clone()),
                transfer: None,
                amount: refund.amount.clone(),
                instrument: None,
            },
        }
    }

    /// Tells how a transfer ended.
    pub fn of_transfer(transfer: &TransferTerms, state: TransferState, now: i64) -> Self {
        Self {
            kind: match state {
                TransferState::Failed => EventKind::TransferFailed,
                TransferState::Pending | TransferState::Succeeded => EventKind::TransferSucceeded,
            },
            occurred_at: now,
            data: EventData {
                payment: None,
                order: None,
                refund: None,
                transfer: Some(transfer.transfer.clone()),
                amount: transfer.amount.clone(),
                instrument: None,
            },
        }
    }
}

/// The deliveries that an event causes under the book's switches.
pub fn deliveries_of(book: &Book, event: &Event, notify_url: &str, now: i64) -> Vec<Fact> {
    let switches = book.switches();
    let mut told = event.clone();
    if switches.wrong_amount {
        told.data.amount.minor -= 1;
    }
    let held_already = book
        .deliveries()
        .any(|delivery| delivery.state == DeliveryState::Held);
    let state = if switches.drop {
        DeliveryState::Dropped
    } else if switches.reorder && !held_already {
        DeliveryState::Held
    } else {
        DeliveryState::Due {
            at: now + i64::from(switches.late_ms),
        }
    };
    let message = message_id();
    let copies = 1 + usize::from(switches.duplicate);
    let mut planned = vec![(message, Kind::True, body_of(&told), state); copies];
    if switches.forge {
        planned.extend(forgeries(event, now));
    }
    number(book, planned, notify_url)
}

/// The forgeries that accompany the creation of a payment: they claim that it was paid.
pub fn forgeries_at_creation(book: &Book, payment: &Payment, now: i64) -> Vec<Fact> {
    if !book.switches().forge {
        return Vec::new();
    }
    let claim = Event::of_payment(EventKind::PaymentPaid, payment, now);
    number(book, forgeries(&claim, now), &payment.terms.notify_url)
}

type Planned = (String, Kind, String, DeliveryState);

fn forgeries(event: &Event, now: i64) -> Vec<Planned> {
    [Forgery::WrongSecret, Forgery::AlteredBody, Forgery::Stale]
        .into_iter()
        .map(|forgery| {
            let due = DeliveryState::Due { at: now };
            (message_id(), Kind::Forged(forgery), body_of(event), due)
        })
        .collect()
}

fn number(book: &Book, planned: Vec<Planned>, notify_url: &str) -> Vec<Fact> {
    (book.next_delivery()..)
        .zip(planned)
        .map(|(number, (message, kind, body, state))| {
            Fact::CallbackQueued(Delivery {
                number,
                message,
                kind,
                notify_url: notify_url.to_owned(),
                body,
                state,
                attempts: Vec::new(),
            })
        })
        .collect()
}

fn body_of(event: &Event) -> String {
    // Strings and integers always have a JSON form.
    serde_json::to_string(event).unwrap_or_default()
}

fn message_id() -> String {
    format!("msg_{:032x}", rand::random::<u128>())
}

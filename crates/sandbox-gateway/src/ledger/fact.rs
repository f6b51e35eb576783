//! What the ledger records: facts, in the past tense, and the things they are about.

use serde::{Deserialize, Serialize};

use crate::switches::Switches;

/// An amount in the currency's minor unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// Minor units; 2990 is ¥29.90.
    pub minor: i64,
    /// ISO 4217 code.
    pub currency: String,
}

/// What a merchant asks to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The merchant's id of this payment; asking again with the same id changes nothing.
    pub payment: String,
    /// The merchant's order.
    pub order: String,
    /// How much.
    pub amount: Amount,
    /// What the payer reads above the amount.
    pub title: String,
    /// Language of the page, such as `zh-CN` or `en`.
    pub lang: String,
    /// Where the payer goes afterwards.
    pub return_url: String,
    /// Where callbacks go.
    pub notify_url: String,
    /// No payment after this moment, in ms.
    pub expires_at: i64,
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// The payer can pay.
    Open,
    /// Captured, once.
    Paid,
    /// The payer or the bank said no; final.
    Declined,
    /// Closed by the merchant or by time.
    Closed,
}

impl PaymentState {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paid => "paid",
            Self::Declined => "declined",
            Self::Closed => "closed",
        }
    }
}

/// A payment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Payment {
    /// What was asked.
    pub terms: Terms,
    /// Names the cashier page; only the payer is given it.
    pub token: String,
    /// When it was created, in ms.
    pub created_at: i64,
    /// Where it stood when last changed; [`Payment::state_at`] adds the passing of time.
    pub state: PaymentState,
    /// When it was captured, in ms.
    pub paid_at: Option<i64>,
    /// By what it was captured, as the merchant knows it: the same word for the same card or wallet.
    #[serde(default)]
    pub instrument: Option<String>,
}

impl Payment {
    /// Where it stands at a moment: an open payment closes by itself when its time is over.
    pub fn state_at(&self, now: i64) -> PaymentState {
        match self.state {
            PaymentState::Open if now >= self.terms.expires_at => PaymentState::Closed,
            state => state,
        }
    }
}

/// What a merchant asks to be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundTerms {
    /// The merchant's id of this refund; asking again with the same id changes nothing.
    pub refund: String,
    /// Of which payment.
    pub payment: String,
    /// How much.
    pub amount: Amount,
    /// Why, for people.
    pub reason: String,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// On its way.
    Pending,
    /// The money is back.
    Succeeded,
    /// Refused for good: the payment was never captured, or less than that is left of it.
    Failed,
}

/// A refund.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refund {
    /// What was asked.
    pub terms: RefundTerms,
    /// Where it stands.
    pub state: RefundState,
    /// When it was asked for, in ms.
    pub requested_at: i64,
}

/// What a merchant asks to be paid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferTerms {
    /// The merchant's id of this transfer; asking again with the same id changes nothing.
    pub transfer: String,
    /// The merchant's name of whom it goes to.
    pub payee: String,
    /// How much.
    pub amount: Amount,
    /// Where callbacks go.
    pub notify_url: String,
}

/// Where a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// On its way.
    Pending,
    /// The payee has it.
    Succeeded,
    /// It came back; final.
    Failed,
}

/// A transfer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Transfer {
    /// What was asked.
    pub terms: TransferTerms,
    /// Where it stands.
    pub state: TransferState,
    /// When it was asked for, in ms.
    pub requested_at: i64,
}

/// One way to forge a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forgery {
    /// Signed with a secret that is not the merchant's.
    WrongSecret,
    /// A true signature over another body.
    AlteredBody,
    /// Truly signed, and ten minutes old: a replay.
    Stale,
}

/// Whether a callback is the gateway's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The gateway's own.
    True,
    /// Made to be refused.
    Forged(Forgery),
}

/// Where a callback stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DeliveryState {
    /// To be sent at a moment, in ms.
    Due {
        /// When.
        at: i64,
    },
    /// Waits until a later one has gone out.
    Held,
    /// The merchant answered 2xx.
    Delivered,
    /// Never answered with 2xx; no more tries.
    GivenUp,
    /// Lost on purpose.
    Dropped,
}

/// One try to deliver.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attempt {
    /// When it ended, in ms.
    pub at: i64,
    /// The merchant's status, when it answered.
    pub status: Option<u16>,
}

/// A callback: one message on its way to a merchant. Duplicates are deliveries of one message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// Counts deliveries.
    pub number: u64,
    /// The `webhook-id`, the same in every try and every duplicate.
    pub message: String,
    /// Whether it is to be believed.
    pub kind: Kind,
    /// Where to.
    pub notify_url: String,
    /// The bytes that are signed and sent.
    pub body: String,
    /// Where it stands.
    #[serde(flatten)]
    pub state: DeliveryState,
    /// The tries so far.
    pub attempts: Vec<Attempt>,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// A merchant asked for a payment.
    PaymentCreated(Payment),
    /// A payer paid.
    Captured {
        /// Which payment.
        payment: String,
        /// When, in ms.
        at: i64,
        /// By what, when that is known.
        #[serde(default)]
        instrument: Option<String>,
    },
    /// A payer, or the payer's bank, said no.
    Declined {
        /// Which payment.
        payment: String,
    },
    /// A merchant closed an open payment.
    Closed {
        /// Which payment.
        payment: String,
    },
    /// A merchant asked for a refund.
    RefundRequested(Refund),
    /// A refund arrived.
    RefundSettled {
        /// Which refund.
        refund: String,
    },
    /// A merchant asked for a transfer.
    TransferRequested(Transfer),
    /// A transfer arrived, or came back.
    TransferEnded {
        /// Which transfer.
        transfer: String,
        /// How it ended.
        state: TransferState,
    },
    /// Somebody set the switches.
    SwitchesSet(Switches),
    /// A callback was decided on.
    CallbackQueued(Delivery),
    /// A callback was tried.
    CallbackTried {
        /// Which delivery.
        number: u64,
        /// What came of it.
        attempt: Attempt,
        /// Where the delivery stands now.
        #[serde(flatten)]
        then: DeliveryState,
    },
    /// A callback that waited goes out now.
    CallbackReleased {
        /// Which delivery.
        number: u64,
        /// When, in ms.
        at: i64,
    },
}

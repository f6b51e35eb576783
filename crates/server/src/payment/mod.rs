//! The seam to payment gateways: what the shop asks of one, whoever it is.
//!
//! Orders know payments by the shop's own ids alone, so a real gateway is one more implementation of
//! [`PaymentGateway`]. A call that did not answer leaves the outcome unknown: the same call with the same
//! id is then repeated, never one with a new id (inv.P5).

pub mod refunds;
pub mod sandbox;
pub mod signature;
pub mod store;

use async_trait::async_trait;
use axum::http::HeaderMap;
use contract::{Money, OrderId, PaymentId, RefundId, Timestamp, UserId};
use serde::Deserialize;

pub use sandbox::SandboxGateway;
pub use signature::SignatureError;

/// What a gateway must be able to do.
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Opens a payment and a cashier page for it. Repeating it with the same id opens nothing new.
    async fn create(&self, payment: &NewPayment) -> Result<GatewayPayment, GatewayError>;

    /// Where a payment stands; `None` when the gateway has never heard of it.
    async fn query(&self, payment: &PaymentId) -> Result<Option<GatewayPayment>, GatewayError>;

    /// Closes a payment that is still open and tells where it stands then: it may have been paid.
    async fn close(&self, payment: &PaymentId) -> Result<Option<GatewayPayment>, GatewayError>;

    /// Gives money back. Repeating it with the same id gives nothing back twice.
    async fn refund(&self, refund: &NewRefund) -> Result<RefundStatus, GatewayError>;

    /// Pays money out. Repeating it with the same id pays nothing out twice.
    async fn transfer(&self, transfer: &NewTransfer) -> Result<TransferStatus, GatewayError>;

    /// Reads a webhook after checking that the gateway sent it.
    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Notice, WebhookError>;
}

/// A payment to open.
#[derive(Clone, Debug)]
pub struct NewPayment {
    /// Our id of it.
    pub id: PaymentId,
    /// What it pays.
    pub order: OrderId,
    /// How much.
    pub amount: Money,
    /// What the payer reads.
    pub title: String,
    /// Language of the cashier page.
    pub lang: String,
    /// Where the payer's browser goes afterwards.
    pub return_url: String,
    /// Where webhooks go.
    pub notify_url: String,
    /// The cashier takes no money from then on.
    pub expires_at: Timestamp,
}

/// Where a payment stands at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentStatus {
    /// The payer can pay.
    Open,
    /// Captured.
    Paid,
    /// The payer's bank said no, for good.
    Declined,
    /// Closed without money.
    Closed,
}

/// What the gateway says of a payment.
#[derive(Clone, Debug)]
pub struct GatewayPayment {
    /// Where it stands.
    pub status: PaymentStatus,
    /// How much it is over.
    pub amount: Money,
    /// Where the payer pays, when the gateway tells.
    pub cashier_url: Option<String>,
    /// By what it was paid, when the gateway tells.
    pub instrument: Option<Instrument>,
}

/// What a payment was made by, as the gateway tells merchants of it: the same word for the same card or wallet, and
/// nothing that could be paid with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Instrument(pub String);

/// Money to give back.
#[derive(Clone, Debug)]
pub struct NewRefund {
    /// Our id of it.
    pub id: RefundId,
    /// Of which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// Why, in a word.
    pub reason: String,
}

/// Where a refund stands at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// On its way.
    Pending,
    /// The payer has it.
    Succeeded,
    /// The gateway refused it; a person must look.
    Failed,
}

/// Money to pay out.
#[derive(Clone, Debug)]
pub struct NewTransfer {
    /// Our id of it.
    pub id: String,
    /// To whom.
    pub payee: UserId,
    /// How much.
    pub amount: Money,
    /// Where webhooks go.
    pub notify_url: String,
}

/// Where a transfer stands at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferStatus {
    /// On its way.
    Pending,
    /// The payee has it.
    Succeeded,
    /// It came back; another may be tried.
    Failed,
}

/// What a webhook says happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Money was captured.
    PaymentPaid,
    /// The payer's bank said no.
    PaymentDeclined,
    /// The payer has the money back.
    RefundSucceeded(RefundId),
    /// A transfer ended, one way or the other.
    TransferEnded(TransferStatus),
    /// Something that this shop does not act on.
    Other(String),
}

/// A webhook that is known to come from the gateway.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The gateway's id of the event; the same when it is sent again.
    pub id: String,
    /// What happened.
    pub kind: NoticeKind,
    /// To which payment; for a transfer, the transfer's own id.
    pub payment: PaymentId,
    /// The order it names, when it names one.
    pub order: Option<OrderId>,
    /// How much.
    pub amount: Money,
    /// By what it was paid, when the gateway tells.
    pub instrument: Option<Instrument>,
}

/// Why a gateway did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// No answer, or none that can be read: whether it was done is unknown.
    #[error("the payment gateway did not answer: {0}")]
    Unknown(String),
    /// The gateway understood and refused.
    #[error("the payment gateway refused: {0}")]
    Refused(String),
}

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// A header that the standard asks for is missing or unreadable.
    #[error("the webhook lacks the header {0}")]
    Header(&'static str),
    /// It is not the gateway's, or too old.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Signed, and yet unreadable.
    #[error("the webhook's body cannot be read: {0}")]
    Body(#[from] serde_json::Error),
}

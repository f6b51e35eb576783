//! The sandbox gateway's protocol over HTTP. It is a program of its own with its own ledger, as a real
//! gateway would be; the shop and it share no code.

use std::time::Duration;

use async_trait::async_trait;
use axum::http::HeaderMap;
use contract::{Money, OrderId, PaymentId, RefundId, Timestamp, UserId};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::signature::{self, Secret, Signed};
use super::{
    GatewayError, GatewayPayment, Instrument, NewPayment, NewRefund, NewTransfer, Notice,
    NoticeKind, PaymentGateway, PaymentStatus, RefundStatus, TransferStatus, WebhookError,
};

/// Longer than any answer of a gateway that is well.
const TIMEOUT: Duration = Duration::from_secs(5);

/// A client of the sandbox gateway.
pub struct SandboxGateway {
    /// Why there is no client is told by each call that needs one.
    client: Result<Client, String>,
    base: String,
    key: String,
    secrets: Vec<Secret>,
}

impl SandboxGateway {
    /// `base` is the gateway's address without a path, `key` proves who asks, and any of `secrets`,
    /// separated by commas, may have signed a webhook.
    pub fn new(base: &str, key: &str, secrets: &str) -> Self {
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build();
        Self {
            client: client.map_err(|error| error.to_string()),
            base: base.trim_end_matches('/').to_owned(),
            key: key.to_owned(),
            secrets: split_secrets(secrets),
        }
    }

    fn client(&self) -> Result<&Client, GatewayError> {
        self.client
            .as_ref()
            .map_err(|reason| GatewayError::Unknown(reason.clone()))
    }

    fn get(&self, path: &str) -> Result<RequestBuilder, GatewayError> {
        Ok(self.client()?.get(format!("{}{path}", self.base)))
    }

    fn post(&self, path: &str, body: &impl Serialize) -> Result<RequestBuilder, GatewayError> {
        let request = self.client()?.post(format!("{}{path}", self.base));
        Ok(request.json(body))
    }

    /// Sends once, and once more with the very same content when no answer came (inv.P5).
    async fn send<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<Option<T>, GatewayError> {
        let request = request.bearer_auth(&self.key);
        let again = request.try_clone();
        match (receive(request).await, again) {
            (Err(GatewayError::Unknown(_)), Some(again)) => receive(again).await,
            (outcome, _) => outcome,
        }
    }
}

async fn receive<T: DeserializeOwned>(request: RequestBuilder) -> Result<Option<T>, GatewayError> {
    let answer = request.send().await.map_err(unknown)?;
    match answer.status() {
        status if status.is_success() => answer.json().await.map(Some).map_err(unknown),
        StatusCode::NOT_FOUND => Ok(None),
        status if status.is_client_error() => Err(GatewayError::Refused(status.to_string())),
        status => Err(GatewayError::Unknown(status.to_string())),
    }
}

fn unknown(error: reqwest::Error) -> GatewayError {
    GatewayError::Unknown(error.without_url().to_string())
}

fn split_secrets(secrets: &str) -> Vec<Secret> {
    secrets
        .split(',')
        .map(str::trim)
        .filter(|secret| !secret.is_empty())
        .map(Secret::parse)
        .collect()
}

fn refused_as_missing() -> GatewayError {
    GatewayError::Refused("it does not know this payment".to_owned())
}

#[async_trait]
impl PaymentGateway for SandboxGateway {
    async fn create(&self, payment: &NewPayment) -> Result<GatewayPayment, GatewayError> {
        let body = CreateBody {
            payment: &payment.id,
            order: &payment.order,
            amount: payment.amount,
            title: &payment.title,
            lang: &payment.lang,
            return_url: &payment.return_url,
            notify_url: &payment.notify_url,
            expires_at: payment.expires_at,
        };
        let created: CreatedAnswer = self
            .send(self.post("/v1/payments", &body)?)
            .await?
            .ok_or_else(refused_as_missing)?;
        Ok(GatewayPayment {
            status: created.state.into(),
            amount: payment.amount,
            cashier_url: Some(created.cashier_url),
            instrument: None,
        })
    }

    async fn query(&self, payment: &PaymentId) -> Result<Option<GatewayPayment>, GatewayError> {
        let path = format!("/v1/payments/{payment}");
        let answer: Option<PaymentAnswer> = self.send(self.get(&path)?).await?;
        Ok(answer.map(GatewayPayment::from))
    }

    async fn close(&self, payment: &PaymentId) -> Result<Option<GatewayPayment>, GatewayError> {
        let path = format!("/v1/payments/{payment}/close");
        let answer: Option<PaymentAnswer> = self.send(self.post(&path, &Empty {})?).await?;
        Ok(answer.map(GatewayPayment::from))
    }

    async fn refund(&self, refund: &NewRefund) -> Result<RefundStatus, GatewayError> {
        let body = RefundBody {
            refund: &refund.id,
            payment: &refund.payment,
            amount: refund.amount,
            reason: &refund.reason,
        };
        let answer: RefundAnswer = self
            .send(self.post("/v1/refunds", &body)?)
            .await?
            .ok_or_else(refused_as_missing)?;
        Ok(match answer.state {
            RefundWord::Pending => RefundStatus::Pending,
            RefundWord::Succeeded => RefundStatus::Succeeded,
            RefundWord::Failed => RefundStatus::Failed,
        })
    }

    async fn transfer(&self, transfer: &NewTransfer) -> Result<TransferStatus, GatewayError> {
        let body = TransferBody {
            transfer: &transfer.id,
            payee: &transfer.payee,
            amount: transfer.amount,
            notify_url: &transfer.notify_url,
        };
        let answer: TransferAnswer = self
            .send(self.post("/v1/transfers", &body)?)
            .await?
            .ok_or_else(refused_as_missing)?;
        Ok(answer.state.into())
    }

    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Notice, WebhookError> {
        let header = |name: &'static str| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .ok_or(WebhookError::Header(name))
        };
        let signed = Signed {
            id: header("webhook-id")?,
            timestamp: header("webhook-timestamp")?,
            signatures: header("webhook-signature")?,
        };
        signature::verify(&self.secrets, signed, body, now.0.div_euclid(1000))?;
        let webhook: WebhookBody = serde_json::from_slice(body)?;
        Ok(webhook.into_notice(signed.id))
    }
}

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct CreateBody<'a> {
    payment: &'a PaymentId,
    order: &'a OrderId,
    amount: Money,
    title: &'a str,
    lang: &'a str,
    return_url: &'a str,
    notify_url: &'a str,
    expires_at: Timestamp,
}

#[derive(Serialize)]
struct RefundBody<'a> {
    refund: &'a RefundId,
    payment: &'a PaymentId,
    amount: Money,
    reason: &'a str,
}

#[derive(Serialize)]
struct TransferBody<'a> {
    transfer: &'a str,
    payee: &'a UserId,
    amount: Money,
    notify_url: &'a str,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TransferWord {
    Pending,
    Succeeded,
    Failed,
}

impl From<TransferWord> for TransferStatus {
    fn from(word: TransferWord) -> Self {
        match word {
            TransferWord::Pending => Self::Pending,
            TransferWord::Succeeded => Self::Succeeded,
            TransferWord::Failed => Self::Failed,
        }
    }
}

#[derive(Deserialize)]
struct TransferAnswer {
    state: TransferWord,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PaymentWord {
    Open,
    Paid,
    Declined,
    Closed,
}

impl From<PaymentWord> for PaymentStatus {
    fn from(word: PaymentWord) -> Self {
        match word {
            PaymentWord::Open => Self::Open,
            PaymentWord::Paid => Self::Paid,
            PaymentWord::Declined => Self::Declined,
            PaymentWord::Closed => Self::Closed,
        }
    }
}

#[derive(Deserialize)]
struct CreatedAnswer {
    state: PaymentWord,
    cashier_url: String,
}

#[derive(Deserialize)]
struct PaymentAnswer {
    state: PaymentWord,
    amount: Money,
    instrument: Option<Instrument>,
}

impl From<PaymentAnswer> for GatewayPayment {
    fn from(answer: PaymentAnswer) -> Self {
        Self {
            status: answer.state.into(),
            amount: answer.amount,
            cashier_url: None,
            instrument: answer.instrument,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RefundWord {
    Pending,
    Succeeded,
    Failed,
}

#[derive(Deserialize)]
struct RefundAnswer {
    state: RefundWord,
}

#[derive(Deserialize)]
struct WebhookBody {
    r#type: String,
    data: WebhookData,
}

#[derive(Deserialize)]
struct WebhookData {
    /// Of a transfer, the transfer's own id.
    #[serde(alias = "transfer")]
    payment: PaymentId,
    order: Option<OrderId>,
    refund: Option<RefundId>,
    amount: Money,
    instrument: Option<Instrument>,
}

impl WebhookBody {
    fn into_notice(self, id: &str) -> Notice {
        let kind = match (self.r#type.as_str(), self.data.refund) {
            ("payment.paid", _) => NoticeKind::PaymentPaid,
            ("payment.declined", _) => NoticeKind::PaymentDeclined,
            ("refund.succeeded", Some(refund)) => NoticeKind::RefundSucceeded(refund),
            ("transfer.succeeded", _) => NoticeKind::TransferEnded(TransferStatus::Succeeded),
            ("transfer.failed", _) => NoticeKind::TransferEnded(TransferStatus::Failed),
            (other, _) => NoticeKind::Other(other.to_owned()),
        };
        Notice {
            id: id.to_owned(),
            kind,
            payment: self.data.payment,
            order: self.data.order,
            amount: self.data.amount,
            instrument: self.data.instrument,
        }
    }
}

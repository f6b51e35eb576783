//! `/v1`: what a merchant asks of the gateway, with its bearer key.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use url::Url;

use super::Shared;
use super::extract::{Body, merchant_only};
use crate::clock::now_ms;
use crate::error::Refusal;
use crate::gateway::{Asked, Gateway};
use crate::ledger::{
    Amount, Payment, PaymentState, Refund, RefundState, RefundTerms, Terms, Transfer,
    TransferState, TransferTerms,
};

/// The merchant's routes, behind the key.
pub fn routes(shared: Shared) -> Router<Shared> {
    Router::new()
        .route("/payments", post(create_payment))
        .route("/payments/{payment}", get(get_payment))
        .route("/payments/{payment}/close", post(close_payment))
        .route("/refunds", post(create_refund))
        .route("/refunds/{refund}", get(get_refund))
        .route("/transfers", post(create_transfer))
        .route("/transfers/{transfer}", get(get_transfer))
        .layer(middleware::from_fn_with_state(shared, merchant_only))
}

#[derive(Serialize)]
struct Created {
    payment: String,
    state: PaymentState,
    cashier_url: String,
}

async fn create_payment(
    State(shared): State<Shared>,
    Body(terms): Body<Terms>,
) -> Result<(StatusCode, Json<Created>), Refusal> {
    check_terms(&terms)?;
    let (payment, asked) = shared.gateway.create_payment(terms)?;
    let created = Created {
        state: payment.state_at(now_ms()),
        cashier_url: format!("{}/cashier/{}", shared.public_url, payment.token),
        payment: payment.terms.payment,
    };
    Ok((status(asked), Json(created)))
}

#[derive(Serialize)]
pub struct PaymentStatus {
    payment: String,
    state: PaymentState,
    amount: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_at: Option<i64>,
    refunded_minor: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument: Option<String>,
}

impl PaymentStatus {
    pub fn of(payment: Payment, gateway: &Gateway) -> Json<Self> {
        let id = payment.terms.payment.clone();
        let refunded_minor =
            gateway.read(|book| book.refunded(&id, |state| state == RefundState::Succeeded));
        Json(Self {
            state: payment.state_at(now_ms()),
            payment: id,
            amount: payment.terms.amount,
            paid_at: payment.paid_at,
            refunded_minor,
            instrument: payment.instrument,
        })
    }
}

async fn get_payment(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<PaymentStatus>, Refusal> {
    let payment = shared.gateway.read(|book| book.payment(&id).cloned());
    let payment = payment.ok_or(Refusal::NotFound("payment"))?;
    Ok(PaymentStatus::of(payment, &shared.gateway))
}

async fn close_payment(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<PaymentStatus>, Refusal> {
    Ok(PaymentStatus::of(
        shared.gateway.close(&id)?,
        &shared.gateway,
    ))
}

#[derive(Serialize)]
struct RefundStatus {
    refund: String,
    state: RefundState,
}

impl RefundStatus {
    fn of(refund: Refund) -> Json<Self> {
        Json(Self {
            refund: refund.terms.refund,
            state: refund.state,
        })
    }
}

async fn create_refund(
    State(shared): State<Shared>,
    Body(terms): Body<RefundTerms>,
) -> Result<(StatusCode, Json<RefundStatus>), Refusal> {
    check_id("refund", &terms.refund)?;
    check_amount(&terms.amount)?;
    let (refund, asked) = shared.gateway.request_refund(terms)?;
    Ok((status(asked), RefundStatus::of(refund)))
}

async fn get_refund(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<RefundStatus>, Refusal> {
    let refund = shared.gateway.read(|book| book.refund(&id).cloned());
    Ok(RefundStatus::of(refund.ok_or(Refusal::NotFound("refund"))?))
}

#[derive(Serialize)]
struct TransferStatus {
    transfer: String,
    state: TransferState,
}

impl TransferStatus {
    fn of(transfer: Transfer) -> Json<Self> {
        Json(Self {
            transfer: transfer.terms.transfer,
            state: transfer.state,
        })
    }
}

async fn create_transfer(
    State(shared): State<Shared>,
    Body(terms): Body<TransferTerms>,
) -> Result<(StatusCode, Json<TransferStatus>), Refusal> {
    check_id("transfer", &terms.transfer)?;
    check_id("payee", &terms.payee)?;
    check_amount(&terms.amount)?;
    check_url("notify_url", &terms.notify_url, &["http"])?;
    let (transfer, asked) = shared.gateway.request_transfer(terms)?;
    Ok((status(asked), TransferStatus::of(transfer)))
}

async fn get_transfer(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<TransferStatus>, Refusal> {
    let transfer = shared.gateway.read(|book| book.transfer(&id).cloned());
    let transfer = transfer.ok_or(Refusal::NotFound("transfer"))?;
    Ok(TransferStatus::of(transfer))
}

fn status(asked: Asked) -> StatusCode {
    match asked {
        Asked::First => StatusCode::CREATED,
        Asked::Again => StatusCode::OK,
    }
}

fn check_terms(terms: &Terms) -> Result<(), Refusal> {
    check_id("payment", &terms.payment)?;
    check_id("order", &terms.order)?;
    check_amount(&terms.amount)?;
    check_url("return_url", &terms.return_url, &["http", "https"])?;
    check_url("notify_url", &terms.notify_url, &["http"])
}

fn check_id(field: &str, id: &str) -> Result<(), Refusal> {
    let fits = (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    require(fits, || {
        format!("{field}: 1 to 64 letters, digits, - and _")
    })
}

fn check_amount(amount: &Amount) -> Result<(), Refusal> {
    let currency = &amount.currency;
    let known = currency.len() == 3 && currency.bytes().all(|letter| letter.is_ascii_uppercase());
    require(amount.minor > 0, || "amount.minor: more than 0".to_owned())?;
    require(known, || {
        "amount.currency: three capital letters".to_owned()
    })
}

fn check_url(field: &str, url: &str, schemes: &[&str]) -> Result<(), Refusal> {
    let fits = Url::parse(url).is_ok_and(|url| schemes.contains(&url.scheme()) && url.has_host());
    require(fits, || {
        format!(
            "{field}: a URL that starts with {}://",
            schemes.join(":// or ")
        )
    })
}

fn require(fits: bool, reason: impl FnOnce() -> String) -> Result<(), Refusal> {
    if fits {
        Ok(())
    } else {
        Err(Refusal::Invalid(reason()))
    }
}

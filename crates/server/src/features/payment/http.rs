//! HTTP of paying.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use contract::OrderId;
use contract::orders::OrderDetail;
use contract::payment::PaymentStarted;

use super::{check, start, webhook};
use crate::auth::SignedIn;
use crate::http::language::Lang;
use crate::idempotency::{Answer, KeyedEmpty};
use crate::{AppError, AppState};

/// Opens a payment of an order at the gateway, or finds the one that is open, and says where to pay.
#[utoipa::path(post, path = "/api/orders/{id}/payments", tag = "payment",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 201, body = PaymentStarted)))]
pub async fn start_payment(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    lang: Lang,
    Path(id): Path<OrderId>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, buyer.as_str())?;
    start::start_payment(&state, &buyer, lang, &ticket, &id).await
}

/// Asks the gateway whether an order was paid. The browser's word for it is never taken.
#[utoipa::path(post, path = "/api/orders/{id}/payment-check", tag = "payment",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = OrderDetail)))]
pub async fn check_payment(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    lang: Lang,
    Path(id): Path<OrderId>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, buyer.as_str())?;
    check::check_payment(&state, &buyer, lang, &ticket, &id).await
}

/// Takes a signed message of the payment gateway (Standard Webhooks). Not for browsers.
#[utoipa::path(post, path = "/api/webhooks/payments", tag = "payment",
    request_body(content = String, content_type = "application/json"),
    responses((status = 204)))]
pub async fn receive_payment_webhook(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, AppError> {
    webhook::receive(&state, &headers, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! HTTP of earnings.

use axum::Json;
use axum::extract::State;
use contract::Page;
use contract::earnings::{Commission, Earnings, Withdrawal, WithdrawalRequest};

use super::service::{self, PageQuery};
use crate::auth::SignedIn;
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed};
use crate::{AppError, AppState};

/// What the sharer earned, by where it stands.
#[utoipa::path(get, path = "/api/earnings", tag = "earnings", responses((status = 200, body = Earnings)))]
pub async fn get_earnings(
    State(state): State<AppState>,
    SignedIn(sharer): SignedIn,
) -> Result<Json<Earnings>, AppError> {
    service::earnings(&state, &sharer).await.map(Json)
}

/// The sharer's commissions, newest first.
#[utoipa::path(get, path = "/api/earnings/commissions", tag = "earnings", params(PageQuery),
    responses((status = 200, body = Page<Commission>)))]
pub async fn list_commissions(
    State(state): State<AppState>,
    SignedIn(sharer): SignedIn,
    lang: Lang,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<Commission>>, AppError> {
    service::commissions(&state, &sharer, lang, &query)
        .await
        .map(Json)
}

/// Asks for a payout: the balance is debited at once, and a person reviews it.
#[utoipa::path(post, path = "/api/withdrawals", tag = "earnings", request_body = WithdrawalRequest,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = Withdrawal)))]
pub async fn request_withdrawal(
    State(state): State<AppState>,
    SignedIn(sharer): SignedIn,
    keyed: Keyed<WithdrawalRequest>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, sharer.as_str())?;
    service::request_withdrawal(&state, &sharer, &ticket, keyed.body.amount).await
}

/// The sharer's payouts, newest first.
#[utoipa::path(get, path = "/api/withdrawals", tag = "earnings", params(PageQuery),
    responses((status = 200, body = Page<Withdrawal>)))]
pub async fn list_withdrawals(
    State(state): State<AppState>,
    SignedIn(sharer): SignedIn,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<Withdrawal>>, AppError> {
    service::withdrawals(&state, &sharer, &query)
        .await
        .map(Json)
}

//! HTTP of earnings.

use axum::Json;
use axum::extract::State;
use contract::Page;
use contract::earnings::{Commission, Earnings};

use super::service::{self, PageQuery};
use crate::auth::SignedIn;
use crate::http::json::Query;
use crate::http::language::Lang;
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

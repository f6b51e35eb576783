//! HTTP of orders.

use axum::Json;
use axum::extract::{Path, State};
use contract::orders::{OrderCard, OrderDetail, OrderRequest};
use contract::{OrderId, Page};

use super::list::OrderQuery;
use super::{cancel, list, receipt, submit};
use crate::auth::{Device, SignedIn};
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::trade::{store, view};
use crate::{AppError, AppState};

/// Turns a basket into an order and holds its stock until the deadline to pay.
#[utoipa::path(post, path = "/api/orders", tag = "orders", request_body = OrderRequest,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = OrderDetail)))]
pub async fn submit_order(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    device: Device,
    lang: Lang,
    keyed: Keyed<OrderRequest>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, buyer.as_str())?;
    submit::submit_order(&state, &buyer, device.shown(), lang, &ticket, &keyed.body).await
}

/// The buyer's own orders, newest first.
#[utoipa::path(get, path = "/api/orders", tag = "orders", params(OrderQuery),
    responses((status = 200, body = Page<OrderCard>)))]
pub async fn list_orders(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    lang: Lang,
    Query(query): Query<OrderQuery>,
) -> Result<Json<Page<OrderCard>>, AppError> {
    list::list_orders(&state, &buyer, lang, &query)
        .await
        .map(Json)
}

/// One of the buyer's own orders.
#[utoipa::path(get, path = "/api/orders/{id}", tag = "orders", params(("id" = String, Path)),
    responses((status = 200, body = OrderDetail)))]
pub async fn get_order(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    lang: Lang,
    Path(id): Path<OrderId>,
) -> Result<Json<OrderDetail>, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let order = store::find_of(&mut conn, &id, &buyer).await?;
    let now = state.clock.now();
    view::detail(&mut conn, &order, lang, now).await.map(Json)
}

/// Cancels an order: an unpaid one closes, a paid one is refunded in full.
#[utoipa::path(post, path = "/api/orders/{id}/cancel", tag = "orders", params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = OrderDetail)))]
pub async fn cancel_order(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    lang: Lang,
    Path(id): Path<OrderId>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, buyer.as_str())?;
    cancel::cancel_order(&state, &buyer, lang, &ticket, &id).await
}

/// Says that the goods of a paid order are there.
#[utoipa::path(post, path = "/api/orders/{id}/receipt", tag = "orders", params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = OrderDetail)))]
pub async fn confirm_receipt(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    lang: Lang,
    Path(id): Path<OrderId>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, buyer.as_str())?;
    receipt::confirm_receipt(&state, &buyer, lang, &ticket, &id).await
}

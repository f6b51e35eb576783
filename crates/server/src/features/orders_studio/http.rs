//! HTTP of orders for staff.

use axum::Json;
use axum::extract::{Path, State};
use contract::orders_studio::{
    HandOver, RefundQuestion, RefundQuote, RevealedContact, StudioOrder, StudioOrderDetail,
};
use contract::{OrderId, Page};

use super::list::{self, StudioOrderQuery};
use super::{view, write};
use crate::auth::staff::{Permission, StaffMember};
use crate::http::json::{Body, Query};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::{AppError, AppState};

/// Everybody's orders, newest first, found by number, by the end of the buyer's phone number, by state.
#[utoipa::path(get, path = "/api/studio/orders", tag = "studio", params(StudioOrderQuery),
    responses((status = 200, body = Page<StudioOrder>)))]
pub async fn list_studio_orders(
    State(state): State<AppState>,
    staff: StaffMember,
    lang: Lang,
    Query(query): Query<StudioOrderQuery>,
) -> Result<Json<Page<StudioOrder>>, AppError> {
    staff.must(Permission::Orders)?;
    list::list(&state, lang, &query).await.map(Json)
}

/// An order in full; what is personal in it is masked.
#[utoipa::path(get, path = "/api/studio/orders/{id}", tag = "studio", params(("id" = String, Path)),
    responses((status = 200, body = StudioOrderDetail)))]
pub async fn get_studio_order(
    State(state): State<AppState>,
    staff: StaffMember,
    lang: Lang,
    Path(id): Path<OrderId>,
) -> Result<Json<StudioOrderDetail>, AppError> {
    staff.must(Permission::Orders)?;
    let mut conn = state.db.reader().acquire().await?;
    view::detail(&mut conn, &id, lang, state.clock.now())
        .await
        .map(Json)
}

/// What a refund would give back; changes nothing.
#[utoipa::path(post, path = "/api/studio/orders/{id}/refund-quotes", tag = "studio", request_body = RefundQuestion,
    params(("id" = String, Path)), responses((status = 200, body = RefundQuote)))]
pub async fn quote_refund(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(id): Path<OrderId>,
    Body(asked): Body<RefundQuestion>,
) -> Result<Json<RefundQuote>, AppError> {
    staff.must(Permission::Refund)?;
    let mut conn = state.db.reader().acquire().await?;
    view::quote(&mut conn, &id, &asked).await.map(Json)
}

/// Says that the buyer has the goods; of an order that is collected, the buyer's code proves it.
#[utoipa::path(post, path = "/api/studio/orders/{id}/handover", tag = "studio", request_body = HandOver,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = StudioOrderDetail)))]
pub async fn hand_over_order(
    State(state): State<AppState>,
    staff: StaffMember,
    lang: Lang,
    Path(id): Path<OrderId>,
    keyed: Keyed<HandOver>,
) -> Result<Answer, AppError> {
    staff.must(Permission::Orders)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    write::hand_over(&state, &staff, lang, &ticket, &id, &keyed.body).await
}

/// Shows whom to call about an order and where it goes. Who asked is written down.
#[utoipa::path(post, path = "/api/studio/orders/{id}/contact", tag = "studio",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = RevealedContact)))]
pub async fn reveal_contact(
    State(state): State<AppState>,
    staff: StaffMember,
    lang: Lang,
    Path(id): Path<OrderId>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    staff.must(Permission::Orders)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    write::reveal(&state, &staff, lang, &ticket, &id).await
}

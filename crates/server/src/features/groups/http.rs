//! HTTP of group-buy.

use axum::Json;
use axum::extract::{Path, State};
use contract::groups::{GroupProgress, OpenGroup, SeatQuoteRequest, SeatRequest, SeatTaken};
use contract::quote::Quote;
use contract::{Cursor, GroupId, Page};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{list, progress, quote, take};
use crate::auth::{Device, SignedIn, Viewer};
use crate::http::json::{Body, Query};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed};
use crate::{AppError, AppState};

/// Which part of the open groups.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct GroupQuery {
    /// Where to go on.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// Page size, 1 to 50; 20 unless told.
    limit: Option<u32>,
}

/// A group as its page shows it, to guests too.
#[utoipa::path(get, path = "/api/groups/{id}", tag = "groups", params(("id" = String, Path)),
    responses((status = 200, body = GroupProgress)))]
pub async fn get_group(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    lang: Lang,
    Path(id): Path<GroupId>,
) -> Result<Json<GroupProgress>, AppError> {
    progress::group(&state, viewer.as_ref(), lang, &id)
        .await
        .map(Json)
}

/// Groups of a product that can be joined, the most urgent first.
#[utoipa::path(get, path = "/api/products/{id}/groups", tag = "groups",
    params(("id" = String, Path, description = "Id or slug of the product"), GroupQuery),
    responses((status = 200, body = Page<OpenGroup>)))]
pub async fn list_groups(
    State(state): State<AppState>,
    lang: Lang,
    Path(product): Path<String>,
    Query(query): Query<GroupQuery>,
) -> Result<Json<Page<OpenGroup>>, AppError> {
    list::page(&state, lang, &product, query.cursor.as_ref(), query.limit)
        .await
        .map(Json)
}

/// What a seat costs, by the group's own prices. Nothing is held.
#[utoipa::path(post, path = "/api/groups/quote", tag = "groups", request_body = SeatQuoteRequest,
    responses((status = 200, body = Quote)))]
pub async fn quote_seat(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    lang: Lang,
    Body(request): Body<SeatQuoteRequest>,
) -> Result<Json<Quote>, AppError> {
    quote::seat(&state, viewer.as_ref(), lang, &request)
        .await
        .map(Json)
}

/// Takes a seat: holds it, its goods and its quota until the deadline to pay, and makes its order.
#[utoipa::path(post, path = "/api/groups/seats", tag = "groups", request_body = SeatRequest,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = SeatTaken)))]
pub async fn take_seat(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    device: Device,
    lang: Lang,
    keyed: Keyed<SeatRequest>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, buyer.as_str())?;
    take::take_seat(&state, &buyer, device.shown(), lang, &ticket, &keyed.body).await
}

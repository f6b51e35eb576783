//! HTTP of neighbourhoods and pick-up points.

use axum::Json;
use axum::extract::State;
use contract::Page;
use contract::catalog::Community;
use contract::fulfilment::PickupPoint;

use super::store;
use crate::http::language::Lang;
use crate::{AppError, AppState};

/// Where parcels can be collected, in the shop's order.
#[utoipa::path(get, path = "/api/pickup-points", tag = "pickup", responses((status = 200, body = Page<PickupPoint>)))]
pub async fn list_pickup_points(
    State(state): State<AppState>,
    lang: Lang,
) -> Result<Json<Page<PickupPoint>>, AppError> {
    let items = store::pickup_points(&state.db, lang).await?;
    Ok(Json(Page { items, next: None }))
}

/// The neighbourhoods that the shop serves, in the shop's order.
#[utoipa::path(get, path = "/api/communities", tag = "pickup", responses((status = 200, body = Page<Community>)))]
pub async fn list_communities(
    State(state): State<AppState>,
    lang: Lang,
) -> Result<Json<Page<Community>>, AppError> {
    let items = store::communities(&state.db, lang).await?;
    Ok(Json(Page { items, next: None }))
}

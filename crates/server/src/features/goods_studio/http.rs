//! HTTP of goods for staff.

use axum::Json;
use axum::extract::{Path, State};
use contract::goods_studio::{AdjustStock, SkuStock, StudioProduct};
use contract::{Page, SkuId};

use super::list::{self, StudioProductQuery};
use super::write;
use crate::auth::staff::{Permission, StaffMember};
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed};
use crate::{AppError, AppState};

/// Every product with its SKUs, also those that are not sold, in the shop's order.
#[utoipa::path(get, path = "/api/studio/products", tag = "studio", params(StudioProductQuery),
    responses((status = 200, body = Page<StudioProduct>)))]
pub async fn list_studio_products(
    State(state): State<AppState>,
    staff: StaffMember,
    lang: Lang,
    Query(query): Query<StudioProductQuery>,
) -> Result<Json<Page<StudioProduct>>, AppError> {
    staff.must(Permission::Manage)?;
    list::list(&state, lang, &query).await.map(Json)
}

/// Adds pieces of a SKU or takes some away; never those that are kept or sold.
#[utoipa::path(post, path = "/api/studio/skus/{id}/stock", tag = "studio", request_body = AdjustStock,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = SkuStock)))]
pub async fn adjust_stock(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(sku): Path<SkuId>,
    keyed: Keyed<AdjustStock>,
) -> Result<Answer, AppError> {
    staff.must(Permission::Manage)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    write::adjust(&state, &staff, &ticket, &sku, &keyed.body).await
}

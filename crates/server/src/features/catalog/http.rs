//! HTTP of the catalogue.

use axum::Json;
use axum::extract::{Path, State};
use contract::catalog::{ProductDetail, ProductList, ProductQuery};

use super::{detail, list};
use crate::auth::Viewer;
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::{AppError, AppState};

/// Products of a category, of a search, of filters, in a chosen order.
#[utoipa::path(get, path = "/api/products", tag = "catalog", params(ProductQuery), responses((status = 200, body = ProductList)))]
pub async fn list_products(
    State(state): State<AppState>,
    lang: Lang,
    Query(query): Query<ProductQuery>,
) -> Result<Json<ProductList>, AppError> {
    Ok(Json(list::products(&state, lang, &query).await?))
}

/// One product, by its id or its word in URLs.
#[utoipa::path(get, path = "/api/products/{id}", tag = "catalog", params(("id" = String, Path, description = "Id or slug")), responses((status = 200, body = ProductDetail)))]
pub async fn get_product(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    moment: Moment,
    lang: Lang,
    Path(id): Path<String>,
) -> Result<Json<ProductDetail>, AppError> {
    let viewer = viewer.as_ref();
    let product = detail::product(&state, viewer, &moment, lang, &id);
    product.await.map(Json)
}

//! HTTP of reviews.

use axum::Json;
use axum::extract::{Path, State};
use contract::reviews::Review;
use contract::{Cursor, Page, ProductId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::service;
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::{AppError, AppState};

/// Which part of the reviews.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ReviewQuery {
    /// Where to go on.
    cursor: Option<Cursor>,
    /// Page size, 1 to 50; 20 unless told.
    limit: Option<u32>,
}

/// Reviews of a product, newest first; texts are translated where there is a translation.
#[utoipa::path(get, path = "/api/products/{id}/reviews", tag = "reviews", params(("id" = String, Path, description = "Id of the product"), ReviewQuery), responses((status = 200, body = Page<Review>)))]
pub async fn list_reviews(
    State(state): State<AppState>,
    lang: Lang,
    Path(product): Path<ProductId>,
    Query(query): Query<ReviewQuery>,
) -> Result<Json<Page<Review>>, AppError> {
    let page = service::page(&state, lang, &product, query.cursor.as_ref(), query.limit).await?;
    Ok(Json(page))
}

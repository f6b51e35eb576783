//! Everything that answers HTTP, put together: the API's routes, its document, and what wraps them all.

pub mod json;
pub mod language;
pub mod request_id;

use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router, middleware};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{AppError, AppState, features};

/// What the API's document says about itself.
#[derive(OpenApi)]
#[openapi(info(
    title = "Jishi",
    description = "The shop's API. docs/API-DESIGN.md says how it is meant."
))]
struct ApiDoc;

/// Every route of the API with its part of the document. A feature adds itself here.
pub fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(ApiDoc::openapi()).merge(features::pickup::routes())
}

/// Everything that this server answers.
pub fn app(state: AppState) -> Router {
    let (routes, document) = api().split_for_parts();
    routes
        .route("/api/openapi.json", get(async move || Json(document)))
        .fallback(not_found)
        .layer(middleware::from_fn(language::announce))
        .layer(middleware::from_fn(request_id::give))
        .with_state(state)
}

async fn not_found(uri: Uri) -> Response {
    if uri.path().starts_with("/api/") {
        AppError::not_found("address").into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

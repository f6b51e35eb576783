//! The feed: everything there is to see, mixed, in an order that stands still while one browses.

mod http;
mod service;
mod store;
mod weave;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::list_feed))
}

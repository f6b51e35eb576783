//! The copy of a signed-in customer's cart (rules.md 3.8). The browser's own cart leads; this one keeps it
//! when the browser forgets.

mod http;
mod merge;
mod service;
mod store;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::get_cart, http::put_cart))
        .routes(routes!(http::merge_cart))
}

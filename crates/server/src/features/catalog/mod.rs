//! Finding products and looking at one: categories, search, filters, the product's own page.

mod detail;
mod http;
mod list;
mod store;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::list_products))
        .routes(routes!(http::get_product))
}

//! Goods for staff: what there is of each SKU, what it costs, and changing the stock.

mod http;
mod list;
mod store;
mod write;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::list_studio_products))
        .routes(routes!(http::adjust_stock))
}

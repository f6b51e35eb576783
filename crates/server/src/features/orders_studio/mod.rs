//! Orders for staff: finding one, what it is, what a refund of it gives back, handing it over.

mod http;
mod list;
mod store;
mod view;
mod write;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::list_studio_orders))
        .routes(routes!(http::get_studio_order))
        .routes(routes!(http::quote_refund))
        .routes(routes!(http::hand_over_order))
        .routes(routes!(http::reveal_contact))
}

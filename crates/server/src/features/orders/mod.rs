//! Orders: submitting, listing, reading, cancelling and receiving them.

mod cancel;
mod http;
mod list;
mod receipt;
mod submit;
mod wish;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::submit_order, http::list_orders))
        .routes(routes!(http::get_order))
        .routes(routes!(http::cancel_order))
        .routes(routes!(http::confirm_receipt))
}

//! The notification centre: what waits for a customer, and what was seen of it.

mod http;
mod service;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::list_notifications))
        .routes(routes!(http::mark_notifications_read))
}

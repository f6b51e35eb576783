//! Group-buy over HTTP: looking at groups, asking what a seat costs, taking one.

mod http;
mod list;
mod progress;
mod quote;
mod take;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::get_group))
        .routes(routes!(http::list_groups))
        .routes(routes!(http::quote_seat))
        .routes(routes!(http::take_seat))
}

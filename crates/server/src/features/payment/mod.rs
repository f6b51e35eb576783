//! Paying: starting a payment, asking after it, and the gateway's webhooks.

mod check;
mod http;
mod start;
mod webhook;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::start_payment))
        .routes(routes!(http::check_payment))
        .routes(routes!(http::receive_payment_webhook))
}

//! Signing in by phone number and one-time code, and the session of a browser.

mod code;
mod http;
mod service;
mod store;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

pub use service::prune;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::request_code))
        .routes(routes!(http::sign_in, http::get_session, http::sign_out))
}

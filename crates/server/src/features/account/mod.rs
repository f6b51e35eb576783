//! Signing in by phone number and one-time code, the session of a browser, and the name one goes by.

mod code;
mod http;
mod name;
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
        .routes(routes!(http::set_name))
}

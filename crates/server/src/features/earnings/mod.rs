//! What a sharer earned and where it stands (rules.md A8 to A12, features.md 81).

mod http;
mod service;
mod store;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::get_earnings))
        .routes(routes!(http::list_commissions))
        .routes(routes!(http::request_withdrawal, http::list_withdrawals))
}

//! Share links: making them, the page that they are, what came of them (rules.md A1 to A3, features.md G).

mod card;
mod create;
mod group;
mod http;
mod list;
mod open;
mod page;
mod store;

use axum::Router;
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::create_share, http::list_shares))
        .routes(routes!(http::revoke_share))
        .routes(routes!(http::open_share))
        .routes(routes!(http::get_attribution))
}

/// The page that a link is, for people and for the crawlers of chats.
pub fn pages() -> Router<AppState> {
    Router::new().route("/s/{token}", get(page::show))
}

//! Promotions for staff: writing, checking, publishing, stopping, previewing. Each operation asks for its own
//! permission and is written down.

mod activity;
mod edit;
mod http;
mod preview;
mod ready;
mod terms;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::list_campaigns, http::create_campaign))
        .routes(routes!(http::get_campaign, http::edit_campaign))
        .routes(routes!(http::move_campaign))
        .routes(routes!(http::check_campaign))
        .routes(routes!(http::create_preview))
        .routes(routes!(http::set_activity_terms))
}

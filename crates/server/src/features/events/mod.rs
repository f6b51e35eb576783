//! Events for open pages: one Server-Sent Events stream a tab, resumable, of what the viewer may hear.

mod http;
mod position;
mod stream;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::stream_events))
}

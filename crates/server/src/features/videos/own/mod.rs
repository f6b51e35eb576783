//! A creator's own videos: sending a file in piece by piece, saying what it shows, publishing it.

mod describe;
mod http;
mod upload;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// This part of the API.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::list_own_videos, http::start_video))
        .routes(routes!(
            http::get_own_video,
            http::update_video,
            http::delete_video
        ))
        .routes(routes!(http::find_upload, http::send_piece))
        .routes(routes!(http::put_subtitles))
}

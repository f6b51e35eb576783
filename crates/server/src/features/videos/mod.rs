//! Short videos over HTTP (features.md 10 to 18): the swipe feed, likes, comments, reports, sightings; and a creator's
//! own (`own`).

mod comments;
mod http;
mod list;
mod own;
mod react;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::list_videos))
        .routes(routes!(http::get_video))
        .routes(routes!(http::like_video, http::unlike_video))
        .routes(routes!(http::list_comments, http::comment_video))
        .routes(routes!(http::remove_comment))
        .routes(routes!(http::report_video))
        .routes(routes!(http::list_report_reasons))
        .routes(routes!(http::note_sights))
        .merge(own::routes())
}

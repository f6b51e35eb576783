//! Running rooms: for the shop's staff alone, each operation on its own.

mod http;
mod moderate;
mod plan;
mod record;
mod run;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The staff's part of the API.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::get_staff))
        .routes(routes!(http::list_studio_rooms, http::create_live))
        .routes(routes!(http::get_studio_room))
        .routes(routes!(http::move_live))
        .routes(routes!(http::renew_stream_key))
        .routes(routes!(http::put_on_shelf, http::order_shelf))
        .routes(routes!(http::take_off_shelf))
        .routes(routes!(http::pin_product))
        .routes(routes!(http::arm_flash))
        .routes(routes!(http::start_flash))
        .routes(routes!(http::stop_flash))
        .routes(routes!(http::say_as_host))
        .routes(routes!(http::pin_comment))
        .routes(routes!(http::moderate_chat))
        .routes(routes!(http::set_chat_rules))
        .routes(routes!(http::export_live_log))
}

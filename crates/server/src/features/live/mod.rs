//! Live rooms over HTTP: watching, speaking, liking, buying at a flash price; and running them (`studio`).

mod buy;
mod chat;
mod giveaway;
mod hook;
mod http;
mod room;
mod studio;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::get_live))
        .routes(routes!(http::get_live_replay))
        .routes(routes!(http::say_in_room))
        .routes(routes!(http::like_room))
        .routes(routes!(http::remind_of_live, http::forget_live))
        .routes(routes!(hook::receive_media_webhook))
        .routes(routes!(http::enter_giveaway))
        .routes(routes!(http::quote_flash))
        .routes(routes!(http::buy_flash))
        .merge(studio::routes())
}

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
use contract::shares::{ShareCard, ShareTarget};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::language::Lang;
use crate::{AppError, AppState};

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::create_share, http::list_shares))
        .routes(routes!(http::revoke_share))
        .routes(routes!(http::open_share))
        .routes(routes!(http::get_attribution))
}

/// What a target shows to those who have not opened it; `None` when there is no such thing. With it the shop's name.
pub async fn shown(
    state: &AppState,
    lang: Lang,
    target: &ShareTarget,
) -> Result<(Option<ShareCard>, String), AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let found = card::find(&mut conn, state, lang, target).await?;
    let (shop, _) = store::shop(&mut conn, lang).await?;
    Ok((found.map(|found| found.card), shop))
}

/// The page that a link is, for people and for the crawlers of chats.
pub fn pages() -> Router<AppState> {
    Router::new().route("/s/{token}", get(page::show))
}

//! HTTP of the feed.

use axum::Json;
use axum::extract::State;
use contract::feed::FeedCard;
use contract::{Cursor, Page};
use serde::Deserialize;
use utoipa::IntoParams;

use super::service;
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::{AppError, AppState};

/// Which part of the feed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FeedQuery {
    /// Where to go on.
    cursor: Option<Cursor>,
    /// Page size, 1 to 50; 20 unless told.
    limit: Option<u32>,
}

/// One page of the feed. Within one browse no card comes twice, and the same cursor gives the same cards.
#[utoipa::path(get, path = "/api/feed", tag = "feed", params(FeedQuery), responses((status = 200, body = Page<FeedCard>)))]
pub async fn list_feed(
    State(state): State<AppState>,
    moment: Moment,
    lang: Lang,
    Query(query): Query<FeedQuery>,
) -> Result<Json<Page<FeedCard>>, AppError> {
    let page = service::page(&state, &moment, lang, query.cursor.as_ref(), query.limit).await?;
    Ok(Json(page))
}

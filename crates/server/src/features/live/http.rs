//! HTTP of rooms, for viewers.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::live::{
    ChatLine, FlashQuote, FlashQuoteRequest, FlashRequest, FlashTaken, Like, LiveReplay, LiveRoom,
    Reminder, Say,
};
use contract::live_giveaway::GiveawayEntered;
use contract::{FlashId, GiveawayId, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{buy, chat, giveaway, room};
use crate::auth::{Device, SignedIn, Viewer};
use crate::http::json::{Body, Query};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::{AppError, AppState};

/// Which part of what was said.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ReplayQuery {
    /// From when on; from the beginning unless told.
    #[param(value_type = Option<i64>)]
    from: Option<Timestamp>,
}

/// A room as its page shows it, by its id or its word: all that its events change, at one `seq`.
#[utoipa::path(get, path = "/api/live/{id}", tag = "live", params(("id" = String, Path)),
    responses((status = 200, body = LiveRoom)))]
pub async fn get_live(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    lang: Lang,
    Path(id): Path<String>,
) -> Result<Response, AppError> {
    let room = room::get(&state, viewer.as_ref(), device.shown(), lang, &id).await?;
    // The browser gets its name here, so that it can be told from others when it speaks.
    let mut cookie = HeaderMap::new();
    device.introduce(&mut cookie, &state.config)?;
    Ok((cookie, Json(room)).into_response())
}

/// What a room that is over showed and said.
#[utoipa::path(get, path = "/api/live/{id}/replay", tag = "live", params(("id" = String, Path), ReplayQuery),
    responses((status = 200, body = LiveReplay)))]
pub async fn get_live_replay(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    Path(id): Path<String>,
    Query(query): Query<ReplayQuery>,
) -> Result<Json<LiveReplay>, AppError> {
    room::replay(&state, viewer.as_ref(), device.shown(), &id, query.from)
        .await
        .map(Json)
}

/// Says something in a room that is on air.
#[utoipa::path(post, path = "/api/live/{id}/chat", tag = "live", request_body = Say,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = ChatLine)))]
pub async fn say_in_room(
    State(state): State<AppState>,
    SignedIn(speaker): SignedIn,
    device: Device,
    Path(id): Path<String>,
    keyed: Keyed<Say>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, speaker.as_str())?;
    chat::say(
        &state,
        &speaker,
        device.shown(),
        &ticket,
        &id,
        &keyed.body.text,
    )
    .await
}

/// Likes a room, at most 50 times at once and about once a second. Needs no key: likes are counted in passing.
#[utoipa::path(post, path = "/api/live/{id}/likes", tag = "live", request_body = Like,
    params(("id" = String, Path)), responses((status = 204)))]
pub async fn like_room(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    Path(id): Path<String>,
    Body(like): Body<Like>,
) -> Result<StatusCode, AppError> {
    chat::like(&state, viewer.as_ref(), &device, &id, like.count).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks to be reminded, once, when a room starts.
#[utoipa::path(put, path = "/api/live/{id}/reminder", tag = "live",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Reminder)))]
pub async fn remind_of_live(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    device: Device,
    Path(id): Path<String>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, viewer.as_str())?;
    room::remind(&state, &viewer, device.shown(), &ticket, &id, true).await
}

/// Asks not to be reminded.
#[utoipa::path(delete, path = "/api/live/{id}/reminder", tag = "live",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Reminder)))]
pub async fn forget_live(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    device: Device,
    Path(id): Path<String>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, viewer.as_str())?;
    room::remind(&state, &viewer, device.shown(), &ticket, &id, false).await
}

/// Enters a giveaway, once; entering again answers the same entry.
#[utoipa::path(post, path = "/api/live/{id}/giveaways/{giveaway}/entries", tag = "live",
    params(("id" = String, Path), ("giveaway" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = GiveawayEntered)))]
pub async fn enter_giveaway(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    device: Device,
    Path((id, giveaway)): Path<(String, GiveawayId)>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, viewer.as_str())?;
    let what = (id.as_str(), &giveaway);
    giveaway::enter(&state, &viewer, device.shown(), &ticket, what).await
}

/// What a flash price comes to. Nothing is held; `ticket` gives the order a moment's grace at the end.
#[utoipa::path(post, path = "/api/live/{id}/flash/{flash}/quote", tag = "live", request_body = FlashQuoteRequest,
    params(("id" = String, Path), ("flash" = String, Path)), responses((status = 200, body = FlashQuote)))]
pub async fn quote_flash(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    lang: Lang,
    Path((id, flash)): Path<(String, FlashId)>,
    Body(request): Body<FlashQuoteRequest>,
) -> Result<Json<FlashQuote>, AppError> {
    buy::quote(
        &state,
        viewer.as_ref(),
        device.shown(),
        lang,
        (&id, &flash),
        &request,
    )
    .await
    .map(Json)
}

/// Buys at a flash price: takes from what is kept for it and makes the order, to be paid within five minutes.
#[utoipa::path(post, path = "/api/live/{id}/flash/{flash}/orders", tag = "live", request_body = FlashRequest,
    params(("id" = String, Path), ("flash" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = FlashTaken)))]
pub async fn buy_flash(
    State(state): State<AppState>,
    SignedIn(buyer): SignedIn,
    device: Device,
    lang: Lang,
    Path((id, flash)): Path<(String, FlashId)>,
    keyed: Keyed<FlashRequest>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, buyer.as_str())?;
    buy::buy(
        &state,
        &buyer,
        device.shown(),
        lang,
        &ticket,
        (&id, &flash),
        &keyed.body,
    )
    .await
}

//! HTTP of running rooms.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use contract::FlashId;
use contract::live::{ChatLine, FlashOffer, Say};
use contract::live_studio::{
    ChatRules, LiveList, LiveSeq, LiveSummary, Moderate, MoveLive, NewFlash, NewLive, OnShelf, Pin,
    PinComment, PutOnShelf, ShelfOrder, Staff, StreamKey, StudioRoom,
};

use super::{moderate, plan, record, run};
use crate::auth::Host;
use crate::auth::staff::StaffMember;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::{AppError, AppState};

/// Who asks, as staff.
#[utoipa::path(get, path = "/api/studio/staff", tag = "studio", responses((status = 200, body = Staff)))]
pub async fn get_staff(staff: StaffMember) -> Json<Staff> {
    Json(Staff { role: staff.role })
}

/// Every room, newest first.
#[utoipa::path(get, path = "/api/studio/live", tag = "studio", responses((status = 200, body = LiveList)))]
pub async fn list_studio_rooms(
    State(state): State<AppState>,
    _host: Host,
    lang: Lang,
) -> Result<Json<LiveList>, AppError> {
    plan::list(&state, lang).await.map(Json)
}

/// Plans a room: a draft with its shelf.
#[utoipa::path(post, path = "/api/studio/live", tag = "studio", request_body = NewLive,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = LiveSummary)))]
pub async fn create_live(
    State(state): State<AppState>,
    host: Host,
    lang: Lang,
    keyed: Keyed<NewLive>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    plan::create(&state, lang, &ticket, &keyed.body).await
}

/// A room as its host sees it.
#[utoipa::path(get, path = "/api/studio/live/{id}", tag = "studio", params(("id" = String, Path)),
    responses((status = 200, body = StudioRoom)))]
pub async fn get_studio_room(
    State(state): State<AppState>,
    host: Host,
    lang: Lang,
    Path(id): Path<String>,
) -> Result<Json<StudioRoom>, AppError> {
    plan::get(&state, &host, lang, &id).await.map(Json)
}

/// Takes a room to another state.
#[utoipa::path(post, path = "/api/studio/live/{id}/state", tag = "studio", request_body = MoveLive,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = LiveSeq)))]
pub async fn move_live(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<MoveLive>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    run::move_live(&state, &host, &ticket, &id, keyed.body.command).await
}

/// Makes a new stream key; the one before lets nobody in any more, and whoever came by it is sent away.
#[utoipa::path(post, path = "/api/studio/live/{id}/key", tag = "studio",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = StreamKey)))]
pub async fn renew_stream_key(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    plan::renew_key(&state, &ticket, &id).await
}

/// Puts a product on the shelf.
#[utoipa::path(post, path = "/api/studio/live/{id}/shelf", tag = "studio", request_body = PutOnShelf,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = OnShelf)))]
pub async fn put_on_shelf(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<PutOnShelf>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    run::put_on_shelf(&state, &host, &ticket, &id, &keyed.body.product).await
}

/// Puts the shelf in another order; every product keeps its number.
#[utoipa::path(put, path = "/api/studio/live/{id}/shelf", tag = "studio", request_body = ShelfOrder,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = LiveSeq)))]
pub async fn order_shelf(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<ShelfOrder>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    run::order_shelf(&state, &host, &ticket, &id, &keyed.body.numbers).await
}

/// Takes a number off the shelf; it stays that product's.
#[utoipa::path(delete, path = "/api/studio/live/{id}/shelf/{number}", tag = "studio",
    params(("id" = String, Path), ("number" = i64, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = LiveSeq)))]
pub async fn take_off_shelf(
    State(state): State<AppState>,
    host: Host,
    Path((id, number)): Path<(String, String)>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    run::take_off_shelf(&state, &host, &ticket, &id, &number).await
}

/// Pins a number, or nothing, in one command.
#[utoipa::path(put, path = "/api/studio/live/{id}/pin", tag = "studio", request_body = Pin,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = LiveSeq)))]
pub async fn pin_product(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<Pin>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    run::pin(&state, &host, &ticket, &id, keyed.body.number).await
}

/// Prepares a flash price; viewers do not know of it.
#[utoipa::path(post, path = "/api/studio/live/{id}/flash", tag = "studio", request_body = NewFlash,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = FlashOffer)))]
pub async fn arm_flash(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<NewFlash>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    run::arm_flash(&state, &ticket, &id, &keyed.body).await
}

/// Announces a flash price: its units are kept, its countdown runs.
#[utoipa::path(post, path = "/api/studio/live/{id}/flash/{flash}/start", tag = "studio",
    params(("id" = String, Path), ("flash" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = FlashOffer)))]
pub async fn start_flash(
    State(state): State<AppState>,
    host: Host,
    Path((id, flash)): Path<(String, FlashId)>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    run::turn_flash(&state, &host, &ticket, (&id, &flash), true).await
}

/// Stops a flash price; orders that were placed at it stand.
#[utoipa::path(post, path = "/api/studio/live/{id}/flash/{flash}/stop", tag = "studio",
    params(("id" = String, Path), ("flash" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = FlashOffer)))]
pub async fn stop_flash(
    State(state): State<AppState>,
    host: Host,
    Path((id, flash)): Path<(String, FlashId)>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    run::turn_flash(&state, &host, &ticket, (&id, &flash), false).await
}

/// Says something as the host.
#[utoipa::path(post, path = "/api/studio/live/{id}/chat", tag = "studio", request_body = Say,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 201, body = ChatLine)))]
pub async fn say_as_host(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<Say>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    moderate::say(&state, &host, &ticket, &id, &keyed.body.text).await
}

/// Pins a line of chat, or none, in place of the one that may be pinned.
#[utoipa::path(put, path = "/api/studio/live/{id}/comment", tag = "studio", request_body = PinComment,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = LiveSeq)))]
pub async fn pin_comment(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<PinComment>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    moderate::pin_comment(&state, &host, &ticket, &id, keyed.body.chat.as_ref()).await
}

/// Takes a line away, mutes or bans who said it.
#[utoipa::path(post, path = "/api/studio/live/{id}/moderation", tag = "studio", request_body = Moderate,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = LiveSeq)))]
pub async fn moderate_chat(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<Moderate>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    moderate::moderate(&state, &host, &ticket, &id, &keyed.body).await
}

/// How often one person may speak, and which words nobody may say.
#[utoipa::path(put, path = "/api/studio/live/{id}/chat-rules", tag = "studio", request_body = ChatRules,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 200, body = LiveSeq)))]
pub async fn set_chat_rules(
    State(state): State<AppState>,
    host: Host,
    Path(id): Path<String>,
    keyed: Keyed<ChatRules>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, host.user.as_str())?;
    moderate::set_rules(&state, &host, &ticket, &id, &keyed.body).await
}

/// Everything that happened and was said in a room, as CSV.
#[utoipa::path(get, path = "/api/studio/live/{id}/log", tag = "studio", params(("id" = String, Path)),
    responses((status = 200, content_type = "text/csv", body = String)))]
pub async fn export_live_log(
    State(state): State<AppState>,
    _host: Host,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, AppError> {
    let (room, table) = record::csv(&state, &id).await?;
    let name = format!("attachment; filename=\"live-{room}.csv\"");
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((headers, table))
}

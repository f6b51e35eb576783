//! HTTP of a creator's own videos.
//!
//! A file comes in pieces: `HEAD` says how much of it is here, `PATCH` brings what comes next. What broke off goes on
//! where it stopped, on another connection or another day; neither needs a key, for the offset says it all.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::VideoId;
use contract::videos_own::{NewVideo, OwnVideo, OwnVideos, SubtitlesText, VideoChange};

use super::{describe, upload};
use crate::auth::Creator;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::{AppError, AppState};

/// How many bytes of a file are here.
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How many it has in all.
const LENGTH: HeaderName = HeaderName::from_static("upload-length");

/// The creator's videos, newest first, and what the shop takes.
#[utoipa::path(get, path = "/api/own/videos", tag = "videos", responses((status = 200, body = OwnVideos)))]
pub async fn list_own_videos(
    State(state): State<AppState>,
    creator: Creator,
    lang: Lang,
) -> Result<Json<OwnVideos>, AppError> {
    describe::list(&state, &creator, lang).await.map(Json)
}

/// Begins to send a video.
#[utoipa::path(post, path = "/api/own/videos", tag = "videos", request_body = NewVideo,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = OwnVideo)))]
pub async fn start_video(
    State(state): State<AppState>,
    creator: Creator,
    lang: Lang,
    keyed: Keyed<NewVideo>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, creator.user.as_str())?;
    upload::start(&state, &creator, lang, &ticket, &keyed.body).await
}

/// One of the creator's videos: how far it has come, and what it shows.
#[utoipa::path(get, path = "/api/own/videos/{id}", tag = "videos", params(("id" = String, Path)),
    responses((status = 200, body = OwnVideo)))]
pub async fn get_own_video(
    State(state): State<AppState>,
    creator: Creator,
    lang: Lang,
    Path(id): Path<VideoId>,
) -> Result<Json<OwnVideo>, AppError> {
    describe::one(&state, &creator, lang, &id).await.map(Json)
}

/// Says what a video shows, and whether everybody sees it.
#[utoipa::path(put, path = "/api/own/videos/{id}", tag = "videos", request_body = VideoChange,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = OwnVideo)))]
pub async fn update_video(
    State(state): State<AppState>,
    creator: Creator,
    lang: Lang,
    Path(id): Path<VideoId>,
    keyed: Keyed<VideoChange>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, creator.user.as_str())?;
    describe::update(&state, &creator, lang, &ticket, &id, &keyed.body).await
}

/// Takes a video away, whatever has become of it, with every file of it.
#[utoipa::path(delete, path = "/api/own/videos/{id}", tag = "videos",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 204)))]
pub async fn delete_video(
    State(state): State<AppState>,
    creator: Creator,
    Path(id): Path<VideoId>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, creator.user.as_str())?;
    describe::delete(&state, &creator, &ticket, &id).await
}

/// Sets the subtitles of one language, as WebVTT.
#[utoipa::path(put, path = "/api/own/videos/{id}/subtitles", tag = "videos", request_body = SubtitlesText,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = OwnVideo)))]
pub async fn put_subtitles(
    State(state): State<AppState>,
    creator: Creator,
    lang: Lang,
    Path(id): Path<VideoId>,
    keyed: Keyed<SubtitlesText>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, creator.user.as_str())?;
    describe::put_subtitles(&state, &creator, lang, &ticket, &id, &keyed.body).await
}

/// How much of a file is here: `Upload-Offset` of `Upload-Length`.
#[utoipa::path(head, path = "/api/own/videos/{id}/file", tag = "videos", params(("id" = String, Path)),
    responses((status = 204, headers(("Upload-Offset" = u64), ("Upload-Length" = u64)))))]
pub async fn find_upload(
    State(state): State<AppState>,
    creator: Creator,
    Path(id): Path<VideoId>,
) -> Result<Response, AppError> {
    upload::find(&state, &creator, &id).await.map(told)
}

/// Brings what comes next of a file: at most a megabyte, from `Upload-Offset` on, which must be where the file stands
/// (`UPLOAD_OFFSET`). The last piece has it made ready.
#[utoipa::path(patch, path = "/api/own/videos/{id}/file", tag = "videos",
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    params(("id" = String, Path), ("Upload-Offset" = u64, Header)),
    responses((status = 204, headers(("Upload-Offset" = u64), ("Upload-Length" = u64)))))]
pub async fn send_piece(
    State(state): State<AppState>,
    creator: Creator,
    Path(id): Path<VideoId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, AppError> {
    let offset = headers
        .get(OFFSET)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .ok_or_else(|| AppError::field("Upload-Offset", "a whole number of bytes"))?;
    upload::piece(&state, &creator, &id, offset, body)
        .await
        .map(told)
}

fn told(stands: upload::Stands) -> Response {
    let headers = [
        (OFFSET, HeaderValue::from(stands.received)),
        (LENGTH, HeaderValue::from(stands.size)),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

//! HTTP of videos, for viewers.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::videos::{Comment, NewComment, ReportReason, Sights, Video, VideoLikes, VideoReport};
use contract::{CommentId, Cursor, Page, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{comments, list, react};
use crate::auth::{Device, SignedIn, Viewer};
use crate::http::json::{Body, Query};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::{AppError, AppState};

/// Which part of the swipe feed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct VideoQuery {
    /// The video to begin with; the others follow without it.
    pub from: Option<String>,
    /// Only a creator's.
    pub creator: Option<String>,
    /// Where to go on.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
    /// Page size, 1 to 50; 20 unless told.
    pub limit: Option<u32>,
}

/// Which part of the comments.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CommentQuery {
    /// Where to go on.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// Page size, 1 to 50; 20 unless told.
    limit: Option<u32>,
}

/// Who acts: the account, or a guest's browser.
fn principal(viewer: Option<&UserId>, device: &Device) -> String {
    viewer.map_or_else(|| device.principal(), |user| user.0.clone())
}

/// An answer with the name of a browser that had none, so that its likes are known again.
fn introduced(
    state: &AppState,
    device: &Device,
    answer: impl IntoResponse,
) -> Result<Response, AppError> {
    let mut cookie = HeaderMap::new();
    device.introduce(&mut cookie, &state.config)?;
    Ok((cookie, answer).into_response())
}

/// A page of the swipe feed, the newest first. Within one browse no video comes twice, and the same cursor gives the
/// same videos.
#[utoipa::path(get, path = "/api/videos", tag = "videos", params(VideoQuery),
    responses((status = 200, body = Page<Video>)))]
pub async fn list_videos(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    lang: Lang,
    Query(query): Query<VideoQuery>,
) -> Result<Response, AppError> {
    let principal = principal(viewer.as_ref(), &device);
    let page = list::page(&state, &principal, lang, &query).await?;
    introduced(&state, &device, Json(page))
}

/// One video with what it shows; prices are of this moment.
#[utoipa::path(get, path = "/api/videos/{id}", tag = "videos", params(("id" = String, Path)),
    responses((status = 200, body = Video)))]
pub async fn get_video(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    lang: Lang,
    Path(id): Path<String>,
) -> Result<Response, AppError> {
    let principal = principal(viewer.as_ref(), &device);
    let video = list::one(&state, &principal, lang, &id).await?;
    introduced(&state, &device, Json(video))
}

/// Likes a video; again changes nothing.
#[utoipa::path(put, path = "/api/videos/{id}/like", tag = "videos",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VideoLikes)))]
pub async fn like_video(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    Path(id): Path<String>,
    keyed: KeyedEmpty,
) -> Result<Response, AppError> {
    let principal = principal(viewer.as_ref(), &device);
    let ticket = keyed.ticket(&state, &principal)?;
    let answer = react::like(&state, &principal, &ticket, &id, true).await?;
    introduced(&state, &device, answer)
}

/// Likes a video no longer.
#[utoipa::path(delete, path = "/api/videos/{id}/like", tag = "videos",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VideoLikes)))]
pub async fn unlike_video(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    Path(id): Path<String>,
    keyed: KeyedEmpty,
) -> Result<Response, AppError> {
    let principal = principal(viewer.as_ref(), &device);
    let ticket = keyed.ticket(&state, &principal)?;
    let answer = react::like(&state, &principal, &ticket, &id, false).await?;
    introduced(&state, &device, answer)
}

/// A page of the comments, the newest first, each with its answers.
#[utoipa::path(get, path = "/api/videos/{id}/comments", tag = "videos",
    params(("id" = String, Path), CommentQuery), responses((status = 200, body = Page<Comment>)))]
pub async fn list_comments(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    lang: Lang,
    Path(id): Path<String>,
    Query(query): Query<CommentQuery>,
) -> Result<Json<Page<Comment>>, AppError> {
    let part = (query.cursor.as_ref(), query.limit);
    comments::page(&state, viewer.as_ref(), lang, &id, part)
        .await
        .map(Json)
}

/// Says something about a video, or answers a comment on it.
#[utoipa::path(post, path = "/api/videos/{id}/comments", tag = "videos", request_body = NewComment,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Comment)))]
pub async fn comment_video(
    State(state): State<AppState>,
    SignedIn(author): SignedIn,
    device: Device,
    lang: Lang,
    Path(id): Path<String>,
    keyed: Keyed<NewComment>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, author.as_str())?;
    let who = comments::Author {
        account: &author,
        device: device.shown(),
        lang,
    };
    comments::add(&state, who, &ticket, &id, &keyed.body).await
}

/// Takes a comment away: one's own, or any on one's own video.
#[utoipa::path(delete, path = "/api/videos/{id}/comments/{comment}", tag = "videos",
    params(("id" = String, Path), ("comment" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 204)))]
pub async fn remove_comment(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    Path((id, comment)): Path<(String, CommentId)>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, user.as_str())?;
    comments::remove(&state, &user, &ticket, &id, &comment).await
}

/// Reports a video or a comment on it to the shop.
#[utoipa::path(post, path = "/api/videos/{id}/reports", tag = "videos", request_body = VideoReport,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 204)))]
pub async fn report_video(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
    keyed: Keyed<VideoReport>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, user.as_str())?;
    comments::report(&state, &user, &ticket, &id, &keyed.body).await
}

/// Why something can be reported.
#[utoipa::path(get, path = "/api/report-reasons", tag = "videos",
    responses((status = 200, body = Vec<ReportReason>)))]
pub async fn list_report_reasons(lang: Lang) -> Json<Vec<ReportReason>> {
    Json(comments::reasons(lang))
}

/// Tells what was on screen for at least a second. Needs no key: every sighting has a name of its own.
#[utoipa::path(post, path = "/api/videos/sights", tag = "videos", request_body = Sights,
    responses((status = 204)))]
pub async fn note_sights(
    State(state): State<AppState>,
    Body(sights): Body<Sights>,
) -> Result<StatusCode, AppError> {
    react::note(&state, &sights).await?;
    Ok(StatusCode::NO_CONTENT)
}

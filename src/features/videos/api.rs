//! The requests of videos, named after the server's operations.

use contract::catalog::ProductDetail;
use contract::videos::{
    Comment, NewComment, ReportReason, Sight, Sights, Video, VideoLikes, VideoReport,
};
use contract::{CommentId, Cursor, Page, VideoId};

use crate::api::{self, ApiError, IdempotencyKey};
use crate::routes::{encoded, query};

/// Videos of one page.
const PAGE: &str = "6";

fn path(id: &VideoId, rest: &str) -> String {
    format!("/api/videos/{}{rest}", encoded(id.as_str()))
}

pub(super) async fn list_videos(
    from: Option<&VideoId>,
    cursor: Option<&Cursor>,
) -> Result<Page<Video>, ApiError> {
    let mut pairs = vec![("limit", PAGE)];
    pairs.extend(from.map(|from| ("from", from.as_str())));
    pairs.extend(cursor.map(|cursor| ("cursor", cursor.0.as_str())));
    api::get(&format!("/api/videos{}", query(&pairs))).await
}

pub(super) async fn get_product(slug: &str) -> Result<ProductDetail, ApiError> {
    api::get(&format!("/api/products/{}", encoded(slug))).await
}

pub(super) async fn like_video(id: &VideoId, key: &IdempotencyKey) -> Result<VideoLikes, ApiError> {
    let nothing = serde_json::json!({});
    api::put(&path(id, "/like"), key, &nothing).await
}

pub(super) async fn unlike_video(id: &VideoId, key: &IdempotencyKey) -> Result<(), ApiError> {
    api::delete(&path(id, "/like"), key).await
}

pub(super) async fn list_comments(
    id: &VideoId,
    cursor: Option<&Cursor>,
) -> Result<Page<Comment>, ApiError> {
    let pairs: Vec<_> = cursor
        .map(|cursor| ("cursor", cursor.0.as_str()))
        .into_iter()
        .collect();
    api::get(&format!("{}{}", path(id, "/comments"), query(&pairs))).await
}

pub(super) async fn comment_video(
    id: &VideoId,
    key: &IdempotencyKey,
    new: &NewComment,
) -> Result<Comment, ApiError> {
    api::post(&path(id, "/comments"), key, new).await
}

pub(super) async fn list_report_reasons() -> Result<Vec<ReportReason>, ApiError> {
    api::get("/api/report-reasons").await
}

pub(super) async fn report_video(
    id: &VideoId,
    key: &IdempotencyKey,
    report: &VideoReport,
) -> Result<(), ApiError> {
    api::hand_in(&path(id, "/reports"), key, report).await
}

pub(super) async fn remove_comment(
    id: &VideoId,
    key: &IdempotencyKey,
    comment: &CommentId,
) -> Result<(), ApiError> {
    let rest = format!("/comments/{}", encoded(comment.as_str()));
    api::delete(&path(id, &rest), key).await
}

pub(super) async fn note_sights(seen: Vec<Sight>) -> Result<(), ApiError> {
    api::tell("/api/videos/sights", &Sights { seen }).await
}

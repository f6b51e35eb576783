//! The requests of a creator's own videos, named after the server's operations.

use contract::VideoId;
use contract::catalog::{ProductCard, ProductList};
use contract::videos_own::{NewVideo, OwnVideo, OwnVideos, SubtitlesText, VideoChange};

use crate::api::{self, ApiError, IdempotencyKey};
use crate::platform::picked::PickedFile;
use crate::routes::{encoded, query};

fn path(id: &VideoId, rest: &str) -> String {
    format!("/api/own/videos/{}{rest}", encoded(id.as_str()))
}

pub(super) async fn list_own_videos() -> Result<OwnVideos, ApiError> {
    api::get("/api/own/videos").await
}

pub(super) async fn get_own_video(id: &VideoId) -> Result<OwnVideo, ApiError> {
    api::get(&path(id, "")).await
}

pub(super) async fn start_video(
    key: &IdempotencyKey,
    file: &PickedFile,
) -> Result<OwnVideo, ApiError> {
    let new = NewVideo {
        name: super::state::short(&file.name()),
        size: file.size(),
        mark: super::state::short(&file.mark()),
    };
    api::post("/api/own/videos", key, &new).await
}

pub(super) async fn update_video(
    id: &VideoId,
    key: &IdempotencyKey,
    change: &VideoChange,
) -> Result<OwnVideo, ApiError> {
    api::put(&path(id, ""), key, change).await
}

pub(super) async fn put_subtitles(
    id: &VideoId,
    key: &IdempotencyKey,
    text: &SubtitlesText,
) -> Result<OwnVideo, ApiError> {
    api::put(&path(id, "/subtitles"), key, text).await
}

pub(super) async fn delete_video(id: &VideoId, key: &IdempotencyKey) -> Result<(), ApiError> {
    api::delete(&path(id, ""), key).await
}

pub(super) async fn find_upload(id: &VideoId) -> Result<u64, ApiError> {
    api::find_upload(&path(id, "/file")).await
}

/// Sends a piece of a file; answers how much of it the shop has then.
pub(super) async fn send_piece(
    id: &VideoId,
    file: &PickedFile,
    from: u64,
    to: u64,
) -> Result<u64, ApiError> {
    // What cannot be read any more has been moved or changed: as a line that broke.
    let piece = file.piece(from, to).ok_or(ApiError::Network)?;
    api::send_piece(&path(id, "/file"), from, &piece).await
}

/// Products whose names fit.
pub(super) async fn list_products(words: &str) -> Result<Vec<ProductCard>, ApiError> {
    let pairs = [("q", words), ("limit", "5")];
    let list: ProductList = api::get(&format!("/api/products{}", query(&pairs))).await?;
    Ok(list.items)
}

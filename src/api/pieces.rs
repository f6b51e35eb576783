//! Sending a file piece by piece: each piece says where it begins, so that what broke off goes on where it stopped.

use reqwasm::http::{Method, RequestBuilder, Response};
use wasm_bindgen::JsValue;

use super::client::{Answer, success};
use super::error::ApiError;
use crate::platform::deadline::Deadline;
use crate::platform::online;

/// A piece that has no answer after this long is given up: a quarter of a megabyte over a slow line.
const TIMEOUT_MS: u32 = 60_000;
/// How many bytes of the file the shop has.
const OFFSET: &str = "Upload-Offset";

/// Sends the bytes from `offset` on; answers how many the shop has then.
///
/// # Errors
/// See [`ApiError`]; `UPLOAD_OFFSET` when the file stands elsewhere.
pub async fn send_piece(path: &str, offset: u64, piece: &JsValue) -> Result<u64, ApiError> {
    let offset = offset.to_string();
    send(Method::PATCH, path, Some((&offset, piece))).await
}

/// How many bytes the shop has of a file.
///
/// # Errors
/// See [`ApiError`].
pub async fn find_upload(path: &str) -> Result<u64, ApiError> {
    send(Method::HEAD, path, None).await
}

async fn send(
    method: Method,
    path: &str,
    piece: Option<(&str, &JsValue)>,
) -> Result<u64, ApiError> {
    let deadline = Deadline::after(TIMEOUT_MS);
    let lost = |deadline: &Option<Deadline>| match deadline {
        Some(deadline) if deadline.is_over() => ApiError::Timeout,
        _ if !online::is_online() => ApiError::Offline,
        _ => ApiError::Network,
    };
    let request = RequestBuilder::new(path)
        .method(method)
        .abort_signal(deadline.as_ref().map(Deadline::signal).as_ref());
    let request = match piece {
        Some((offset, piece)) => request
            .header("Content-Type", "application/offset+octet-stream")
            .header(OFFSET, offset)
            .body(piece.clone()),
        None => request.build(),
    };
    let request = request.map_err(|_| ApiError::Network)?;
    let response = request.send().await.map_err(|_| lost(&deadline))?;
    let stands = stands(&response);
    let status = response.status();
    let body = response.text().await.map_err(|_| lost(&deadline))?;
    success(Answer { status, body })?;
    stands.ok_or(ApiError::Unreadable { status })
}

fn stands(response: &Response) -> Option<u64> {
    response.headers().get(OFFSET)?.parse().ok()
}

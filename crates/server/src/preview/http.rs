//! Who bears a preview writes nothing (rules.md 3.9).

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::ErrorCode;

use super::HEADER;
use crate::{AppError, AppState};

/// What asks and changes nothing although it is a POST.
const ASKS: [&str; 2] = ["/api/quotes", "/api/groups/quote"];

/// Refuses every write of a preview with `PREVIEW_READ_ONLY`, and keeps what it sees out of search engines.
pub async fn refuse_writes(State(_): State<AppState>, request: Request, next: Next) -> Response {
    if !request.headers().contains_key(HEADER) {
        return next.run(request).await;
    }
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !reads && !ASKS.contains(&request.uri().path()) {
        return AppError::refused(
            ErrorCode::PreviewReadOnly,
            "This is a preview: nothing is bought, claimed or changed in it.",
        )
        .into_response();
    }
    let mut response = next.run(request).await;
    let noindex = axum::http::HeaderValue::from_static("noindex");
    response.headers_mut().insert("x-robots-tag", noindex);
    response
}

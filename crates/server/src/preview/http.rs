//! Who bears a preview writes nothing (rules.md 3.9).

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::ErrorCode;

use super::{AS_OF, Preview};
use crate::{AppError, AppState};

/// What asks and changes nothing although it is a POST.
const ASKS: [&str; 2] = ["/api/quotes", "/api/groups/quote"];

/// Refuses every write of a preview with `PREVIEW_READ_ONLY`, says which moment is seen, and keeps that out of search
/// engines.
pub async fn refuse_writes(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let preview = match Preview::borne(request.headers(), &state) {
        Ok(Some(preview)) => preview,
        Ok(None) => return next.run(request).await,
        Err(refused) => return refused.into_response(),
    };
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
    let headers = response.headers_mut();
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    headers.insert(AS_OF, HeaderValue::from(preview.as_of.0));
    response
}

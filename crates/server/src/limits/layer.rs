//! The general limit, around every operation of the API.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::ClientAddress;
use crate::{AppError, AppState};

/// Middleware: refuses what one address asks of the API too often. Pictures and the app's files are free.
pub async fn limit(
    State(state): State<AppState>,
    ClientAddress(client): ClientAddress,
    request: Request,
    next: Next,
) -> Result<Response, AppError> {
    if request.uri().path().starts_with("/api/") {
        state.limits.request(client)?;
    }
    Ok(next.run(request).await)
}

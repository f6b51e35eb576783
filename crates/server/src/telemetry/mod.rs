//! What the server tells of itself: one log line a request, and figures for Prometheus. Neither holds
//! personal data (docs/LOGGING.md): a request is its route, never its path, query or address.

mod figures;
mod logs;

pub use figures::{render, upkeep};
pub use logs::log_to_stderr;

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// What is not a route of the API: the app's files and pictures.
const ELSEWHERE: &str = "assets";

/// Middleware: one line in the log and one more in the figures for every answer.
pub async fn watch(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or(ELSEWHERE, MatchedPath::as_str)
        .to_owned();
    let response = next.run(request).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    figures::count(method.as_str(), &route, status, took);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if route == ELSEWHERE {
        tracing::debug!(%method, route, status, ms, "answered");
    } else {
        tracing::info!(%method, route, status, ms, "answered");
    }
    response
}

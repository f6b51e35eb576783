//! What keeps one request from harming the others: a limit of time, and panics that end as an answer.

use std::any::Any;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::AppError;

/// The largest body that is read; the largest honest one is a cart of a hundred lines.
pub(super) const MAX_BODY: usize = 64 * 1024;

/// An answer must have begun by then. Streams go on for as long as they like.
const MAX_TIME: Duration = Duration::from_secs(30);

/// Middleware: gives up on a request that takes too long; what it had begun in the database is undone.
pub(super) async fn limit_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(MAX_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => AppError::internal("the request took too long").into_response(),
    }
}

/// A panic becomes the answer that a fault of ours has, and its words go to the log.
pub(super) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    AppError::internal(format!("panic: {words}")).into_response()
}

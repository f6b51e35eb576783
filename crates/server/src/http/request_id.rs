//! A name for every request, in its answer, in its log lines and in the error that a person may report.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

tokio::task_local! {
    static CURRENT: String;
}

/// The header that carries it.
pub const HEADER: &str = "x-request-id";

/// The id of the request that this task is answering; empty outside a request.
pub fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Middleware: names the request, puts its id into the log and into the answer. Ids from outside are not
/// taken over, so that nobody can forge a line of the log.
pub async fn give(request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().simple().to_string();
    let header = HeaderValue::from_str(&id);
    let span = tracing::info_span!("request", request_id = %id);
    let mut response = CURRENT.scope(id, next.run(request).instrument(span)).await;
    if let Ok(value) = header {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

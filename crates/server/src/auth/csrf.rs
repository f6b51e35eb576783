//! Only the shop's own page may change anything (reliability 3.1, CSRF).
//!
//! Browsers say in `Sec-Fetch-Site` where a request came from, and pages cannot forge it. Over plain HTTP
//! to another host than this machine they leave it out; then `Origin` must be ours. A request with neither
//! is refused as well: programs that are no browsers can send either.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use contract::ErrorCode;

use crate::config::Config;
use crate::{AppError, AppState};

/// Signed by its sender, which is no browser.
const SIGNED: &str = "/api/webhooks/";

/// What our operations read: no form can send either.
const OURS: [&str; 2] = ["application/json", "application/offset+octet-stream"];

/// Middleware: refuses what would change something and does not come from the shop's own page as JSON.
pub async fn same_site_only(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, AppError> {
    let path = request.uri().path();
    let bound = path.starts_with("/api/") && !path.starts_with(SIGNED);
    if bound && !is_safe(request.method()) && !is_ours(request.headers(), &state.config) {
        return Err(AppError::refused(
            ErrorCode::CrossSiteRefused,
            "This request did not come from the shop's own page. Open the shop and try there.",
        ));
    }
    Ok(next.run(request).await)
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_ours(headers: &HeaderMap, config: &Config) -> bool {
    let comes_from_us = match text(headers, "sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => {
            text(headers, "origin").is_some_and(|origin| is_our_origin(origin, headers, config))
        }
    };
    comes_from_us && !is_form(headers)
}

/// The origin that this server is known by, or the host that the request was sent to.
fn is_our_origin(origin: &str, headers: &HeaderMap, config: &Config) -> bool {
    let host = origin.split_once("://").map(|(_, host)| host);
    origin == config.public_url || (host.is_some() && host == text(headers, "host"))
}

/// Forms are what a foreign page can send without asking first; none of our operations reads them.
fn is_form(headers: &HeaderMap) -> bool {
    text(headers, header::CONTENT_TYPE.as_str()).is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        !OURS.iter().any(|ours| kind.eq_ignore_ascii_case(ours))
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

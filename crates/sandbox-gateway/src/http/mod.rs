//! The gateway's three faces: the merchant's API, the payer's page, the tester's controls.

mod cashier;
mod control;
mod extract;
mod merchant;
mod wallet;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;

use crate::gateway::Gateway;

/// What every handler may need.
#[derive(Clone)]
pub struct Shared {
    /// The gateway.
    pub gateway: Arc<Gateway>,
    /// The merchant's bearer key.
    pub key: Arc<str>,
    /// How payers reach this gateway, without a slash at its end.
    pub public_url: Arc<str>,
}

/// Every route of the gateway.
pub fn router(shared: Shared) -> Router {
    Router::new()
        .nest("/v1", merchant::routes(shared.clone()))
        .nest("/control", control::routes())
        .merge(cashier::routes())
        .layer(middleware::from_fn(headers))
        .with_state(shared)
}

/// Pages carry their own style and nothing else: no script runs, no frame shows them.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let set = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in set {
        let name: HeaderName = name;
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

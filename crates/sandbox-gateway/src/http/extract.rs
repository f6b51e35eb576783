//! How requests are read and who may send them.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, FromRequest, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use super::Shared;
use crate::error::Refusal;

/// A JSON body; what cannot be read is a refusal of ours.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        Json::from_request(request, state)
            .await
            .map(|Json(body)| Self(body))
            .map_err(|fault: JsonRejection| Refusal::Invalid(fault.body_text()))
    }
}

/// Lets only the merchant in.
pub async fn merchant_only(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let shown = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    if bool::from(shown.as_bytes().ct_eq(shared.key.as_bytes())) {
        Ok(next.run(request).await)
    } else {
        Err(Refusal::Unauthorized)
    }
}

/// Lets only this machine in, and no form of a foreign page.
pub async fn local_only(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let foreign = request.method() != Method::GET && sent_by_a_foreign_page(request.headers());
    if peer.ip().is_loopback() && !foreign {
        Ok(next.run(request).await)
    } else {
        Err(Refusal::NotLocal)
    }
}

fn sent_by_a_foreign_page(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site != "same-origin" && site != "none")
}

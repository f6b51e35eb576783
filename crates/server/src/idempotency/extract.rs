//! Reading a keyed mutation: the key's header, and a hash of what was asked.

use axum::body::Bytes;
use axum::extract::{FromRequest, MatchedPath, Request};
use axum::http::HeaderMap;
use contract::ErrorCode;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{Call, Ticket};
use crate::http::json;
use crate::{AppError, AppState};

/// The header that carries the key.
const HEADER: &str = "idempotency-key";

/// The most characters of a key.
const KEY_MAX: usize = 255;

/// A mutation with a JSON body and a key.
pub struct Keyed<T> {
    /// What was asked.
    pub body: T,
    request: Fingerprint,
}

/// A mutation with a key and nothing to say.
pub struct KeyedEmpty(Fingerprint);

struct Fingerprint {
    route: String,
    key: String,
    body_hash: String,
}

impl<T> Keyed<T> {
    /// Lets the call in for `principal`.
    pub fn ticket(&self, state: &AppState, principal: &str) -> Result<Ticket, AppError> {
        self.request.ticket(state, principal)
    }
}

impl KeyedEmpty {
    /// Lets the call in for `principal`.
    pub fn ticket(&self, state: &AppState, principal: &str) -> Result<Ticket, AppError> {
        self.0.ticket(state, principal)
    }
}

impl Fingerprint {
    fn ticket(&self, state: &AppState, principal: &str) -> Result<Ticket, AppError> {
        let call = Call {
            principal: principal.to_owned(),
            route: self.route.clone(),
            key: self.key.clone(),
            body_hash: self.body_hash.clone(),
        };
        Ticket::enter(&state.in_flight, call)
    }
}

impl<T, S> FromRequest<S> for Keyed<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        let head = Head::of(&request)?;
        let json::Raw(bytes) = json::Raw::from_request(request, state).await?;
        Ok(Self {
            body: json::parse(&bytes)?,
            request: head.fingerprint(&bytes),
        })
    }
}

impl<S: Send + Sync> FromRequest<S> for KeyedEmpty {
    type Rejection = AppError;

    async fn from_request(request: Request, _: &S) -> Result<Self, AppError> {
        Ok(Self(Head::of(&request)?.fingerprint(&Bytes::new())))
    }
}

/// What a request says of itself before its body.
struct Head {
    route: String,
    path: String,
    key: String,
}

impl Head {
    fn of(request: &Request) -> Result<Self, AppError> {
        let path = request.uri().path().to_owned();
        let pattern = request
            .extensions()
            .get::<MatchedPath>()
            .map_or(path.as_str(), MatchedPath::as_str);
        Ok(Self {
            route: format!("{} {pattern}", request.method()),
            key: key(request.headers())?,
            path,
        })
    }

    /// The path belongs to what is asked: the same key for another order is another request.
    fn fingerprint(self, body: &[u8]) -> Fingerprint {
        let hash = Sha256::new()
            .chain_update(self.path.as_bytes())
            .chain_update(b"\n")
            .chain_update(body)
            .finalize();
        Fingerprint {
            route: self.route,
            key: self.key,
            body_hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

fn key(headers: &HeaderMap) -> Result<String, AppError> {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|key| (1..=KEY_MAX).contains(&key.len()))
        .map(str::to_owned)
        .ok_or_else(|| {
            AppError::refused(
                ErrorCode::IdempotencyKeyRequired,
                format!("Send an Idempotency-Key header of 1 to {KEY_MAX} characters."),
            )
        })
}

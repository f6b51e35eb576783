//! The only user of reqwasm: JSON both ways, the shopper's language, a deadline, one error type.

use reqwasm::http::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{ApiError, Refused, given};
use crate::i18n::lang;
use crate::platform::deadline::Deadline;
use crate::platform::{json, online, random};

/// A request that has no answer after this long is given up.
const TIMEOUT_MS: u32 = 20_000;

/// Names one intended effect, so that repeating the request cannot repeat the effect. Keep it until a
/// definite answer has come, and repeat with the same one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A new key for a new intention.
    pub fn new() -> Self {
        // A browser without a random generator is not one that WebAssembly runs in; the clock still
        // keeps the keys of one shopper apart.
        let clock = || format!("t{}", crate::platform::page::device_now_ms());
        Self(random::token().unwrap_or_else(clock))
    }
}

impl Default for IdempotencyKey {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads.
///
/// # Errors
/// See [`ApiError`].
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    read(&fetch(path).await?)
}

/// Asks a question that needs a body and changes nothing.
///
/// # Errors
/// See [`ApiError`].
pub async fn ask<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, ApiError> {
    read(&send(Method::POST, path, None, Some(written(body)?)).await?)
}

/// Makes something happen, at most once a key.
///
/// # Errors
/// See [`ApiError`].
pub async fn post<T: DeserializeOwned>(
    path: &str,
    key: &IdempotencyKey,
    body: &impl Serialize,
) -> Result<T, ApiError> {
    read(&send(Method::POST, path, Some(key), Some(written(body)?)).await?)
}

/// Tells the shop something that is only counted and may be lost: no key, no answer.
///
/// # Errors
/// See [`ApiError`].
pub async fn tell(path: &str, body: &impl Serialize) -> Result<(), ApiError> {
    send(Method::POST, path, None, Some(written(body)?))
        .await
        .map(drop)
}

/// Hands something in, at most once a key; the answer has no body.
///
/// # Errors
/// See [`ApiError`].
pub async fn hand_in(
    path: &str,
    key: &IdempotencyKey,
    body: &impl Serialize,
) -> Result<(), ApiError> {
    send(Method::POST, path, Some(key), Some(written(body)?))
        .await
        .map(drop)
}

/// Makes something happen, at most once a key; neither question nor answer has a body.
///
/// # Errors
/// See [`ApiError`].
pub async fn order(path: &str, key: &IdempotencyKey) -> Result<(), ApiError> {
    send(Method::POST, path, Some(key), None).await.map(drop)
}

/// Replaces something.
///
/// # Errors
/// See [`ApiError`].
pub async fn put<T: DeserializeOwned>(
    path: &str,
    key: &IdempotencyKey,
    body: &impl Serialize,
) -> Result<T, ApiError> {
    read(&send(Method::PUT, path, Some(key), Some(written(body)?)).await?)
}

/// Removes something; the answer has no body.
///
/// # Errors
/// See [`ApiError`].
pub async fn delete(path: &str, key: &IdempotencyKey) -> Result<(), ApiError> {
    send(Method::DELETE, path, Some(key), None).await.map(drop)
}

/// What the server said.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON, as a rule.
    pub body: String,
}

fn written(body: &impl Serialize) -> Result<String, ApiError> {
    // Only a map with keys that are not strings fails, and the contract has none.
    serde_json::to_string(body).map_err(|_| ApiError::Unreadable { status: 0 })
}

/// What an answer holds.
///
/// # Errors
/// When it is no JSON or not of this shape.
pub fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, ApiError> {
    json::read(&answer.body).ok_or(ApiError::Unreadable {
        status: answer.status,
    })
}

/// Reads without looking into what is read: the answer that came with the page, else the server's.
///
/// # Errors
/// See [`ApiError`].
pub async fn fetch(path: &str) -> Result<Answer, ApiError> {
    match given::take(path) {
        Some(answer) => success(answer),
        None => send(Method::GET, path, None, None).await,
    }
}

/// Tells a success from a refusal.
pub(super) fn success(answer: Answer) -> Result<Answer, ApiError> {
    let Answer { status, body } = answer;
    if matches!(status, 200..300) {
        return Ok(Answer { status, body });
    }
    Err(match Refused::read(body) {
        Some(body) => ApiError::Refused {
            status,
            body: Box::new(body),
        },
        None => ApiError::Unreadable { status },
    })
}

/// Not generic, so that it is compiled once.
async fn send(
    method: Method,
    path: &str,
    key: Option<&IdempotencyKey>,
    body: Option<String>,
) -> Result<Answer, ApiError> {
    if cfg!(not(target_family = "wasm")) {
        // The server asks nobody while it draws a page.
        return std::future::pending().await;
    }
    let deadline = Deadline::after(TIMEOUT_MS);
    let lost = |deadline: &Option<Deadline>| match deadline {
        Some(deadline) if deadline.is_over() => ApiError::Timeout,
        _ if !online::is_online() => ApiError::Offline,
        _ => ApiError::Network,
    };
    let mut request = RequestBuilder::new(path)
        .method(method)
        .header("Accept", "application/json")
        .header("Accept-Language", lang().tag())
        .abort_signal(deadline.as_ref().map(Deadline::signal).as_ref());
    if let Some(IdempotencyKey(key)) = key {
        request = request.header("Idempotency-Key", key);
    }
    let request = match body {
        Some(body) => request
            .header("Content-Type", "application/json")
            .body(body),
        // The server refuses a mutation that does not say JSON (cross-site forms cannot).
        None => request.header("Content-Type", "application/json").build(),
    };
    let request = request.map_err(|_| ApiError::Network)?;
    let response = request.send().await.map_err(|_| lost(&deadline))?;
    let status = response.status();
    let body = response.text().await.map_err(|_| lost(&deadline))?;
    success(Answer { status, body })
}

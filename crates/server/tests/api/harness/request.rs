//! Asking the shop and looking at its answer.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use contract::{ApiError, ErrorCode};
use http_body_util::BodyExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower::ServiceExt;

/// A request as the shop's own page would send it.
pub struct Request {
    router: Router,
    request: axum::http::Request<Body>,
}

/// What the shop answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Request {
    pub(super) fn new(router: Router, method: &str, path: &str) -> Self {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:8080")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT_LANGUAGE, "en")
            .body(Body::empty())
            .unwrap();
        Self { router, request }
    }

    /// To another node of the shop.
    pub fn on(mut self, node: &Router) -> Self {
        self.router = node.clone();
        self
    }

    /// With a header, in place of the one there may be.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        self.request
            .headers_mut()
            .insert(name, HeaderValue::from_str(value).unwrap());
        self
    }

    /// Without a header.
    pub fn without(mut self, name: &str) -> Self {
        self.request.headers_mut().remove(name);
        self
    }

    /// In a language, such as `zh-CN`.
    pub fn lang(self, tag: &str) -> Self {
        self.header("accept-language", tag)
    }

    /// With an `Idempotency-Key`.
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// With a fresh `Idempotency-Key`.
    pub fn fresh_key(self) -> Self {
        let key = uuid::Uuid::new_v4().to_string();
        self.key(&key)
    }

    /// With a cookie, such as `sid=…`.
    pub fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    /// With a JSON body.
    pub fn json(self, body: &impl Serialize) -> Self {
        self.body(serde_json::to_vec(body).unwrap())
    }

    /// With these bytes as JSON body.
    pub fn body(self, bytes: impl Into<Vec<u8>>) -> Self {
        let mut with_type = self.header("content-type", "application/json");
        *with_type.request.body_mut() = Body::from(bytes.into());
        with_type
    }

    /// Sends it and hands out the answer as it comes, for streams.
    pub async fn stream(self) -> axum::response::Response {
        self.router.oneshot(self.request).await.unwrap()
    }

    /// Sends it and reads the whole answer.
    pub async fn send(self) -> Answer {
        let (parts, body) = self.stream().await.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }

    /// Sends it; the answer must be a success of this type.
    pub async fn ok<T: DeserializeOwned>(self) -> T {
        let answer = self.send().await;
        assert!(
            answer.status.is_success(),
            "{} {}",
            answer.status,
            answer.text()
        );
        answer.json()
    }

    /// Sends it; the answer must be a refusal with this code.
    pub async fn refused(self, code: ErrorCode) -> ApiError {
        let answer = self.send().await;
        let error: ApiError = answer.json();
        assert_eq!(error.code, code, "{}", answer.text());
        error
    }
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }
}

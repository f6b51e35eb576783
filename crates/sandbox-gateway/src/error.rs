//! Why the gateway refuses a request, and how that reads on the wire.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A request that the gateway does not carry out.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The bearer key is missing or wrong.
    #[error("the bearer key is missing or wrong")]
    Unauthorized,
    /// The control surface is for this machine alone.
    #[error("the control surface answers requests from this machine only")]
    NotLocal,
    /// No such payment, refund or page.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The id is known with other content.
    #[error("this {0} id is already used with other content")]
    Conflict(&'static str),
    /// The payment is in a state that does not allow this.
    #[error("the payment is {0}")]
    WrongState(&'static str),
    /// The request cannot be understood.
    #[error("{0}")]
    Invalid(String),
    /// The ledger's file could not be written; nothing has changed.
    #[error("the ledger cannot be written: {0}")]
    Ledger(#[from] std::io::Error),
}

impl Refusal {
    fn wire(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Self::NotLocal => (StatusCode::FORBIDDEN, "not_local"),
            Self::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Self::WrongState(_) => (StatusCode::CONFLICT, "wrong_state"),
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Ledger(_) => (StatusCode::SERVICE_UNAVAILABLE, "ledger_unavailable"),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code) = self.wire();
        if let Self::Ledger(fault) = &self {
            tracing::error!(%fault, "the ledger cannot be written");
        }
        let body = json!({ "error": { "code": code, "message": self.to_string() } });
        (status, Json(body)).into_response()
    }
}

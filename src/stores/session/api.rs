//! The session's requests.

use contract::account::Session;

use crate::api::{self, ApiError, IdempotencyKey};

pub(super) async fn get_session() -> Result<Session, ApiError> {
    api::get("/api/auth/session").await
}

pub(super) async fn sign_out(key: &IdempotencyKey) -> Result<(), ApiError> {
    api::delete("/api/auth/session", key).await
}

//! The requests of signing in, and of the name one goes by.

use contract::account::{CodeRequest, CodeSent, NameRequest, Session, SignIn};

use crate::api::{self, ApiError, IdempotencyKey};

pub(super) async fn request_code(
    key: IdempotencyKey,
    request: CodeRequest,
) -> Result<CodeSent, ApiError> {
    api::post("/api/auth/codes", &key, &request).await
}

pub(super) async fn set_name(
    key: IdempotencyKey,
    request: NameRequest,
) -> Result<Session, ApiError> {
    api::put("/api/account/name", &key, &request).await
}

pub(super) async fn sign_in(key: IdempotencyKey, request: SignIn) -> Result<Session, ApiError> {
    api::post("/api/auth/session", &key, &request).await
}

//! The requests of signing in.

use contract::account::{CodeRequest, CodeSent, Session, SignIn};

use crate::api::{self, ApiError, IdempotencyKey};

pub(super) async fn request_code(
    key: IdempotencyKey,
    request: CodeRequest,
) -> Result<CodeSent, ApiError> {
    api::post("/api/auth/codes", &key, &request).await
}

pub(super) async fn sign_in(key: IdempotencyKey, request: SignIn) -> Result<Session, ApiError> {
    api::post("/api/auth/session", &key, &request).await
}

//! The extractors that tell a handler who is asking.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use contract::{ErrorCode, UserId};

use super::session::{Token, user_of};
use crate::{AppError, AppState};

/// A customer. Guests are refused with `SIGN_IN_REQUIRED`.
#[derive(Clone, Debug)]
pub struct SignedIn(pub UserId);

/// A customer or a guest.
#[derive(Clone, Debug)]
pub struct Viewer(pub Option<UserId>);

impl FromRequestParts<AppState> for Viewer {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let Some(token) = Token::shown(&parts.headers, &state.config) else {
            return Ok(Self(None));
        };
        let user = user_of(state, &token).await?;
        if let Some(user) = &user {
            state.limits.user(user)?;
        }
        Ok(Self(user))
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let Viewer(user) = Viewer::from_request_parts(parts, state).await?;
        user.map(Self).ok_or_else(|| {
            AppError::refused(ErrorCode::SignInRequired, "Sign in first, then try again.")
        })
    }
}

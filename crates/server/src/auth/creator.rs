//! Creators who sign in: which of the shop's creators a phone number is. It is said on the command line
//! (`jishi creator`) and asked for at every operation, so that a revoked one ends at once.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use contract::{ErrorCode, Timestamp, UserId};

use super::{SignedIn, store};
use crate::db::{Conn, Tx};
use crate::phone::Phone;
use crate::{AppError, AppState};

/// Somebody who shows goods in the shop's name. Guests are refused with `SIGN_IN_REQUIRED`, customers with
/// `CREATOR_ONLY`.
#[derive(Clone, Debug)]
pub struct Creator {
    /// The account.
    pub user: UserId,
    /// The creator's word in URLs.
    pub handle: String,
}

impl FromRequestParts<AppState> for Creator {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let SignedIn(user) = SignedIn::from_request_parts(parts, state).await?;
        let mut conn = state.db.reader().acquire().await?;
        let handle = handle_of(&mut conn, Some(&user)).await?;
        handle.map(|handle| Self { user, handle }).ok_or_else(|| {
            AppError::refused(
                ErrorCode::CreatorOnly,
                "This is for creators. The shop makes somebody one.",
            )
        })
    }
}

/// The creator that an account is; none for customers and guests.
pub async fn handle_of(
    conn: &mut Conn,
    account: Option<&UserId>,
) -> Result<Option<String>, AppError> {
    match account {
        Some(account) => store::creator(conn, account).await,
        None => Ok(None),
    }
}

/// Says which creator a phone number is, in place of what it may have been. False when the shop has no such
/// creator.
pub async fn grant(
    tx: &mut Tx,
    phone: &Phone,
    handle: &str,
    now: Timestamp,
) -> Result<bool, AppError> {
    store::grant_creator(tx, phone, handle, now).await
}

/// Takes it away; false when the number is no creator.
pub async fn revoke(tx: &mut Tx, phone: &Phone) -> Result<bool, AppError> {
    store::revoke_creator(tx, phone).await
}

/// Every number that is a creator: phone number and handle.
pub async fn list(conn: &mut Conn) -> Result<Vec<(String, String)>, AppError> {
    store::creators(conn).await
}

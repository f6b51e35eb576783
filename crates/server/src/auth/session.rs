//! Sessions: begun at sign-in, ended at sign-out, by rest or by age.

use crate::db::Conn;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::{Timestamp, UserId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::cookies::{self, Name};
use super::store;
use crate::config::Config;
use crate::{AppError, AppState};

/// A session that rests this long ends, in milliseconds: 30 days.
const IDLE_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// A session ends after this long however busy it is, in milliseconds: 90 days.
const LIFE_MS: i64 = 90 * 24 * 60 * 60 * 1000;
/// Use is written down no more often than this, in milliseconds: an hour.
const TOUCH_MS: i64 = 60 * 60 * 1000;

/// What the browser shows to be signed in: 256 bits, never stored.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl Token {
    /// The token of a sign-in. It follows from the sign-in and the server's secret, so a browser that
    /// missed the answer gets the same token when it asks again, though the server never stored it.
    pub fn of_sign_in(config: &Config, sign_in: &[&str]) -> Result<Self, AppError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(config.server_secret.expose().as_bytes())
            .map_err(AppError::internal)?;
        mac.update(b"session");
        for part in sign_in {
            mac.update(b"\n");
            mac.update(part.as_bytes());
        }
        Ok(Self(mac.finalize().into_bytes().into()))
    }

    /// The token that a request shows, if it has the form of one.
    pub fn shown(headers: &HeaderMap, config: &Config) -> Option<Self> {
        let value = cookies::read(headers, Name::Session, config)?;
        let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The `Set-Cookie` header that gives the token to the browser.
    pub fn cookie(&self, config: &Config) -> Result<HeaderValue, AppError> {
        let value = URL_SAFE_NO_PAD.encode(self.0);
        cookies::set(Name::Session, &value, LIFE_MS / 1000, config)
    }

    /// The `Set-Cookie` header that takes it away.
    pub fn no_cookie(config: &Config) -> Result<HeaderValue, AppError> {
        cookies::set(Name::Session, "", 0, config)
    }

    fn hash(&self) -> String {
        Sha256::digest(self.0)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// Begins a session and ends the one that the browser had before.
pub async fn begin_session(
    conn: &mut Conn,
    user: &UserId,
    token: &Token,
    before: Option<&Token>,
    now: Timestamp,
) -> Result<(), AppError> {
    if let Some(before) = before {
        end_session(conn, before).await?;
    }
    store::insert(conn, &token.hash(), user, now, now.plus_ms(LIFE_MS)).await
}

/// Ends a session; ending one that is over changes nothing.
pub async fn end_session(conn: &mut Conn, token: &Token) -> Result<(), AppError> {
    store::delete(conn, &token.hash()).await
}

/// Whose session a token opens, if it is still open. Notes that it was used.
pub async fn user_of(state: &AppState, token: &Token) -> Result<Option<UserId>, AppError> {
    let hash = token.hash();
    let now = state.clock.now();
    let found = store::find(&state.db, &hash).await?;
    let Some(session) = found.filter(|session| session.is_open(now)) else {
        return Ok(None);
    };
    if now.since(session.seen_at) >= TOUCH_MS {
        let mut tx = state.db.begin().await?;
        store::touch(tx.conn(), &hash, now).await?;
        tx.commit().await?;
    }
    Ok(Some(session.user))
}

/// Deletes sessions that are over; answers how many.
pub async fn prune(state: &AppState) -> Result<u64, AppError> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let pruned = store::prune(tx.conn(), now, now.plus_ms(-IDLE_MS)).await?;
    tx.commit().await?;
    Ok(pruned)
}

/// A session as it is stored.
pub(super) struct Stored {
    pub user: UserId,
    pub seen_at: Timestamp,
    pub ends_at: Timestamp,
}

impl Stored {
    fn is_open(&self, now: Timestamp) -> bool {
        now < self.ends_at && now < self.seen_at.plus_ms(IDLE_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_rest_and_by_age() {
        let session = |seen_at, ends_at| Stored {
            user: "u".into(),
            seen_at: Timestamp(seen_at),
            ends_at: Timestamp(ends_at),
        };
        assert!(session(0, LIFE_MS).is_open(Timestamp(IDLE_MS - 1)));
        assert!(!session(0, LIFE_MS).is_open(Timestamp(IDLE_MS)));
        assert!(!session(LIFE_MS - 1, LIFE_MS).is_open(Timestamp(LIFE_MS)));
    }
}

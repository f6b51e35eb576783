//! Mutations that can be sent twice and happen once (reliability.md 2, inv.I1 to I6).
//!
//! The client makes a key for each mutation. The answer is stored under (principal, route, key) in the
//! transaction of the work itself, so both last or neither does; the same request again is answered with
//! the stored bytes, another request under the same key is refused. What was refused is not stored: it
//! had no effect, and may succeed later.
//!
//! Two twins at once: within a process the second is told to come back; on another node its insert waits
//! for the first's commit and then finds the answer.
//!
//! ```ignore
//! let ticket = keyed.ticket(&state, &buyer)?;
//! let mut work = match ticket.begin(&state).await? {
//!     Begun::Answered(answer) => return Ok(answer),
//!     Begun::Fresh(work) => work,
//! };
//! let address = store::insert(work.conn(), ...).await?;
//! work.finish(StatusCode::CREATED, &address).await
//! ```

mod extract;
mod in_flight;
pub mod store;

use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::{ErrorCode, Timestamp};
use serde::Serialize;

use crate::db::{Conn, Tx};
use crate::outbox::{self, Draft};
use crate::{AppError, AppState};

pub use extract::{Keyed, KeyedEmpty};
pub use in_flight::InFlight;
use in_flight::Pass;

/// How long a key is remembered, in milliseconds: seven days (inv.I6).
pub const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// What makes two requests the same request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// Whose request: an account or a guest's device. Keys of one never touch another's (inv.I5).
    pub principal: String,
    /// Which operation.
    pub route: String,
    /// The client's key.
    pub key: String,
    /// Hash of the path and the body.
    pub body_hash: String,
}

/// The right to work on a call: no twin is in this process at the same time.
pub struct Ticket {
    call: Call,
    _pass: Pass,
}

/// What a call finds when it begins.
#[expect(
    clippy::large_enum_variant,
    reason = "one a mutation, taken apart at once"
)]
pub enum Begun {
    /// It was answered before.
    Answered(Answer),
    /// It is new: do the work.
    Fresh(Work),
}

/// The transaction of a new call.
pub struct Work {
    tx: Tx,
    call: Call,
    state: AppState,
    drafts: Vec<Draft>,
}

/// An answer as it was, or is now, stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// JSON, byte for byte; empty when there is no body.
    pub body: String,
    /// It comes from an earlier request.
    pub replayed: bool,
}

impl Ticket {
    /// Lets a call in, unless its twin is being worked on.
    pub fn enter(flight: &Arc<InFlight>, call: Call) -> Result<Self, AppError> {
        let pass = InFlight::enter(flight, &call).ok_or_else(|| {
            AppError::refused(
                ErrorCode::IdempotencyInProgress,
                "The same request is still running. Send it again in a moment.",
            )
        })?;
        Ok(Self { call, _pass: pass })
    }

    /// The client's key.
    pub fn key(&self) -> &str {
        &self.call.key
    }

    /// The stored answer, for calls that must do something before their transaction.
    pub async fn answered(&self, state: &AppState) -> Result<Option<Answer>, AppError> {
        let mut conn = state.db.reader().acquire().await?;
        match store::find(&mut conn, &self.call).await? {
            Some(stored) => stored.answer_to(&self.call).map(Some),
            None => Ok(None),
        }
    }

    /// Begins the call's transaction with the key in it (inv.I4).
    pub async fn begin(&self, state: &AppState) -> Result<Begun, AppError> {
        let mut tx = state.db.begin().await?;
        if store::claim(tx.conn(), &self.call, state.clock.now()).await? {
            return Ok(Begun::Fresh(Work {
                tx,
                call: self.call.clone(),
                state: state.clone(),
                drafts: Vec::new(),
            }));
        }
        let stored = store::find(tx.conn(), &self.call).await?;
        tx.rollback().await?;
        stored
            .ok_or_else(|| AppError::internal("an idempotency key vanished"))?
            .answer_to(&self.call)
            .map(Begun::Answered)
    }
}

impl Work {
    /// The connection of the transaction.
    pub fn conn(&mut self) -> &mut Conn {
        self.tx.conn()
    }

    /// Adds an event to tell after the commit.
    pub fn tell(&mut self, drafts: impl IntoIterator<Item = Draft>) {
        self.drafts.extend(drafts);
    }

    /// Stores the answer, commits, and gives the answer back.
    pub async fn finish(
        self,
        status: StatusCode,
        body: &impl Serialize,
    ) -> Result<Answer, AppError> {
        let body = serde_json::to_string(body).map_err(AppError::internal)?;
        self.finish_with(status, body).await
    }

    /// As [`Work::finish`], for an answer without a body.
    pub async fn finish_empty(self) -> Result<Answer, AppError> {
        self.finish_with(StatusCode::NO_CONTENT, String::new())
            .await
    }

    async fn finish_with(mut self, status: StatusCode, body: String) -> Result<Answer, AppError> {
        let answer = Answer {
            status,
            body,
            replayed: false,
        };
        store::answer(self.tx.conn(), &self.call, &answer).await?;
        outbox::commit(self.tx, &self.drafts, &self.state.outbox_hint).await?;
        Ok(answer)
    }

    /// Undoes the work; the key stays unused.
    pub async fn abandon(self) -> Result<(), AppError> {
        Ok(self.tx.rollback().await?)
    }
}

impl store::Stored {
    fn answer_to(self, call: &Call) -> Result<Answer, AppError> {
        if self.body_hash != call.body_hash {
            return Err(AppError::refused(
                ErrorCode::IdempotencyKeyReused,
                "This Idempotency-Key was used for another request. Make a new one.",
            ));
        }
        Ok(self.answer)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::NO_CONTENT {
            headers.remove(CONTENT_TYPE);
        } else {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if self.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

/// Forgets keys older than [`KEPT_MS`], at most `limit` of them; answers how many.
pub async fn prune(state: &AppState, limit: i64) -> Result<u64, AppError> {
    let now: Timestamp = state.clock.now();
    let mut tx = state.db.begin().await?;
    let pruned = store::prune(tx.conn(), now.plus_ms(-KEPT_MS), limit).await?;
    tx.commit().await?;
    Ok(pruned)
}

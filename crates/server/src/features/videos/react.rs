//! Liking videos, and what was on screen.

use axum::http::StatusCode;
use contract::videos::{SIGHTS_MAX, Sights};

use crate::idempotency::{Answer, Begun, Ticket};
use crate::videos::not_found;
use crate::videos::store::{likes, show, sights};
use crate::{AppError, AppState, db};

/// The most characters of a sighting's name.
const EVENT_MAX: usize = 64;

/// Likes a video, or no longer.
pub(super) async fn like(
    state: &AppState,
    principal: &str,
    ticket: &Ticket,
    id: &str,
    liked: bool,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        show::maker(work.conn(), id).await?.ok_or_else(not_found)?;
        let now = state.clock.now();
        let likes = likes::set(work.conn(), id, principal, liked, now).await?;
        work.finish(StatusCode::OK, &likes).await
    })
    .await
}

/// Counts what was on screen long enough.
pub(super) async fn note(state: &AppState, told: &Sights) -> Result<(), AppError> {
    if told.seen.len() > SIGHTS_MAX {
        return Err(AppError::field("seen", format!("at most {SIGHTS_MAX}")));
    }
    let misnamed = |event: &str| event.is_empty() || event.len() > EVENT_MAX;
    if let Some(at) = told.seen.iter().position(|sight| misnamed(&sight.event)) {
        let reason = format!("1 to {EVENT_MAX} characters");
        return Err(AppError::field(format!("seen[{at}].event"), reason));
    }
    // Always in the same order, so that two batches never wait for each other.
    let mut seen: Vec<_> = told.seen.iter().collect();
    seen.sort_by(|a, b| (&a.video, &a.event).cmp(&(&b.video, &b.event)));
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        for sight in &seen {
            sights::count(tx.conn(), sight, state.clock.now()).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

//! Entering a giveaway (L9).

use axum::http::StatusCode;
use contract::{ErrorCode, GiveawayId, UserId};

use super::room::come_in;
use crate::auth::role_of;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::live::giveaway;
use crate::{AppError, AppState, db};

/// Enters, once. Refuses with `LIVE_STATE_CONFLICT` what is closed, and with `NOT_ELIGIBLE` who has not done what it
/// asks for, and the shop's own people.
pub(super) async fn enter(
    state: &AppState,
    viewer: &UserId,
    device: Option<&str>,
    ticket: &Ticket,
    (word, id): (&str, &GiveawayId),
) -> Result<Answer, AppError> {
    db::retrying(async || {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let room = come_in(work.conn(), word, Some(viewer), device).await?;
        if role_of(work.conn(), Some(viewer)).await?.is_some() {
            return Err(AppError::refused(
                ErrorCode::NotEligible,
                "The shop's own people do not take part.",
            ));
        }
        let now = state.clock.now();
        let entered = giveaway::enter(work.conn(), &room, id, viewer, now).await?;
        work.finish(StatusCode::CREATED, &entered).await
    })
    .await
}

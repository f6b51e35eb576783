//! Cancelling an order on its buyer's wish.

use contract::{OrderId, UserId};

use super::wish;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Ticket};
use crate::trade::lifecycle::Cause;
use crate::trade::{close, store};
use crate::{AppError, AppState};

/// Closes an unpaid order or refunds a paid one. The gateway is asked first: an order that turns out to
/// be paid is cancelled as a paid one, and its money goes back once.
pub async fn cancel_order(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    ticket: &Ticket,
    id: &OrderId,
) -> Result<Answer, AppError> {
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    store::find_of(&mut *state.db.reader().acquire().await?, id, buyer).await?;
    close::close_payments(state, id).await?;
    let answer = wish::follow(state, buyer, lang, ticket, id, Cause::Cancelled).await?;
    state.jobs_hint.notify_one();
    Ok(answer)
}

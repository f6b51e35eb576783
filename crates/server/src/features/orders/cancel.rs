//! Cancelling an order on its buyer's wish.

use axum::http::StatusCode;
use contract::{OrderId, UserId};

use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::trade::lifecycle::Cause;
use crate::trade::{advance, close, store, view};
use crate::{AppError, AppState, db};

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
    let answer = db::retrying(|| cancel(state, buyer, lang, ticket, id)).await?;
    state.jobs_hint.notify_one();
    Ok(answer)
}

async fn cancel(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    ticket: &Ticket,
    id: &OrderId,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let order = store::find_of(work.conn(), id, buyer).await?;
    let advanced = advance(work.conn(), &order, Cause::Cancelled, now).await?;
    work.tell(advanced.told);
    let order = store::find_of(work.conn(), id, buyer).await?;
    let detail = view::detail(work.conn(), &order, lang, now).await?;
    work.finish(StatusCode::OK, &detail).await
}

//! Asking after a payment, for the page that the cashier returns to.

use axum::http::StatusCode;
use contract::{OrderId, UserId};

use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::payment::store as payments;
use crate::trade::{close, store, view};
use crate::{AppError, AppState, db};

/// Asks the gateway about the order's live payment, settles what it says, and answers the order.
pub async fn check_payment(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    ticket: &Ticket,
    id: &OrderId,
) -> Result<Answer, AppError> {
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    let live = {
        let mut conn = state.db.reader().acquire().await?;
        store::find_of(&mut conn, id, buyer).await?;
        payments::live_of(&mut conn, id).await?
    };
    if let Some(payment) = live {
        close::ask(state, &payment).await?;
    }
    db::retrying(|| answer(state, buyer, lang, ticket, id)).await
}

async fn answer(
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
    let order = store::find_of(work.conn(), id, buyer).await?;
    let now = state.clock.now();
    let detail = view::detail(work.conn(), &order, lang, now).await?;
    work.finish(StatusCode::OK, &detail).await
}

//! What a buyer wants to become of an order: one transaction that takes it the step on, or nothing.

use axum::http::StatusCode;
use contract::{OrderId, UserId};

use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::trade::lifecycle::Cause;
use crate::trade::{advance, store, view};
use crate::{AppError, AppState, db};

/// Takes the buyer's own order one step on and answers with the order as it is then.
pub(super) async fn follow(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    ticket: &Ticket,
    id: &OrderId,
    wish: Cause,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let now = state.clock.now();
        let order = store::find_of(work.conn(), id, buyer).await?;
        let advanced = advance(work.conn(), &order, wish, now).await?;
        work.tell(advanced.told);
        let order = store::find_of(work.conn(), id, buyer).await?;
        let detail = view::detail(work.conn(), &order, lang, now).await?;
        work.finish(StatusCode::OK, &detail).await
    })
    .await
}

//! What staff does to orders, written down with who did it.

use axum::http::StatusCode;
use contract::OrderId;
use contract::orders::OrderState;
use contract::orders_studio::{HandOver, RevealedContact};

use super::view;
use crate::auth::staff::StaffMember;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::trade::lifecycle::Cause;
use crate::trade::{advance, store};
use crate::{AppError, AppState, db};

/// The buyer has the goods: what a buyer's own word does, on the word of who handed them over.
pub(super) async fn hand_over(
    state: &AppState,
    staff: &StaffMember,
    lang: Lang,
    ticket: &Ticket,
    id: &OrderId,
    given: &HandOver,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let now = state.clock.now();
        let order = store::find(work.conn(), id)
            .await?
            .ok_or_else(|| AppError::not_found("order"))?;
        let is_waiting = order.state == OrderState::Paid && order.pickup_code.is_some();
        if is_waiting && order.pickup_code != given.code {
            return Err(AppError::field("code", "is not the one of this order"));
        }
        let advanced = advance(work.conn(), &order, Cause::Received, now).await?;
        work.tell(advanced.told);
        staff
            .note(
                work.conn(),
                "hand_over_order",
                id.as_str(),
                (None, None),
                now,
            )
            .await?;
        let detail = view::detail(work.conn(), id, lang, now).await?;
        work.finish(StatusCode::OK, &detail).await
    })
    .await
}

/// Whom to call, and where to: the name of who asked stays.
pub(super) async fn reveal(
    state: &AppState,
    staff: &StaffMember,
    lang: Lang,
    ticket: &Ticket,
    id: &OrderId,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let order = store::find(work.conn(), id)
        .await?
        .ok_or_else(|| AppError::not_found("order"))?;
    let now = state.clock.now();
    staff
        .note(
            work.conn(),
            "reveal_contact",
            id.as_str(),
            (None, None),
            now,
        )
        .await?;
    let destination = order.destination.to_destination(lang);
    let revealed = RevealedContact {
        contact: destination.contact,
        address: destination.address,
    };
    work.finish(StatusCode::OK, &revealed).await
}

//! Giving back orders on staff's word: full, in part, by line (rules.md M4).

use axum::http::StatusCode;
use contract::OrderId;
use contract::books::{RefundGiven, RefundOrder};

use crate::auth::staff::StaffMember;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::trade::give_back::{Asked, Given, give_back};
use crate::{AppError, AppState};

/// Decides a refund once for the key of the request, and writes down who did.
pub(super) async fn give(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    order: &OrderId,
    asked: &RefundOrder,
) -> Result<Answer, AppError> {
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    let what = Asked {
        lines: asked
            .lines
            .iter()
            .map(|line| (i64::from(line.line), i64::from(line.quantity)))
            .collect(),
        restock: asked.restock,
        key: Some(format!("{} {}", staff.user, ticket.key())),
    };
    let given = match give_back(state, order, &what).await? {
        Given::Part(amount) => RefundGiven {
            whole: false,
            amount: Some(amount),
        },
        Given::Whole | Given::Known => RefundGiven {
            whole: asked.lines.is_empty(),
            amount: None,
        },
    };
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let after = serde_json::to_string(asked).map_err(AppError::internal)?;
    let now = state.clock.now();
    staff
        .note(
            work.conn(),
            "refund_order",
            order.as_str(),
            (None, Some(after)),
            now,
        )
        .await?;
    work.finish(StatusCode::CREATED, &given).await
}

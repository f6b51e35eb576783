//! The buyer says that the goods are there.

use contract::{OrderId, UserId};

use super::wish;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Ticket};
use crate::trade::lifecycle::Cause;
use crate::{AppError, AppState};

/// Takes a paid order as received: the time in which it can be returned begins.
pub async fn confirm_receipt(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    ticket: &Ticket,
    id: &OrderId,
) -> Result<Answer, AppError> {
    wish::follow(state, buyer, lang, ticket, id, Cause::Received).await
}

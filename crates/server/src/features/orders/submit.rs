//! Submitting an order: one transaction that prices, holds stock and writes everything, or nothing.

use axum::http::StatusCode;
use contract::UserId;
use contract::orders::OrderRequest;

use crate::attribution::{self, Invited, Making};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::live::sale;
use crate::pricing::{self, Asking};
use crate::trade::place::{self, Source, Wish};
use crate::trade::view;
use crate::{AppError, AppState, db, ledger};

/// Prices the basket anew, holds its goods and writes the order (rules.md 3.0-1, F1, F3); refuses as
/// [`place::agree`] says.
pub async fn submit_order(
    state: &AppState,
    buyer: &UserId,
    device: Option<&str>,
    lang: Lang,
    ticket: &Ticket,
    request: &OrderRequest,
) -> Result<Answer, AppError> {
    place::check_remark(&request.remark)?;
    db::retrying(|| submit(state, buyer, device, lang, ticket, request)).await
}

async fn submit(
    state: &AppState,
    buyer: &UserId,
    device: Option<&str>,
    lang: Lang,
    ticket: &Ticket,
    request: &OrderRequest,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let priced = pricing::price(
        work.conn(),
        &request.lines,
        Some(&request.fulfilment),
        &Asking::of(state, Some(buyer), now).with(&request.coupons),
    )
    .await?;
    let wish = Wish {
        buyer,
        fulfilment: &request.fulfilment,
        remark: &request.remark,
        expected_total: request.expected_total,
        lang,
        now,
        pay_by: now.plus_ms(place::hold_ms(state.config.pay_ttl)),
    };
    let order = place::agree(&priced, &wish)?;
    ledger::audit::may_sell(work.conn()).await?;
    let told = place::hold_and_write(work.conn(), &order, &priced, Source::Stock).await?;
    let placed_in = match &request.live {
        Some(room) => sale::note_order(work.conn(), room, &order.id, None, now).await?,
        None => None,
    };
    let making = Making {
        order: &order,
        device,
        place: placed_in.as_ref().map(Invited::Live),
        pays: true,
    };
    attribution::freeze(work.conn(), &state.config, making).await?;
    work.tell([told]);
    let detail = view::detail(work.conn(), &order, lang, now).await?;
    work.finish(StatusCode::CREATED, &detail).await
}

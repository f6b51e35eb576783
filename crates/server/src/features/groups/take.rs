//! Taking a seat: one transaction that prices it, holds it with its goods and its quota, and writes its
//! order; never through the cart (G2, G5, G13).

use axum::http::StatusCode;
use contract::UserId;
use contract::groups::{SeatRequest, SeatTaken};
use contract::quote::BasketLine;

use crate::attribution::{self, Invited, Making};
use crate::groups::rules;
use crate::groups::take::{self, Offered};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::pricing::{self, Asking};
use crate::trade::place::{self, Source, Wish};
use crate::trade::view;
use crate::{AppError, AppState, db, ledger};

/// Holds the seat and writes its order. Refuses as [`Offered::check`], [`Offered::special`] and
/// [`place::agree`] say.
pub(super) async fn take_seat(
    state: &AppState,
    buyer: &UserId,
    device: Option<&str>,
    lang: Lang,
    ticket: &Ticket,
    request: &SeatRequest,
) -> Result<Answer, AppError> {
    place::check_remark(&request.remark)?;
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    refuse_early(state, buyer, request).await?;
    db::retrying(|| take(state, buyer, device, lang, ticket, request)).await
}

/// Of a crowd at the last seat nearly everybody comes too late: they are told without waiting for their turn to
/// write. What is asked here is asked again when the seat is held.
async fn refuse_early(
    state: &AppState,
    buyer: &UserId,
    request: &SeatRequest,
) -> Result<(), AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let offered = Offered::find(&mut conn, &request.seat, Some(buyer)).await?;
    offered
        .check(&mut conn, Some(buyer), state.clock.now())
        .await
}

async fn take(
    state: &AppState,
    buyer: &UserId,
    device: Option<&str>,
    lang: Lang,
    ticket: &Ticket,
    request: &SeatRequest,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let line = BasketLine {
        sku: request.sku.clone(),
        quantity: request.quantity,
    };
    let offered = Offered::find(work.conn(), &request.seat, Some(buyer)).await?;
    offered.check(work.conn(), Some(buyer), now).await?;
    let special = offered.special(work.conn(), &line).await?;
    let priced = pricing::price_special(
        work.conn(),
        &line,
        &special,
        Some(&request.fulfilment),
        &Asking::of(state, Some(buyer), now).with(&request.coupons),
    )
    .await?;
    let ends = offered.group.as_ref().map(|group| group.tally.expires_at);
    let wish = Wish {
        buyer,
        fulfilment: &request.fulfilment,
        remark: &request.remark,
        expected_total: request.expected_total,
        lang,
        now,
        pay_by: rules::hold_until(now, place::hold_ms(state.config.seat_ttl), ends),
    };
    let order = place::agree(&priced, &wish)?;
    ledger::audit::may_sell(work.conn()).await?;
    let group = take::hold(work.conn(), &offered, buyer, now).await?;
    let placed = place::hold_and_write(work.conn(), &order, &priced, Source::Stock).await?;
    let conn = work.conn();
    let terms = (&line, &special);
    let making = Making {
        order: &order,
        device,
        place: group.as_ref().map(|group| Invited::Group(&group.id)),
        pays: offered.activity.commission,
    };
    attribution::freeze(conn, &state.config, making).await?;
    let wished = take::Wish {
        on_overflow: request.on_overflow,
        sharing: &state.config.sharing,
    };
    let told = take::sit_down(conn, &offered, group.as_ref(), &order, terms, wished).await?;
    work.tell([placed]);
    work.tell(told);
    let order = view::detail(work.conn(), &order, lang, now).await?;
    work.finish(StatusCode::CREATED, &SeatTaken { order }).await
}

//! Buying at a flash price: its own way to an order, never the cart (L3 to L5).

use axum::http::StatusCode;
use contract::live::{FlashQuote, FlashQuoteRequest, FlashRequest, FlashTaken};
use contract::promotions::PromotionKind;
use contract::quote::{BasketLine, Quote};
use contract::{Cursor, ErrorCode, ErrorDetails, FlashId, Quantity, Timestamp, UserId};

use super::room::come_in;
use promotions::Funding;

use crate::attribution::{self, Invited, Making};
use crate::db::Conn;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::live::flash::entitled;
use crate::live::sale;
use crate::live::store::flash::FlashRow;
use crate::pricing::{self, Asking, Special};
use crate::trade::place::{self, Source, Wish};
use crate::trade::view;
use crate::{AppError, AppState, cursor, db, ledger};

/// What tickets are called.
const TICKET: &str = "flash";

/// The time to pay an order at a flash price, in milliseconds (L5).
const PAY_MS: i64 = 5 * 60 * 1000;

/// Prices a purchase for a viewer, who may be a guest. `FLASH_ENDED` with the usual quote outside the window.
pub(super) async fn quote(
    state: &AppState,
    viewer: Option<&UserId>,
    device: Option<&str>,
    lang: Lang,
    (word, id): (&str, &FlashId),
    request: &FlashQuoteRequest,
) -> Result<FlashQuote, AppError> {
    let now = state.clock.now();
    let mut conn = state.db.reader().acquire().await?;
    let room = come_in(&mut conn, word, viewer, device).await?;
    let flash = sale::find_in(&mut conn, &room.id, id).await?;
    let line = line(&flash, request.quantity);
    if entitled(flash.state, flash.window(), None, now).is_none() {
        return Err(ended(state, &mut conn, lang, &line, now).await?);
    }
    let special = special(&mut conn, &flash, viewer).await?;
    let choice = request.fulfilment.as_ref();
    let asking = Asking::of(state, viewer, now);
    let priced = pricing::price_special(&mut conn, &line, &special, choice, &asking).await?;
    drop(conn);
    if let (Some(buyer), Some(_)) = (viewer, choice) {
        attribution::checkout_goes_on(state, buyer, [&flash.sku]).await?;
    }
    let ticket = cursor::encode(&state.config.server_secret, TICKET, &(id, now))?;
    Ok(FlashQuote {
        quote: priced.to_quote(lang, now),
        ticket: ticket.0,
        offer: flash.offer(),
    })
}

/// Buys. Refuses as [`place::agree`] says, and with `FLASH_ENDED`, `PRACTICE`, `SOLD_OUT`, `LIMIT_EXCEEDED`.
pub(super) async fn buy(
    state: &AppState,
    buyer: &UserId,
    device: Option<&str>,
    lang: Lang,
    ticket: &Ticket,
    what: (&str, &FlashId),
    request: &FlashRequest,
) -> Result<Answer, AppError> {
    place::check_remark(&request.remark)?;
    db::retrying(|| buy_once(state, buyer, device, lang, ticket, what, request)).await
}

async fn buy_once(
    state: &AppState,
    buyer: &UserId,
    device: Option<&str>,
    lang: Lang,
    ticket: &Ticket,
    (word, id): (&str, &FlashId),
    request: &FlashRequest,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let room = come_in(work.conn(), word, Some(buyer), device).await?;
    if room.practice {
        return Err(AppError::refused(
            ErrorCode::Practice,
            "This is a rehearsal; nothing is sold in it.",
        ));
    }
    let flash = sale::find_in(work.conn(), &room.id, id).await?;
    let line = line(&flash, request.quantity);
    let quoted = quoted_at(state, &request.ticket, id);
    let Some(right) = entitled(flash.state, flash.window(), quoted, now) else {
        return Err(ended(state, work.conn(), lang, &line, now).await?);
    };
    let special = special(work.conn(), &flash, Some(buyer)).await?;
    let priced = pricing::price_special(
        work.conn(),
        &line,
        &special,
        Some(&request.fulfilment),
        &Asking::of(state, Some(buyer), now),
    )
    .await?;
    let wish = Wish {
        buyer,
        fulfilment: &request.fulfilment,
        remark: &request.remark,
        expected_total: request.expected_total,
        lang,
        now,
        pay_by: now.plus_ms(PAY_MS),
    };
    let order = place::agree(&priced, &wish)?;
    ledger::audit::may_sell(work.conn()).await?;
    let quantity = i64::from(request.quantity.get());
    let viewers = state.live.watching(&room.id);
    let told = sale::take(work.conn(), &flash, right, &order, quantity, viewers).await?;
    let placed = place::hold_and_write(work.conn(), &order, &priced, Source::Kept).await?;
    let at = Some((id, quantity));
    sale::note_order(work.conn(), &room.id, &order.id, at, now).await?;
    let making = Making {
        order: &order,
        device,
        place: Some(Invited::Live(&room.id)),
        pays: true,
    };
    attribution::freeze(work.conn(), &state.config, making).await?;
    work.tell([placed]);
    work.tell(told);
    let order = view::detail(work.conn(), &order, lang, now).await?;
    work.finish(StatusCode::CREATED, &FlashTaken { order })
        .await
}

fn line(flash: &FlashRow, quantity: Quantity) -> BasketLine {
    BasketLine {
        sku: flash.sku.clone(),
        quantity,
    }
}

/// The terms at which one line is priced; `SOLD_OUT` and `LIMIT_EXCEEDED` where there is nothing to price.
async fn special(
    conn: &mut Conn,
    flash: &FlashRow,
    buyer: Option<&UserId>,
) -> Result<Special, AppError> {
    if flash.free == 0 {
        return Err(sale::sold_out(flash));
    }
    let limit = sale::limit_left(conn, flash, buyer).await?;
    if limit == 0 {
        return Err(place::over_limit(&flash.sku, 0));
    }
    Ok(Special {
        price: flash.price,
        available: u32::try_from(flash.free).unwrap_or(u32::MAX),
        limit,
        apart: true,
        activity: pricing::activity(
            flash.id.as_str(),
            PromotionKind::LiveFlash,
            Funding::store(),
            false,
        ),
    })
}

/// When the price was quoted, by a ticket that this server gave for it.
fn quoted_at(state: &AppState, ticket: &str, id: &FlashId) -> Option<Timestamp> {
    let ticket = Cursor(ticket.to_owned());
    let secret = &state.config.server_secret;
    let (of, at): (FlashId, Timestamp) = cursor::decode(secret, TICKET, &ticket).ok()?;
    (of == *id).then_some(at)
}

/// The price does not hold now: what it costs as everybody pays it.
async fn ended(
    state: &AppState,
    conn: &mut Conn,
    lang: Lang,
    line: &BasketLine,
    now: Timestamp,
) -> Result<AppError, AppError> {
    let lines = std::slice::from_ref(line);
    let usual: Quote = pricing::price(conn, lines, None, &Asking::of(state, None, now))
        .await?
        .to_quote(lang, now);
    Ok(AppError::with_details(
        ErrorCode::FlashEnded,
        "The flash price does not hold now. Show the usual price and ask again.",
        ErrorDetails::PriceChanged(Box::new(usual)),
    ))
}

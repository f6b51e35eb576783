//! Starting a payment. The attempt is written down before the gateway is asked, so that an answer that
//! never came is asked for again under the same id (inv.P5).

use axum::http::StatusCode;
use contract::orders::OrderState;
use contract::payment::PaymentStarted;
use contract::{ErrorCode, OrderId, PaymentId, UserId};
use uuid::Uuid;

use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::payment::store::{self as payments, PaymentRow};
use crate::payment::{GatewayError, NewPayment, PaymentStatus};
use crate::trade::settle::{self, Capture};
use crate::trade::store::{self, OrderRow};
use crate::trade::{close, conflict};
use crate::{AppError, AppState, db};

/// After how long the jobs ask the gateway about a payment that nothing was heard of, in milliseconds.
const FIRST_CHECK_MS: i64 = 30_000;

/// Opens a payment, or finds the live one of the order, and answers where to pay.
pub async fn start_payment(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    ticket: &Ticket,
    id: &OrderId,
) -> Result<Answer, AppError> {
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    let (order, payment) = db::retrying(|| live_payment(state, buyer, lang, id)).await?;
    let cashier_url = match &payment.cashier_url {
        Some(url) => url.clone(),
        None => open_at_gateway(state, &order, &payment).await?,
    };
    let started = PaymentStarted {
        payment: payment.id,
        order: order.id,
        cashier_url,
    };
    db::retrying(|| answer(state, ticket, &started)).await
}

/// The payment of an order that may still be paid; a new one when it has none.
async fn live_payment(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    id: &OrderId,
) -> Result<(OrderRow, PaymentRow), AppError> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let order = store::find_of(tx.conn(), id, buyer).await?;
    if order.state != OrderState::PendingPayment {
        return Err(conflict(order.state));
    }
    if now >= order.pay_by {
        return Err(AppError::refused(
            ErrorCode::OrderStateConflict,
            "The time to pay this order is over. Order again.",
        ));
    }
    if payments::live_of(tx.conn(), id).await?.is_none() {
        let new = payments::NewRow {
            id: PaymentId(Uuid::now_v7().simple().to_string()),
            order: id,
            amount: order.total,
            lang,
            now,
            check_at: now.plus_ms(FIRST_CHECK_MS),
        };
        payments::insert(tx.conn(), &new).await?;
    }
    let live = payments::live_of(tx.conn(), id).await?;
    tx.commit().await?;
    Ok((order, live.ok_or(AppError::Raced)?))
}

async fn open_at_gateway(
    state: &AppState,
    order: &OrderRow,
    payment: &PaymentRow,
) -> Result<String, AppError> {
    let request = describe(state, order, payment).await?;
    let opened = match state.gateway.create(&request).await {
        Ok(opened) => opened,
        Err(error) => return Err(give_up(state, payment, error).await?),
    };
    match (opened.status, opened.cashier_url) {
        (PaymentStatus::Open, Some(url)) => return Ok(url),
        (PaymentStatus::Paid, _) => {
            let capture = Capture {
                payment: payment.id.clone(),
                order: None,
                amount: opened.amount,
                instrument: opened.instrument,
            };
            settle::record(state, &capture).await?;
        }
        (PaymentStatus::Open, None) => {}
        (ended, _) => close::end(state, &payment.id, ended).await?,
    }
    Err(AppError::refused(
        ErrorCode::OrderStateConflict,
        "This payment has ended meanwhile. Load the order again to see where it stands.",
    ))
}

async fn describe(
    state: &AppState,
    order: &OrderRow,
    payment: &PaymentRow,
) -> Result<NewPayment, AppError> {
    let lang = payment.lang;
    let mut conn = state.db.reader().acquire().await?;
    let lines = store::lines(&mut conn, &order.id, order.total.currency).await?;
    let first = lines.first().map(|line| line.snapshot.title(lang));
    let public_url = &state.config.public_url;
    Ok(NewPayment {
        id: payment.id.clone(),
        order: order.id.clone(),
        amount: payment.amount,
        title: title(lang, first.unwrap_or_default(), lines.len()),
        lang: lang.tag().to_owned(),
        return_url: format!("{public_url}/pay/{}", order.id),
        notify_url: format!("{public_url}/api/webhooks/payments"),
        expires_at: order.pay_by,
    })
}

/// What the payer reads: the first of the goods, and that there are more.
fn title(lang: Lang, first: String, lines: usize) -> String {
    match (lang, lines) {
        (_, 0 | 1) => first,
        (Lang::Zh, n) => format!("{first} 等 {n} 种商品"),
        (Lang::En, n) => format!("{first} and {} more", n - 1),
    }
}

async fn answer(
    state: &AppState,
    ticket: &Ticket,
    started: &PaymentStarted,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    payments::mark_open(work.conn(), &started.payment, &started.cashier_url).await?;
    work.finish(StatusCode::CREATED, started).await
}

/// What the buyer is told when no payment was opened. A payment that the gateway refused is closed there,
/// so that the next try begins a new one; one that got no answer is asked for again under its id.
async fn give_up(
    state: &AppState,
    payment: &PaymentRow,
    error: GatewayError,
) -> Result<AppError, AppError> {
    tracing::warn!(payment = %payment.id, %error, "a payment could not be started");
    if matches!(error, GatewayError::Refused(_))
        && close::close_payment(state, payment).await? == close::Learned::NotThere
    {
        close::end(state, &payment.id, PaymentStatus::Closed).await?;
    }
    Ok(AppError::refused(
        ErrorCode::GatewayUnavailable,
        "The payment gateway did not answer. Nothing was taken; try again in a moment.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payer_reads_the_first_of_the_goods_and_that_there_are_more() {
        let pear = || "Pear".to_owned();
        assert_eq!(title(Lang::En, pear(), 1), "Pear");
        assert_eq!(title(Lang::En, pear(), 3), "Pear and 2 more");
        assert_eq!(title(Lang::Zh, "梨".to_owned(), 3), "梨 等 3 种商品");
    }
}

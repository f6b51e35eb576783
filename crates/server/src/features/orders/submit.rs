//! Submitting an order: one transaction that prices, holds stock and writes everything, or nothing.

use axum::http::StatusCode;
use contract::events::{OrderChange, ShopEvent};
use contract::orders::{OrderRequest, OrderState, TimelineEntry, TimelineKind};
use contract::quote::LineIssue;
use contract::{ErrorCode, ErrorDetails, OrderId, SkuId, Timestamp, UserId};
use uuid::Uuid;

use super::destination;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket, Work};
use crate::outbox::Draft;
use crate::pricing::shipping::CarrierTerms;
use crate::pricing::{self, Priced};
use crate::stock::{self, Shortage, Take};
use crate::trade::snapshot::{Line, LineSnapshot};
use crate::trade::store::{self, OrderRow};
use crate::trade::view;
use crate::{AppError, AppState, db};

/// The most characters of a remark.
const REMARK_MAX: usize = 200;

/// Prices the basket anew, holds its goods and writes the order (rules.md 3.0-1, F1, F3). Refuses with
/// `UNKNOWN_SKU`, `SOLD_OUT`, `LIMIT_EXCEEDED`, `FULFILMENT_UNAVAILABLE`, or `PRICE_CHANGED` and the new
/// quote when the buyer was shown another total.
pub async fn submit_order(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    ticket: &Ticket,
    request: &OrderRequest,
) -> Result<Answer, AppError> {
    if request.remark.chars().count() > REMARK_MAX {
        let reason = format!("at most {REMARK_MAX} characters");
        return Err(AppError::field("remark", reason));
    }
    db::retrying(|| submit(state, buyer, lang, ticket, request)).await
}

async fn submit(
    state: &AppState,
    buyer: &UserId,
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
        Some(buyer),
        CarrierTerms::of(&state.config),
    )
    .await?;
    let order = agree(&priced, request, buyer, lang, now, pay_ttl_ms(state))?;
    hold_and_write(&mut work, &order, &priced).await?;
    let detail = view::detail(work.conn(), &order, lang, now).await?;
    work.finish(StatusCode::CREATED, &detail).await
}

/// How long the hold lasts, in milliseconds.
fn pay_ttl_ms(state: &AppState) -> i64 {
    i64::try_from(state.config.pay_ttl.as_millis()).unwrap_or(i64::MAX)
}

/// The order that the priced basket makes, when it is what the buyer agreed to. Pure.
fn agree(
    priced: &Priced,
    request: &OrderRequest,
    buyer: &UserId,
    lang: Lang,
    now: Timestamp,
    pay_ttl_ms: i64,
) -> Result<OrderRow, AppError> {
    for line in &priced.basket.lines {
        if let Some(issue) = &line.issue {
            return Err(refuse_line(&line.wanted.sku, issue));
        }
    }
    let (way, place) = priced
        .chosen
        .as_ref()
        .ok_or_else(|| AppError::internal("a basket was priced without the chosen way"))?;
    let destination = destination::snapshot(&request.fulfilment, way, place)?;
    if let Some(obstacle) = way.obstacle {
        return Err(AppError::refused(
            ErrorCode::FulfilmentUnavailable,
            format!("This way is not open to this basket ({obstacle:?}). Choose another."),
        ));
    }
    if request.expected_total != priced.total {
        return Err(AppError::with_details(
            ErrorCode::PriceChanged,
            "The total has changed. Show the new quote and ask again.",
            ErrorDetails::PriceChanged(Box::new(priced.to_quote(lang, now))),
        ));
    }
    Ok(OrderRow {
        id: OrderId(Uuid::now_v7().simple().to_string()),
        owner: buyer.clone(),
        state: OrderState::PendingPayment,
        version: 1,
        placed_at: now,
        pay_by: now.plus_ms(pay_ttl_ms),
        goods: priced.basket.goods_total,
        shipping: way.fee,
        total: priced.total,
        remark: request.remark.trim().to_owned(),
        destination,
        pickup_code: None,
    })
}

async fn hold_and_write(
    work: &mut Work,
    order: &OrderRow,
    priced: &Priced,
) -> Result<(), AppError> {
    let (mut takes, mut lines) = (Vec::new(), Vec::new());
    for (line, goods) in priced.basket.bought() {
        takes.push(Take {
            sku: line.wanted.sku.clone(),
            quantity: i64::from(line.wanted.quantity),
        });
        lines.push(Line {
            sku: line.wanted.sku.clone(),
            quantity: line.wanted.quantity,
            unit_price: goods.unit_price,
            total: line.total,
            snapshot: LineSnapshot::of(goods),
        });
    }
    stock::reserve(work.conn(), &mut takes)
        .await?
        .map_err(sold_out)?;
    store::insert(work.conn(), order, &lines).await?;
    stock::record_holds(work.conn(), &order.id, &takes).await?;
    let placed = TimelineEntry {
        kind: TimelineKind::Placed,
        at: order.placed_at,
        reason: None,
    };
    store::add_to_timeline(work.conn(), &order.id, order.version * 10, placed).await?;
    work.tell([tell_placed(order)]);
    Ok(())
}

fn tell_placed(order: &OrderRow) -> Draft {
    let change = OrderChange {
        order: order.id.clone(),
        state: order.state,
        version: order.version,
        reason: None,
    };
    let owner = order.owner.as_str();
    Draft::of_order(ShopEvent::OrderPlaced, change, owner, order.placed_at)
}

fn refuse_line(sku: &SkuId, issue: &LineIssue) -> AppError {
    let sku = sku.clone();
    match *issue {
        LineIssue::Gone => AppError::refused(
            ErrorCode::UnknownSku,
            format!("The shop does not sell {sku}. Take it out of the basket."),
        ),
        LineIssue::SoldOut => sold_out(Shortage { sku, available: 0 }),
        LineIssue::OnlyLeft { available } => sold_out(Shortage {
            sku,
            available: i64::from(available),
        }),
        LineIssue::OverLimit { limit } => AppError::with_details(
            ErrorCode::LimitExceeded,
            format!("One order may hold {limit} of {sku}. Take fewer."),
            ErrorDetails::Limit { sku, limit },
        ),
    }
}

fn sold_out(shortage: Shortage) -> AppError {
    let available = u32::try_from(shortage.available).unwrap_or(0);
    let sku = shortage.sku;
    AppError::with_details(
        ErrorCode::SoldOut,
        format!("Only {available} of {sku} are left. Take fewer, or take it out of the basket."),
        ErrorDetails::Stock { sku, available },
    )
}

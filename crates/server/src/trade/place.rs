//! Placing an order out of a priced basket: what the buyer agreed to is checked, its goods are held, and
//! everything is written, in the caller's transaction. A basket, a seat of a group and a flash price end
//! here alike.

use std::time::Duration;

use contract::events::{OrderChange, ShopEvent};
use contract::fulfilment::FulfilmentChoice;
use contract::orders::{OrderState, TimelineEntry, TimelineKind};
use contract::quote::LineIssue;
use contract::{ErrorCode, ErrorDetails, Money, OrderId, SkuId, Timestamp, UserId};
use uuid::Uuid;

use super::destination;
use super::snapshot::{Line, LineSnapshot};
use super::store::{self, OrderRow};
use crate::db::Conn;
use crate::http::language::Lang;
use crate::outbox::Draft;
use crate::pricing::Priced;
use crate::stock::{self, Shortage, Take};
use crate::{AppError, campaigns};

/// The most characters of a remark.
const REMARK_MAX: usize = 200;

/// What a buyer wants besides the goods.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Who buys.
    pub buyer: &'a UserId,
    /// How to get it.
    pub fulfilment: &'a FulfilmentChoice,
    /// A note to the shop.
    pub remark: &'a str,
    /// What the buyer was shown.
    pub expected_total: Money,
    /// Language of a new quote.
    pub lang: Lang,
    /// When the order is placed.
    pub now: Timestamp,
    /// Until when its goods are held for payment.
    pub pay_by: Timestamp,
}

/// A time that goods are held for, in milliseconds.
pub fn hold_ms(ttl: Duration) -> i64 {
    i64::try_from(ttl.as_millis()).unwrap_or(i64::MAX)
}

/// Refuses a remark that is too long.
pub fn check_remark(remark: &str) -> Result<(), AppError> {
    if remark.chars().count() > REMARK_MAX {
        let reason = format!("at most {REMARK_MAX} characters");
        return Err(AppError::field("remark", reason));
    }
    Ok(())
}

/// The order that the priced basket makes, when it is what the buyer agreed to. Refuses with
/// `UNKNOWN_SKU`, `SOLD_OUT`, `LIMIT_EXCEEDED`, `FULFILMENT_UNAVAILABLE`, or `PRICE_CHANGED` and the new
/// quote when the buyer was shown another total. Pure but for the new id.
pub fn agree(priced: &Priced, wish: &Wish<'_>) -> Result<OrderRow, AppError> {
    for line in &priced.basket.lines {
        if let Some(issue) = &line.issue {
            return Err(refuse_line(&line.wanted.sku, issue));
        }
    }
    let (way, place) = priced
        .chosen
        .as_ref()
        .ok_or_else(|| AppError::internal("a basket was priced without the chosen way"))?;
    let destination = destination::snapshot(wish.fulfilment, way, place)?;
    if let Some(obstacle) = way.obstacle {
        return Err(AppError::refused(
            ErrorCode::FulfilmentUnavailable,
            format!("This way is not open to this basket ({obstacle:?}). Choose another."),
        ));
    }
    if wish.expected_total != priced.total {
        return Err(AppError::with_details(
            ErrorCode::PriceChanged,
            "The total has changed. Show the new quote and ask again.",
            ErrorDetails::PriceChanged(Box::new(priced.to_quote(wish.lang, wish.now))),
        ));
    }
    Ok(OrderRow {
        id: OrderId(Uuid::now_v7().simple().to_string()),
        owner: wish.buyer.clone(),
        state: OrderState::PendingPayment,
        version: 1,
        placed_at: wish.now,
        pay_by: wish.pay_by,
        goods: priced.basket.to_pay()?,
        discount: priced.basket.discount,
        shipping: way.fee,
        total: priced.total,
        remark: wish.remark.trim().to_owned(),
        destination,
        pickup_code: None,
    })
}

/// Where the goods of a new order come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The shop's stock.
    Stock,
    /// What a flash price keeps: it was reserved before, and taken from there (L3).
    Kept,
}

/// Holds the goods of a new order and writes it (F1, F3); answers the event that tells of it.
pub async fn hold_and_write(
    conn: &mut Conn,
    order: &OrderRow,
    priced: &Priced,
    source: Source,
) -> Result<Draft, AppError> {
    let (mut takes, mut lines) = (Vec::new(), Vec::new());
    for (line, goods) in priced.basket.bought() {
        takes.push(Take {
            sku: line.wanted.sku.clone(),
            quantity: i64::from(line.wanted.quantity),
        });
        let quantity = i64::from(line.wanted.quantity);
        lines.push(Line {
            sku: line.wanted.sku.clone(),
            quantity: line.wanted.quantity,
            unit_price: goods.unit_price,
            total: line.total,
            pay: line.pay,
            list: line.list,
            cost_minor: goods.cost.saturating_mul(quantity),
            snapshot: LineSnapshot::of(goods),
        });
    }
    if source == Source::Stock {
        // Goods of a flash sale were reserved when it was published.
        let carved = campaigns::carved(&priced.basket.reckoned).carved;
        let is_free = |take: &&Take| !carved.contains(&take.sku);
        let mut free: Vec<Take> = takes.iter().filter(is_free).cloned().collect();
        stock::reserve(conn, &mut free).await?.map_err(sold_out)?;
    }
    store::insert(conn, order, &lines).await?;
    takes.sort();
    stock::record_holds(conn, &order.id, &takes).await?;
    campaigns::take(conn, order, priced).await?;
    let placed = TimelineEntry {
        kind: TimelineKind::Placed,
        at: order.placed_at,
        reason: None,
    };
    store::add_to_timeline(conn, &order.id, order.version * 10, placed).await?;
    Ok(tell_placed(order))
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
        LineIssue::Gone => unknown_sku(&sku),
        LineIssue::SoldOut => sold_out(Shortage { sku, available: 0 }),
        LineIssue::OnlyLeft { available } => sold_out(Shortage {
            sku,
            available: i64::from(available),
        }),
        LineIssue::OverLimit { limit } => over_limit(&sku, limit),
    }
}

/// The shop does not sell this.
pub fn unknown_sku(sku: &SkuId) -> AppError {
    AppError::refused(
        ErrorCode::UnknownSku,
        format!("The shop does not sell {sku}. Take it out of the basket."),
    )
}

/// More than one may have.
pub fn over_limit(sku: &SkuId, limit: u32) -> AppError {
    let sku = sku.clone();
    AppError::with_details(
        ErrorCode::LimitExceeded,
        format!("One order may hold {limit} of {sku}. Take fewer."),
        ErrorDetails::Limit { sku, limit },
    )
}

/// Not enough is left.
pub fn sold_out(shortage: Shortage) -> AppError {
    let available = u32::try_from(shortage.available).unwrap_or(0);
    let sku = shortage.sku;
    AppError::with_details(
        ErrorCode::SoldOut,
        format!("Only {available} of {sku} are left. Take fewer, or take it out of the basket."),
        ErrorDetails::Stock { sku, available },
    )
}

//! SQL of orders and their timelines.

use contract::orders::{OrderEndReason, OrderState, TimelineEntry, TimelineKind};
use contract::{Currency, Money, MoneyError, OrderId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::snapshot::{DestinationSnapshot, Line};
use crate::AppError;
use crate::db::Conn;
use crate::words::{from_word, to_word};

const COLUMNS_BY_ID: &str = "
    SELECT id, owner, state, version, placed_at, pay_by, currency, goods_minor, discount_minor, shipping_minor,
           total_minor, remark, destination, pickup_code
    FROM orders WHERE id = $1";

const PAGE: &str = "
    SELECT id, owner, state, version, placed_at, pay_by, currency, goods_minor, discount_minor, shipping_minor,
           total_minor, remark, destination, pickup_code
    FROM orders
    WHERE owner = $1 AND ($2 = '' OR state = $2) AND (placed_at < $3 OR (placed_at = $3 AND id < $4))
    ORDER BY placed_at DESC, id DESC
    LIMIT $5";

/// An order's row.
#[derive(Clone, Debug)]
pub struct OrderRow {
    /// Its id.
    pub id: OrderId,
    /// Whose it is.
    pub owner: UserId,
    /// Where it stands.
    pub state: OrderState,
    /// Grows with every step.
    pub version: i64,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Pay before this moment.
    pub pay_by: Timestamp,
    /// What is paid for all goods.
    pub goods: Money,
    /// What came off them as a whole.
    pub discount: Money,
    /// Shipping.
    pub shipping: Money,
    /// What is to be paid.
    pub total: Money,
    /// The buyer's note.
    pub remark: String,
    /// Where it goes.
    pub destination: DestinationSnapshot,
    /// To show at the pick-up point, once paid.
    pub pickup_code: Option<String>,
}

/// Where a page of orders starts: after this one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    placed_at: Timestamp,
    id: OrderId,
}

impl Place {
    /// After this order.
    pub fn of(order: &OrderRow) -> Self {
        Self {
            placed_at: order.placed_at,
            id: order.id.clone(),
        }
    }
}

/// Writes a new order.
pub async fn insert(conn: &mut Conn, order: &OrderRow, lines: &[Line]) -> Result<(), AppError> {
    let destination = serde_json::to_string(&order.destination).map_err(AppError::internal)?;
    sqlx::query(
        "INSERT INTO orders (id, owner, state, version, placed_at, pay_by, currency, goods_minor, \
           discount_minor, shipping_minor, total_minor, remark, destination) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(order.id.as_str())
    .bind(order.owner.as_str())
    .bind(to_word(order.state)?)
    .bind(order.version)
    .bind(order.placed_at.0)
    .bind(order.pay_by.0)
    .bind(order.total.currency.code())
    .bind(order.goods.minor)
    .bind(order.discount.minor)
    .bind(order.shipping.minor)
    .bind(order.total.minor)
    .bind(&order.remark)
    .bind(destination)
    .execute(&mut *conn)
    .await?;
    for (position, line) in (0_i64..).zip(lines) {
        insert_line(conn, &order.id, position, line).await?;
    }
    Ok(())
}

async fn insert_line(
    conn: &mut Conn,
    order: &OrderId,
    position: i64,
    line: &Line,
) -> Result<(), AppError> {
    let snapshot = serde_json::to_string(&line.snapshot).map_err(AppError::internal)?;
    sqlx::query(
        "INSERT INTO order_line (order_id, position, sku, quantity, unit_minor, line_minor, pay_minor, list_minor, \
           cost_minor, snapshot) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(order.as_str())
    .bind(position)
    .bind(line.sku.as_str())
    .bind(i64::from(line.quantity))
    .bind(line.unit_price.minor)
    .bind(line.total.minor)
    .bind(line.pay.minor)
    .bind(line.list.minor)
    .bind(line.cost_minor)
    .bind(snapshot)
    .execute(conn)
    .await?;
    Ok(())
}

/// An order, whoever it belongs to: for webhooks and jobs.
pub async fn find(conn: &mut Conn, id: &OrderId) -> Result<Option<OrderRow>, AppError> {
    let row = sqlx::query(COLUMNS_BY_ID)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read_order).transpose()
}

/// Waits for whoever is changing an order; nobody else changes it until the transaction ends.
pub async fn wait_for(conn: &mut Conn, id: &OrderId) -> Result<(), AppError> {
    sqlx::query("UPDATE orders SET version = version WHERE id = $1")
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// An order of this owner; another's looks like none.
pub async fn find_of(conn: &mut Conn, id: &OrderId, owner: &UserId) -> Result<OrderRow, AppError> {
    find(conn, id)
        .await?
        .filter(|order| order.owner == *owner)
        .ok_or_else(|| AppError::not_found("order"))
}

/// An owner's orders, newest first, of one state or of all, at most `limit` after `after`.
pub async fn page(
    conn: &mut Conn,
    owner: &UserId,
    state: Option<OrderState>,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<OrderRow>, AppError> {
    let state = state.map(to_word).transpose()?.unwrap_or_default();
    sqlx::query(PAGE)
        .bind(owner.as_str())
        .bind(state)
        .bind(after.map_or(i64::MAX, |place| place.placed_at.0))
        .bind(after.map_or("", |place| place.id.as_str()))
        .bind(i64::try_from(limit).map_err(AppError::internal)?)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read_order)
        .collect()
}

/// An order's lines.
pub async fn lines(
    conn: &mut Conn,
    order: &OrderId,
    currency: Currency,
) -> Result<Vec<Line>, AppError> {
    sqlx::query(
        "SELECT sku, quantity, unit_minor, line_minor, pay_minor, list_minor, cost_minor, snapshot FROM order_line \
         WHERE order_id = $1 ORDER BY position",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let snapshot: String = row.try_get("snapshot")?;
        let quantity: i64 = row.try_get("quantity")?;
        Ok(Line {
            sku: row.try_get::<String, _>("sku")?.into(),
            quantity: u32::try_from(quantity).map_err(AppError::internal)?,
            unit_price: Money::new(row.try_get("unit_minor")?, currency),
            total: Money::new(row.try_get("line_minor")?, currency),
            pay: Money::new(row.try_get("pay_minor")?, currency),
            list: Money::new(row.try_get("list_minor")?, currency),
            cost_minor: row.try_get("cost_minor")?,
            snapshot: serde_json::from_str(&snapshot).map_err(AppError::internal)?,
        })
    })
    .collect()
}

/// Takes an order from the state and version that were read to the next; false when another came first
/// (rules.md 3.0-3).
pub async fn transition(
    conn: &mut Conn,
    order: &OrderRow,
    to: OrderState,
    pickup_code: Option<&str>,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE orders SET state = $1, version = version + 1, pickup_code = COALESCE($2, pickup_code) \
         WHERE id = $3 AND state = $4 AND version = $5",
    )
    .bind(to_word(to)?)
    .bind(pickup_code)
    .bind(order.id.as_str())
    .bind(to_word(order.state)?)
    .bind(order.version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds an entry to an order's timeline.
pub async fn add_to_timeline(
    conn: &mut Conn,
    order: &OrderId,
    position: i64,
    entry: TimelineEntry,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO order_timeline (order_id, position, kind, at, reason) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(order.as_str())
    .bind(position)
    .bind(to_word(entry.kind)?)
    .bind(entry.at.0)
    .bind(entry.reason.map(to_word).transpose()?)
    .execute(conn)
    .await?;
    Ok(())
}

/// An order's timeline, newest first.
pub async fn timeline(conn: &mut Conn, order: &OrderId) -> Result<Vec<TimelineEntry>, AppError> {
    sqlx::query(
        "SELECT kind, at, reason FROM order_timeline WHERE order_id = $1 ORDER BY position DESC",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let reason: Option<String> = row.try_get("reason")?;
        Ok(TimelineEntry {
            kind: from_word::<TimelineKind>(row.try_get("kind")?)?,
            at: Timestamp(row.try_get("at")?),
            reason: reason.map(from_word::<OrderEndReason>).transpose()?,
        })
    })
    .collect()
}

/// Unpaid orders whose time to pay is over at `now`, longest first, at most `limit`.
pub async fn overdue(
    conn: &mut Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<OrderId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM orders WHERE state = 'pending_payment' AND pay_by <= $1 \
         ORDER BY pay_by LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(OrderId).collect())
}

/// Paid orders that nothing happened to since a moment, longest first, at most `limit`.
pub async fn awaiting_receipt(
    conn: &mut Conn,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<OrderId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT o.id FROM orders o JOIN order_timeline t ON t.order_id = o.id \
         WHERE o.state = 'paid' AND o.placed_at <= $1 \
         GROUP BY o.id HAVING MAX(t.at) <= $1 ORDER BY MAX(t.at) LIMIT $2",
    )
    .bind(since.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(OrderId).collect())
}

fn read_order(row: &AnyRow) -> Result<OrderRow, AppError> {
    let currency: Currency = row
        .try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))?;
    let money = |column: &str| Ok::<_, sqlx::Error>(Money::new(row.try_get(column)?, currency));
    let destination: String = row.try_get("destination")?;
    Ok(OrderRow {
        id: row.try_get::<String, _>("id")?.into(),
        owner: row.try_get::<String, _>("owner")?.into(),
        state: from_word(row.try_get("state")?)?,
        version: row.try_get("version")?,
        placed_at: Timestamp(row.try_get("placed_at")?),
        pay_by: Timestamp(row.try_get("pay_by")?),
        goods: money("goods_minor")?,
        discount: money("discount_minor")?,
        shipping: money("shipping_minor")?,
        total: money("total_minor")?,
        remark: row.try_get("remark")?,
        destination: serde_json::from_str(&destination).map_err(AppError::internal)?,
        pickup_code: row.try_get("pickup_code")?,
    })
}

/// What an order's entries in the books are about, once that is frozen.
pub async fn about(conn: &mut Conn, order: &OrderId) -> Result<Option<String>, AppError> {
    let about: Option<Option<String>> =
        sqlx::query_scalar("SELECT about FROM orders WHERE id = $1")
            .bind(order.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(about.flatten())
}

/// Freezes what an order's entries in the books are about.
pub async fn freeze_about(conn: &mut Conn, order: &OrderId, about: &str) -> Result<(), AppError> {
    sqlx::query("UPDATE orders SET about = $1 WHERE id = $2 AND about IS NULL")
        .bind(about)
        .bind(order.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

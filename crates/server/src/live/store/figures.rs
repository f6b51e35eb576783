//! SQL of what a room made (features.md 41, 42).

use contract::{Currency, LiveId, Money};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;

/// What a room made in orders.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Orders.
    pub orders: i64,
    /// Paid ones, and not given back.
    pub paid: i64,
    /// What was paid for those.
    pub revenue: Money,
}

/// What is left of a product and what there was.
#[derive(Clone, Copy, Debug)]
pub struct Left {
    /// Its number.
    pub number: i64,
    /// Units that can be bought.
    pub left: i64,
    /// Units that there were.
    pub of: i64,
}

/// Orders, paid orders and what was paid.
pub async fn made(conn: &mut Conn, session: &LiveId) -> Result<Made, AppError> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS orders, \
           CAST(COALESCE(SUM(CASE WHEN o.state IN ('paid', 'received') THEN 1 ELSE 0 END), 0) AS BIGINT) AS paid, \
           CAST(COALESCE(SUM(CASE WHEN o.state IN ('paid', 'received') THEN o.total_minor ELSE 0 END), 0) AS BIGINT) \
             AS revenue, MAX(o.currency) AS currency \
         FROM live_order l JOIN orders o ON o.id = l.order_id WHERE l.session = $1",
    )
    .bind(session.as_str())
    .fetch_one(conn)
    .await?;
    let currency: Option<String> = row.try_get("currency")?;
    let currency = currency.and_then(|code| code.parse().ok());
    Ok(Made {
        orders: row.try_get("orders")?,
        paid: row.try_get("paid")?,
        revenue: Money::new(row.try_get("revenue")?, currency.unwrap_or(Currency::CNY)),
    })
}

/// How many orders held what was pinned, by number.
pub async fn pin_orders(conn: &mut Conn, session: &LiveId) -> Result<Vec<(i64, i64)>, AppError> {
    sqlx::query(
        "SELECT pinned, COUNT(*) AS orders FROM live_order \
         WHERE session = $1 AND pinned IS NOT NULL GROUP BY pinned ORDER BY pinned",
    )
    .bind(session.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| Ok((row.try_get("pinned")?, row.try_get("orders")?)))
    .collect()
}

/// What is left of everything on the shelf.
pub async fn left(conn: &mut Conn, session: &LiveId) -> Result<Vec<Left>, AppError> {
    sqlx::query(
        "SELECT l.number, CAST(COALESCE(SUM(s.on_hand - s.reserved - s.sold), 0) AS BIGINT) AS units, \
           CAST(COALESCE(SUM(s.on_hand), 0) AS BIGINT) AS of_all \
         FROM live_shelf l JOIN sku k ON k.product = l.product AND k.on_sale = 1 JOIN stock s ON s.sku = k.id \
         WHERE l.session = $1 AND l.listed = 1 GROUP BY l.number ORDER BY l.number",
    )
    .bind(session.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Left {
            number: row.try_get("number")?,
            left: row.try_get("units")?,
            of: row.try_get("of_all")?,
        })
    })
    .collect()
}

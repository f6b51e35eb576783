//! SQL of what refunds give back of the lines of an order (M4): shares that are stored when a refund is decided.

use std::collections::BTreeMap;

use contract::{OrderId, RefundId};
use sqlx::Row;

use crate::AppError;
use crate::campaigns::store::share as discounts;
use crate::db::Conn;

/// What a refund gives back of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The line's place in the order.
    pub position: i64,
    /// How many.
    pub quantity: i64,
    /// Their price, in minor units.
    pub minor: i64,
}

/// Writes down what a refund gives back, and what it undoes of the discounts of those lines.
pub async fn insert(
    conn: &mut Conn,
    (refund, order): (&RefundId, &OrderId),
    shares: &[Share],
) -> Result<(), AppError> {
    if shares.is_empty() {
        return Ok(());
    }
    let lines = left(conn, order).await?;
    let discounts = discounts::left(conn, order).await?;
    for share in shares {
        if let Some(line) = lines.iter().find(|line| line.position == share.position) {
            let part = (share.position, share.quantity, line.quantity);
            discounts::undo(conn, refund, &discounts, part).await?;
        }
    }
    for share in shares {
        sqlx::query(
            "INSERT INTO refund_line (refund_id, position, quantity, minor) VALUES ($1, $2, $3, $4)",
        )
        .bind(refund.as_str())
        .bind(share.position)
        .bind(share.quantity)
        .bind(share.minor)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// What is left of each line of an order: as it was sold, less what refunds give back.
pub async fn left(conn: &mut Conn, order: &OrderId) -> Result<Vec<Share>, AppError> {
    sqlx::query(
        "SELECT l.position, \
           CAST(l.quantity - COALESCE(SUM(b.quantity), 0) AS BIGINT) AS quantity, \
           CAST(l.pay_minor - COALESCE(SUM(b.minor), 0) AS BIGINT) AS minor \
         FROM order_line l LEFT JOIN (SELECT r.order_id, x.position, x.quantity, x.minor \
             FROM refund_line x JOIN refund r ON r.id = x.refund_id) b \
           ON b.order_id = l.order_id AND b.position = l.position \
         WHERE l.order_id = $1 GROUP BY l.position, l.quantity, l.pay_minor ORDER BY l.position",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Minor units of an order's goods: what they cost, and what of that goes back.
pub async fn goods_of(conn: &mut Conn, order: &OrderId) -> Result<(i64, i64), AppError> {
    let row = sqlx::query(
        "SELECT o.goods_minor, CAST(COALESCE((SELECT SUM(x.minor) FROM refund_line x \
             JOIN refund r ON r.id = x.refund_id WHERE r.order_id = o.id), 0) AS BIGINT) AS back \
         FROM orders o WHERE o.id = $1",
    )
    .bind(order.as_str())
    .fetch_one(conn)
    .await?;
    Ok((row.try_get("goods_minor")?, row.try_get("back")?))
}

/// What each refund of an order gives back of its lines.
pub async fn of_order(
    conn: &mut Conn,
    order: &OrderId,
) -> Result<BTreeMap<String, Vec<Share>>, AppError> {
    let rows = sqlx::query(
        "SELECT x.refund_id, x.position, x.quantity, x.minor FROM refund_line x \
         JOIN refund r ON r.id = x.refund_id WHERE r.order_id = $1 ORDER BY x.refund_id, x.position",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?;
    let mut shares: BTreeMap<String, Vec<Share>> = BTreeMap::new();
    for row in &rows {
        let refund = row.try_get("refund_id")?;
        shares.entry(refund).or_default().push(read(row)?);
    }
    Ok(shares)
}

fn read(row: &sqlx::any::AnyRow) -> Result<Share, AppError> {
    Ok(Share {
        position: row.try_get("position")?,
        quantity: row.try_get("quantity")?,
        minor: row.try_get("minor")?,
    })
}

//! SQL of stock.

use contract::goods_studio::SkuStock;
use contract::{OrderId, SkuId};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Hold, Take};
use crate::AppError;
use crate::db::Conn;

/// Reserves when enough is left; false when not.
pub async fn reserve(conn: &mut Conn, take: &Take) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE stock SET reserved = reserved + $1 \
         WHERE sku = $2 AND on_hand - reserved - sold >= $1",
    )
    .bind(take.quantity)
    .bind(take.sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sells unreserved goods when enough is left; false when not.
pub async fn sell(conn: &mut Conn, take: &Take) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE stock SET sold = sold + $1 \
         WHERE sku = $2 AND on_hand - reserved - sold >= $1",
    )
    .bind(take.quantity)
    .bind(take.sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Undoes [`sell`] within its transaction.
pub async fn unsell(conn: &mut Conn, take: &Take) -> Result<(), AppError> {
    sqlx::query("UPDATE stock SET sold = sold - $1 WHERE sku = $2")
        .bind(take.quantity)
        .bind(take.sku.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Moves goods between reserved, sold and free; false when the bucket does not hold them.
pub async fn shift(conn: &mut Conn, take: &Take, from: Hold, to: Hold) -> Result<bool, AppError> {
    let ((reserved_from, sold_from), (reserved_to, sold_to)) = (from.counts(), to.counts());
    let done = sqlx::query(
        "UPDATE stock SET reserved = reserved + $1, sold = sold + $2 \
         WHERE sku = $3 AND reserved + $1 >= 0 AND sold + $2 >= 0",
    )
    .bind((reserved_to - reserved_from) * take.quantity)
    .bind((sold_to - sold_from) * take.quantity)
    .bind(take.sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many can be bought; 0 for a SKU without stock.
pub async fn available(conn: &mut Conn, sku: &SkuId) -> Result<i64, AppError> {
    let available: Option<i64> =
        sqlx::query_scalar("SELECT on_hand - reserved - sold FROM stock WHERE sku = $1")
            .bind(sku.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(available.unwrap_or(0))
}

/// Changes how many there are, where no fewer are left than are kept and sold.
pub async fn adjust(conn: &mut Conn, sku: &SkuId, by: i64) -> Result<Option<SkuStock>, AppError> {
    let row = sqlx::query(
        "UPDATE stock SET on_hand = on_hand + $1 WHERE sku = $2 AND on_hand + $1 - reserved - sold >= 0 \
         RETURNING on_hand, reserved, sold",
    )
    .bind(by)
    .bind(sku.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Where the pieces of a SKU are.
pub async fn of(conn: &mut Conn, sku: &SkuId) -> Result<Option<SkuStock>, AppError> {
    let row = sqlx::query("SELECT on_hand, reserved, sold FROM stock WHERE sku = $1")
        .bind(sku.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<SkuStock, AppError> {
    Ok(SkuStock::of(
        row.try_get("on_hand")?,
        row.try_get("reserved")?,
        row.try_get("sold")?,
    ))
}

/// Writes a hold.
pub async fn insert_hold(conn: &mut Conn, order: &OrderId, take: &Take) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO stock_hold (order_id, sku, quantity, state) VALUES ($1, $2, $3, 'held')",
    )
    .bind(order.as_str())
    .bind(take.sku.as_str())
    .bind(take.quantity)
    .execute(conn)
    .await?;
    Ok(())
}

/// What an order took, in the order of the SKUs' ids.
pub async fn holds(conn: &mut Conn, order: &OrderId) -> Result<Vec<Take>, AppError> {
    sqlx::query("SELECT sku, quantity FROM stock_hold WHERE order_id = $1 ORDER BY sku")
        .bind(order.as_str())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok(Take {
                sku: row.try_get::<String, _>("sku")?.into(),
                quantity: row.try_get("quantity")?,
            })
        })
        .collect()
}

/// What an order has in one state, in the order of the SKUs' ids.
pub async fn holds_in(conn: &mut Conn, order: &OrderId, of: Hold) -> Result<Vec<Take>, AppError> {
    sqlx::query(
        "SELECT sku, quantity FROM stock_hold WHERE order_id = $1 AND state = $2 ORDER BY sku",
    )
    .bind(order.as_str())
    .bind(of.word())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Take {
            sku: row.try_get::<String, _>("sku")?.into(),
            quantity: row.try_get("quantity")?,
        })
    })
    .collect()
}

/// Takes some out of a sold hold that holds more; false when it holds no more than that.
pub async fn lessen_hold(conn: &mut Conn, order: &OrderId, take: &Take) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE stock_hold SET quantity = quantity - $1 \
         WHERE order_id = $2 AND sku = $3 AND state = 'consumed' AND quantity > $1",
    )
    .bind(take.quantity)
    .bind(order.as_str())
    .bind(take.sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends one state of a hold; false when it is not in that state.
pub async fn end_hold(
    conn: &mut Conn,
    order: &OrderId,
    sku: &SkuId,
    from: Hold,
    to: Hold,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE stock_hold SET state = $1 WHERE order_id = $2 AND sku = $3 AND state = $4",
    )
    .bind(to.word())
    .bind(order.as_str())
    .bind(sku.as_str())
    .bind(from.word())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

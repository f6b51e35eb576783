//! SQL of commission rates.

use contract::shares::RateChange;
use contract::{ProductId, SkuId, Timestamp};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;
use crate::db::columns::count;

/// The rate of a product at a moment.
pub async fn at(
    conn: &mut Conn,
    product: &ProductId,
    moment: Timestamp,
) -> Result<Option<u32>, AppError> {
    let row = sqlx::query(
        "SELECT rate_bp FROM commission_rate WHERE product = $1 AND from_at <= $2 AND void = 0 \
         ORDER BY from_at DESC LIMIT 1",
    )
    .bind(product.as_str())
    .bind(moment.0)
    .fetch_optional(conn)
    .await?;
    Ok(row.as_ref().map(|row| count(row, "rate_bp")).transpose()?)
}

/// The first change of a product's rate after a moment.
pub async fn after(
    conn: &mut Conn,
    product: &ProductId,
    moment: Timestamp,
) -> Result<Option<RateChange>, AppError> {
    let row = sqlx::query(
        "SELECT rate_bp, from_at FROM commission_rate WHERE product = $1 AND from_at > $2 AND void = 0 \
         ORDER BY from_at LIMIT 1",
    )
    .bind(product.as_str())
    .bind(moment.0)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(RateChange {
            rate_bp: count(&row, "rate_bp")?,
            at: Timestamp(row.try_get("from_at")?),
        })
    })
    .transpose()
}

/// Calls off what would change after a moment; it stays in the history.
pub async fn call_off(
    conn: &mut Conn,
    product: &ProductId,
    moment: Timestamp,
) -> Result<(), AppError> {
    sqlx::query("UPDATE commission_rate SET void = 1 WHERE product = $1 AND from_at > $2")
        .bind(product.as_str())
        .bind(moment.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a rate that holds from a moment on.
pub async fn put(
    conn: &mut Conn,
    product: &ProductId,
    rate_bp: u32,
    from: Timestamp,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO commission_rate (product, from_at, rate_bp, set_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (product, from_at) DO UPDATE SET rate_bp = excluded.rate_bp, \
           set_at = excluded.set_at, void = 0",
    )
    .bind(product.as_str())
    .bind(from.0)
    .bind(i64::from(rate_bp))
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a rate for every product on sale that has none.
pub async fn begin(conn: &mut Conn, rate_bp: u32, now: Timestamp) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO commission_rate (product, from_at, rate_bp, set_at) \
         SELECT p.id, CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($1 AS BIGINT) FROM product p \
         WHERE p.on_sale = 1 AND NOT EXISTS (SELECT 1 FROM commission_rate r WHERE r.product = p.id)",
    )
    .bind(now.0)
    .bind(i64::from(rate_bp))
    .execute(conn)
    .await?;
    Ok(())
}

/// The fixed amount of a SKU.
pub async fn fixed(conn: &mut Conn, sku: &SkuId) -> Result<Option<i64>, AppError> {
    let minor = sqlx::query_scalar("SELECT minor FROM commission_fixed WHERE sku = $1")
        .bind(sku.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(minor)
}

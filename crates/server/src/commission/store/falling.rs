//! SQL of rates that fall soon and of who was told.

use contract::shares::RateChange;
use contract::{Timestamp, UserId};
use sqlx::Row;

use crate::AppError;
use crate::commission::falling::Falling;
use crate::db::Conn;
use crate::db::columns::count;

/// Links lead to a product or to a group of it; one that was taken out of use tells nobody.
const UNTOLD: &str = "
    SELECT DISTINCT l.owner FROM share_link l
    WHERE l.revoked_at IS NULL
      AND ((l.target_kind = 'product' AND l.target_id = (SELECT slug FROM product WHERE id = $1))
        OR (l.target_kind = 'group' AND l.target_id IN (SELECT id FROM buy_group WHERE product = $1)))
      AND NOT EXISTS (SELECT 1 FROM commission_rate_told t
                      WHERE t.product = $1 AND t.from_at = $2 AND t.owner = l.owner)
    ORDER BY l.owner LIMIT $3";

/// Only a fall is set for later, so every rate to come is one.
const SOON: &str = "
    SELECT r.product, r.from_at, r.rate_bp FROM commission_rate r
    WHERE r.void = 0 AND r.from_at > $1 AND r.from_at <= $2 ORDER BY r.from_at, r.product LIMIT $3";

/// Rates that fall after a moment and no later than another, at most `limit`.
pub async fn soon(
    conn: &mut Conn,
    (after, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Falling>, AppError> {
    sqlx::query(SOON)
        .bind(after.0)
        .bind(until.0)
        .bind(limit)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok(Falling {
                product: row.try_get::<String, _>("product")?.into(),
                change: RateChange {
                    rate_bp: count(row, "rate_bp")?,
                    at: Timestamp(row.try_get("from_at")?),
                },
            })
        })
        .collect()
}

/// Sharers of the product who were not told, at most `limit`.
pub async fn untold(
    conn: &mut Conn,
    falling: &Falling,
    limit: i64,
) -> Result<Vec<UserId>, AppError> {
    let owners: Vec<String> = sqlx::query_scalar(UNTOLD)
        .bind(falling.product.as_str())
        .bind(falling.change.at.0)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    Ok(owners.into_iter().map(UserId).collect())
}

/// Writes down that a sharer is told; false when another did.
pub async fn mark_told(
    conn: &mut Conn,
    falling: &Falling,
    owner: &UserId,
) -> Result<bool, AppError> {
    let marked = sqlx::query(
        "INSERT INTO commission_rate_told (product, from_at, owner) VALUES ($1, $2, $3) \
         ON CONFLICT DO NOTHING",
    )
    .bind(falling.product.as_str())
    .bind(falling.change.at.0)
    .bind(owner.as_str())
    .execute(conn)
    .await?;
    Ok(marked.rows_affected() == 1)
}

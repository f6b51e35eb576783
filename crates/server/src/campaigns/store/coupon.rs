//! SQL of coupons in wallets.

use contract::{CouponId, OrderId, PromotionId, Timestamp, UserId};
use promotions::Held;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;

/// The newest coupons of a wallet that are looked at.
const WALLET_MAX: i64 = 100;

const OF_OWNER: &str = "SELECT id, promotion, from_at, until_at, order_id FROM coupon \
    WHERE owner = $1 ORDER BY id DESC LIMIT $2";

/// The wallet, newest first.
pub async fn held(conn: &mut Conn, owner: &UserId) -> Result<Vec<Held>, AppError> {
    sqlx::query(OF_OWNER)
        .bind(owner.as_str())
        .bind(WALLET_MAX)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &AnyRow) -> Result<Held, AppError> {
    Ok(Held {
        coupon: row.try_get::<String, _>("id")?.into(),
        promotion: row.try_get::<String, _>("promotion")?.into(),
        from: Timestamp(row.try_get("from_at")?),
        until: Timestamp(row.try_get("until_at")?),
        used: row.try_get::<Option<String>, _>("order_id")?.is_some(),
    })
}

/// An order takes a coupon; false when another has it (F2).
pub async fn use_once(
    conn: &mut Conn,
    coupon: &CouponId,
    owner: &UserId,
    order: &OrderId,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE coupon SET order_id = $1 WHERE id = $2 AND owner = $3 AND order_id IS NULL",
    )
    .bind(order.as_str())
    .bind(coupon.as_str())
    .bind(owner.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An order gives its coupon back.
pub async fn give_back(
    conn: &mut Conn,
    order: &OrderId,
    coupon: Option<&CouponId>,
) -> Result<(), AppError> {
    sqlx::query("UPDATE coupon SET order_id = NULL WHERE order_id = $1 AND id = $2")
        .bind(order.as_str())
        .bind(coupon.map_or("", |coupon| coupon.as_str()))
        .execute(conn)
        .await?;
    Ok(())
}

/// Counts a claim in all and for its owner; false when there are no more, or none for this one (F2).
pub async fn count_claim(
    conn: &mut Conn,
    promotion: &PromotionId,
    owner: &UserId,
) -> Result<bool, AppError> {
    let in_all = sqlx::query(
        "UPDATE promotion SET claimed = claimed + 1 WHERE id = $1 AND state IN ('scheduled', 'running') \
           AND (claim_total IS NULL OR claimed < claim_total)",
    )
    .bind(promotion.as_str())
    .execute(&mut *conn)
    .await?;
    if in_all.rows_affected() == 0 {
        return Ok(false);
    }
    let own = sqlx::query(
        "INSERT INTO promotion_customer (promotion, customer, claimed) VALUES ($1, $2, 1) \
         ON CONFLICT (promotion, customer) DO UPDATE SET claimed = promotion_customer.claimed + 1 \
         WHERE promotion_customer.claimed < (SELECT claim_each FROM promotion WHERE id = $1)",
    )
    .bind(promotion.as_str())
    .bind(owner.as_str())
    .execute(conn)
    .await?;
    Ok(own.rows_affected() == 1)
}

/// How many somebody claimed of a promotion.
pub async fn claimed_by(
    conn: &mut Conn,
    promotion: &PromotionId,
    owner: &UserId,
) -> Result<i64, AppError> {
    let claimed: Option<i64> = sqlx::query_scalar(
        "SELECT claimed FROM promotion_customer WHERE promotion = $1 AND customer = $2",
    )
    .bind(promotion.as_str())
    .bind(owner.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(claimed.unwrap_or_default())
}

/// Puts a coupon into a wallet.
pub async fn insert(
    conn: &mut Conn,
    held: &Held,
    owner: &UserId,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO coupon (id, promotion, owner, claimed_at, from_at, until_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(held.coupon.as_str())
    .bind(held.promotion.as_str())
    .bind(owner.as_str())
    .bind(now.0)
    .bind(held.from.0)
    .bind(held.until.0)
    .execute(conn)
    .await?;
    Ok(())
}

//! SQL of the attribution that an order was made with (A5), and of who brings whom.

use contract::{Currency, Money, MoneyError, OrderId, ShareToken, SkuId, Timestamp, UserId};
use sqlx::Row;

use crate::AppError;
use crate::attribution::rules::Refusal;
use crate::db::Conn;
use crate::words::{from_word, to_word};

/// Who brought an order and on which terms.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// The order.
    pub order: OrderId,
    /// Whose it is.
    pub buyer: UserId,
    /// By which link.
    pub token: ShareToken,
    /// When that was opened.
    pub touch_at: Timestamp,
    /// When the order was made.
    pub frozen_at: Timestamp,
    /// The sharer.
    pub payee_l1: UserId,
    /// Who brought the sharer to the shop, when the shop pays for that.
    pub payee_l2: Option<UserId>,
    /// The second level's share of the commission, in basis points.
    pub share_l2_bp: u32,
    /// Milliseconds between receipt and the day that the commission can be withdrawn.
    pub freeze_ms: i64,
    /// The most that one payee earns in a day, minor units.
    pub day_max: i64,
    /// Why it pays nothing.
    pub refusal: Option<Refusal>,
    /// It was paid.
    pub paid: bool,
}

/// A line's terms.
#[derive(Clone, Debug)]
pub struct FrozenLine {
    /// Its place in the order.
    pub position: i64,
    /// What.
    pub sku: SkuId,
    /// What the rate applies to.
    pub base: Money,
    /// The rate in basis points.
    pub rate_bp: u32,
    /// An amount in place of the rate.
    pub fixed_minor: Option<i64>,
    /// What was given back of the base so far.
    pub refunded_minor: i64,
}

/// How the base is found: what is paid for the goods after all discounts, without shipping and tax (A8).
pub const BASE_RULE: &str = "line_pay";
/// Grows when the rules of this module change what an order would be frozen with.
pub const RULE_VERSION: i64 = 1;

/// Writes the terms of an order.
pub async fn insert(
    conn: &mut Conn,
    frozen: &Frozen,
    lines: &[FrozenLine],
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO order_attribution (order_id, buyer, token, touch_at, frozen_at, payee_l1, \
           payee_l2, share_l2_bp, base_rule, rule_version, freeze_ms, refusal, day_max) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(frozen.order.as_str())
    .bind(frozen.buyer.as_str())
    .bind(frozen.token.as_str())
    .bind(frozen.touch_at.0)
    .bind(frozen.frozen_at.0)
    .bind(frozen.payee_l1.as_str())
    .bind(frozen.payee_l2.as_ref().map(|id| id.0.clone()))
    .bind(i64::from(frozen.share_l2_bp))
    .bind(BASE_RULE)
    .bind(RULE_VERSION)
    .bind(frozen.freeze_ms)
    .bind(frozen.refusal.map(to_word).transpose()?)
    .bind(frozen.day_max)
    .execute(&mut *conn)
    .await?;
    for line in lines {
        sqlx::query(
            "INSERT INTO order_attribution_line (order_id, position, sku, base_minor, rate_bp, fixed_minor) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(frozen.order.as_str())
        .bind(line.position)
        .bind(line.sku.as_str())
        .bind(line.base.minor)
        .bind(i64::from(line.rate_bp))
        .bind(line.fixed_minor)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// The terms of an order.
pub async fn find(conn: &mut Conn, order: &OrderId) -> Result<Option<Frozen>, AppError> {
    let row = sqlx::query(
        "SELECT buyer, token, touch_at, frozen_at, payee_l1, payee_l2, share_l2_bp, freeze_ms, day_max, refusal, paid_at \
         FROM order_attribution WHERE order_id = $1",
    )
    .bind(order.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let refusal: Option<String> = row.try_get("refusal")?;
    Ok(Some(Frozen {
        order: order.clone(),
        buyer: row.try_get::<String, _>("buyer")?.into(),
        token: row.try_get::<String, _>("token")?.into(),
        touch_at: Timestamp(row.try_get("touch_at")?),
        frozen_at: Timestamp(row.try_get("frozen_at")?),
        payee_l1: row.try_get::<String, _>("payee_l1")?.into(),
        payee_l2: row.try_get::<Option<String>, _>("payee_l2")?.map(UserId),
        share_l2_bp: crate::db::columns::count(&row, "share_l2_bp")?,
        freeze_ms: row.try_get("freeze_ms")?,
        day_max: row.try_get("day_max")?,
        refusal: refusal.map(from_word).transpose()?,
        paid: row.try_get::<Option<i64>, _>("paid_at")?.is_some(),
    }))
}

/// The terms of an order's lines.
pub async fn lines(conn: &mut Conn, order: &OrderId) -> Result<Vec<FrozenLine>, AppError> {
    sqlx::query(
        "SELECT l.position, l.sku, l.base_minor, l.rate_bp, l.fixed_minor, l.refunded_minor, o.currency \
         FROM order_attribution_line l JOIN orders o ON o.id = l.order_id \
         WHERE l.order_id = $1 ORDER BY l.position",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let currency: Currency = row
            .try_get::<String, _>("currency")?
            .parse()
            .map_err(|error: MoneyError| AppError::internal(error))?;
        Ok(FrozenLine {
            position: row.try_get("position")?,
            sku: row.try_get::<String, _>("sku")?.into(),
            base: Money::new(row.try_get("base_minor")?, currency),
            rate_bp: crate::db::columns::count(row, "rate_bp")?,
            fixed_minor: row.try_get("fixed_minor")?,
            refunded_minor: row.try_get("refunded_minor")?,
        })
    })
    .collect()
}

/// Marks an order as paid; false when it was before.
pub async fn mark_paid(conn: &mut Conn, order: &OrderId, now: Timestamp) -> Result<bool, AppError> {
    let marked = sqlx::query(
        "UPDATE order_attribution SET paid_at = $1 WHERE order_id = $2 AND paid_at IS NULL",
    )
    .bind(now.0)
    .bind(order.as_str())
    .execute(conn)
    .await?;
    Ok(marked.rows_affected() == 1)
}

/// Says why an order pays nothing after all.
pub async fn refuse(conn: &mut Conn, order: &OrderId, why: Refusal) -> Result<(), AppError> {
    sqlx::query("UPDATE order_attribution SET refusal = $1 WHERE order_id = $2")
        .bind(to_word(why)?)
        .bind(order.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes down what was given back of a line's base so far.
pub async fn note_refund(
    conn: &mut Conn,
    order: &OrderId,
    position: i64,
    refunded_minor: i64,
) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE order_attribution_line SET refunded_minor = $1 WHERE order_id = $2 AND position = $3",
    )
    .bind(refunded_minor)
    .bind(order.as_str())
    .bind(position)
    .execute(conn)
    .await?;
    Ok(())
}

/// Who earned, or would have but for a loop, by what an account bought since a moment.
pub async fn paid_to(
    conn: &mut Conn,
    buyer: &str,
    since: Timestamp,
) -> Result<Vec<String>, AppError> {
    let accounts = sqlx::query_scalar(
        "SELECT payee_l1 FROM order_attribution \
         WHERE buyer = $1 AND paid_at > $2 AND (refusal IS NULL OR refusal = 'loop') \
         UNION SELECT payee_l2 FROM order_attribution \
         WHERE buyer = $1 AND paid_at > $2 AND payee_l2 IS NOT NULL AND (refusal IS NULL OR refusal = 'loop')",
    )
    .bind(buyer)
    .bind(since.0)
    .fetch_all(conn)
    .await?;
    Ok(accounts)
}

/// Who bought what an account earned by, or would have but for a loop, since a moment.
pub async fn bought_from(
    conn: &mut Conn,
    payee: &str,
    since: Timestamp,
) -> Result<Vec<String>, AppError> {
    let accounts = sqlx::query_scalar(
        "SELECT DISTINCT buyer FROM order_attribution \
         WHERE (payee_l1 = $1 OR payee_l2 = $1) AND paid_at > $2 \
           AND (refusal IS NULL OR refusal = 'loop')",
    )
    .bind(payee)
    .bind(since.0)
    .fetch_all(conn)
    .await?;
    Ok(accounts)
}

/// Paid orders since a moment that an account bought and that still pay, with whom they pay.
pub async fn paying_of(
    conn: &mut Conn,
    buyer: &str,
    since: Timestamp,
) -> Result<Vec<(OrderId, String, Option<String>)>, AppError> {
    sqlx::query(
        "SELECT order_id, payee_l1, payee_l2 FROM order_attribution \
         WHERE buyer = $1 AND paid_at > $2 AND refusal IS NULL ORDER BY order_id",
    )
    .bind(buyer)
    .bind(since.0)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let order: String = row.try_get("order_id")?;
        Ok((
            order.into(),
            row.try_get("payee_l1")?,
            row.try_get("payee_l2")?,
        ))
    })
    .collect()
}

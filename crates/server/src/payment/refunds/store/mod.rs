//! SQL of refunds.

pub mod lines;

use contract::{Money, OrderId, PaymentId, RefundId, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::payment::NewRefund;
use crate::payment::store::currency;

/// Money that goes back.
#[derive(Clone, Debug)]
pub struct RefundRow {
    /// Its id.
    pub id: RefundId,
    /// Of which order.
    pub order: OrderId,
    /// How much, in minor units.
    pub minor: i64,
    /// Why, in a word.
    pub reason: String,
    /// The buyer has it.
    pub succeeded: bool,
}

/// Payments of an order with money in them that no refund has claimed yet.
pub async fn captured_of(conn: &mut Conn, order: &OrderId) -> Result<Vec<PaymentId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM payment WHERE order_id = $1 AND refund_minor < captured_minor ORDER BY id",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PaymentId).collect())
}

/// Claims everything that is left of a payment for a refund and writes the refund; false when nothing is
/// left (inv.P2: what is claimed never exceeds what was captured).
pub async fn claim_rest(
    conn: &mut Conn,
    refund: &RefundId,
    payment: &PaymentId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, AppError> {
    let written = sqlx::query(
        "INSERT INTO refund \
           (id, payment_id, order_id, amount_minor, currency, reason, state, created_at, attempt_at) \
         SELECT $1, id, order_id, captured_minor - refund_minor, currency, $2, 'pending', $3, $3 \
         FROM payment WHERE id = $4 AND refund_minor < captured_minor",
    )
    .bind(refund.as_str())
    .bind(reason)
    .bind(now.0)
    .bind(payment.as_str())
    .execute(&mut *conn)
    .await?;
    let claimed = sqlx::query(
        "UPDATE payment SET refund_minor = captured_minor \
         WHERE id = $1 AND refund_minor < captured_minor",
    )
    .bind(payment.as_str())
    .execute(conn)
    .await?;
    match (written.rows_affected(), claimed.rows_affected()) {
        (1, 1) => Ok(true),
        (0, 0) => Ok(false),
        _ => Err(AppError::Raced),
    }
}

/// Claims some of what was captured for an order for a refund with this id, out of one payment; false when none
/// has that much left, or the id is taken.
pub async fn claim_part(
    conn: &mut Conn,
    refund: &RefundId,
    order: &OrderId,
    minor: i64,
    reason: &str,
    now: Timestamp,
) -> Result<bool, AppError> {
    let payment: Option<String> = sqlx::query_scalar(
        "UPDATE payment SET refund_minor = refund_minor + $1 WHERE id = \
           (SELECT id FROM payment WHERE order_id = $2 AND captured_minor - refund_minor >= $1 \
            ORDER BY id LIMIT 1) AND captured_minor - refund_minor >= $1 RETURNING id",
    )
    .bind(minor)
    .bind(order.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(payment) = payment else {
        return Ok(false);
    };
    let written = sqlx::query(
        "INSERT INTO refund \
           (id, payment_id, order_id, amount_minor, currency, reason, state, created_at, attempt_at) \
         SELECT $1, id, order_id, $2, currency, $3, 'pending', $4, $4 FROM payment WHERE id = $5 \
         ON CONFLICT DO NOTHING",
    )
    .bind(refund.as_str())
    .bind(minor)
    .bind(reason)
    .bind(now.0)
    .bind(payment)
    .execute(conn)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Whether there is a refund with this id.
pub async fn is_known(conn: &mut Conn, id: &RefundId) -> Result<bool, AppError> {
    let found: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM refund WHERE id = $1")
        .bind(id.as_str())
        .fetch_one(conn)
        .await?;
    Ok(found > 0)
}

/// Every refund of an order, in the order in which they were decided.
pub async fn of_order(conn: &mut Conn, order: &OrderId) -> Result<Vec<RefundRow>, AppError> {
    sqlx::query(
        "SELECT id, order_id, amount_minor, reason, state FROM refund \
         WHERE order_id = $1 ORDER BY created_at, id",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect()
}

fn read(row: &AnyRow) -> Result<RefundRow, AppError> {
    Ok(RefundRow {
        id: row.try_get::<String, _>("id")?.into(),
        order: row.try_get::<String, _>("order_id")?.into(),
        minor: row.try_get("amount_minor")?,
        reason: row.try_get("reason")?,
        succeeded: row.try_get::<String, _>("state")? == "succeeded",
    })
}

/// Refunds whose time to try has come, at most `limit`, with how often each was tried.
pub async fn due(
    conn: &mut Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(NewRefund, i64)>, AppError> {
    sqlx::query(
        "SELECT id, payment_id, amount_minor, currency, reason, attempts FROM refund \
         WHERE state = 'pending' AND attempt_at <= $1 ORDER BY attempt_at LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let refund = NewRefund {
            id: row.try_get::<String, _>("id")?.into(),
            payment: row.try_get::<String, _>("payment_id")?.into(),
            amount: Money::new(row.try_get("amount_minor")?, currency(row)?),
            reason: row.try_get("reason")?,
        };
        Ok((refund, row.try_get("attempts")?))
    })
    .collect()
}

/// Tries a refund again at `attempt_at`, with the same id.
pub async fn try_later(
    conn: &mut Conn,
    id: &RefundId,
    attempt_at: Timestamp,
) -> Result<(), AppError> {
    sqlx::query("UPDATE refund SET attempts = attempts + 1, attempt_at = $1 WHERE id = $2")
        .bind(attempt_at.0)
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// A refund succeeded; `None` when that was known before or there is no such refund.
pub async fn mark_succeeded(
    conn: &mut Conn,
    id: &RefundId,
    now: Timestamp,
) -> Result<Option<RefundRow>, AppError> {
    let row = sqlx::query(
        "UPDATE refund SET state = 'succeeded', done_at = $1 \
         WHERE id = $2 AND state = 'pending' RETURNING id, order_id, amount_minor, reason, state",
    )
    .bind(now.0)
    .bind(id.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Money of an order that was captured and that no refund has claimed, in minor units.
pub async fn left_minor(conn: &mut Conn, order: &OrderId) -> Result<i64, AppError> {
    let minor = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(captured_minor - refund_minor), 0) AS BIGINT) FROM payment WHERE order_id = $1",
    )
    .bind(order.as_str())
    .fetch_one(conn)
    .await?;
    Ok(minor)
}

/// Refunds of an order that have not succeeded yet.
pub async fn pending(conn: &mut Conn, order: &OrderId) -> Result<i64, AppError> {
    let pending =
        sqlx::query_scalar("SELECT COUNT(*) FROM refund WHERE order_id = $1 AND state = 'pending'")
            .bind(order.as_str())
            .fetch_one(conn)
            .await?;
    Ok(pending)
}

/// Money of an order that is back with the buyer, in minor units.
pub async fn refunded_minor(conn: &mut Conn, order: &OrderId) -> Result<i64, AppError> {
    let minor = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM refund \
         WHERE order_id = $1 AND state = 'succeeded'",
    )
    .bind(order.as_str())
    .fetch_one(conn)
    .await?;
    Ok(minor)
}

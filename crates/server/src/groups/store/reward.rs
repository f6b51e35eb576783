//! SQL of what leaders are owed (G16).

use contract::{GroupId, Money, OrderId, Timestamp, UserId};

use crate::AppError;
use crate::db::Conn;

/// Books what a leader is owed; does nothing when it is booked.
pub async fn book(
    conn: &mut Conn,
    group: &GroupId,
    order: &OrderId,
    payee: &UserId,
    amount: Money,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO group_reward (group_id, order_id, payee, amount_minor, currency, state, booked_at) \
         VALUES ($1, $2, $3, $4, $5, 'pending', $6) ON CONFLICT DO NOTHING",
    )
    .bind(group.as_str())
    .bind(order.as_str())
    .bind(payee.as_str())
    .bind(amount.minor)
    .bind(amount.currency.code())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes back what the leader of this order was owed; does nothing when nothing is.
pub async fn void(conn: &mut Conn, order: &OrderId, now: Timestamp) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE group_reward SET state = 'void', voided_at = $1 \
         WHERE order_id = $2 AND state = 'pending'",
    )
    .bind(now.0)
    .bind(order.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

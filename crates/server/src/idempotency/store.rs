//! SQL of idempotency keys.

use axum::http::StatusCode;
use contract::Timestamp;
use sqlx::Row;

use super::{Answer, Call};
use crate::AppError;
use crate::db::Conn;

/// What stands under a key.
pub struct Stored {
    /// Hash of the request that was answered.
    pub body_hash: String,
    /// Its answer.
    pub answer: Answer,
}

/// Takes the key for this transaction; false when it is taken. On PostgreSQL this waits for a twin's
/// transaction to end.
pub async fn claim(conn: &mut Conn, call: &Call, now: Timestamp) -> Result<bool, AppError> {
    let claimed = sqlx::query(
        "INSERT INTO idempotency_key (principal, route, key, body_hash, created_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(&call.principal)
    .bind(&call.route)
    .bind(&call.key)
    .bind(&call.body_hash)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(claimed.rows_affected() == 1)
}

/// What stands under a call's key.
pub async fn find(conn: &mut Conn, call: &Call) -> Result<Option<Stored>, AppError> {
    let row = sqlx::query(
        "SELECT body_hash, status, answer FROM idempotency_key \
         WHERE principal = $1 AND route = $2 AND key = $3 AND status IS NOT NULL",
    )
    .bind(&call.principal)
    .bind(&call.route)
    .bind(&call.key)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let status: i64 = row.try_get("status")?;
        let status = u16::try_from(status).map_err(AppError::internal)?;
        Ok(Stored {
            body_hash: row.try_get("body_hash")?,
            answer: Answer {
                status: StatusCode::from_u16(status).map_err(AppError::internal)?,
                body: row.try_get("answer")?,
                replayed: true,
            },
        })
    })
    .transpose()
}

/// Stores the answer under the key that this transaction took.
pub async fn answer(conn: &mut Conn, call: &Call, answer: &Answer) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE idempotency_key SET status = $1, answer = $2 \
         WHERE principal = $3 AND route = $4 AND key = $5",
    )
    .bind(i64::from(answer.status.as_u16()))
    .bind(&answer.body)
    .bind(&call.principal)
    .bind(&call.route)
    .bind(&call.key)
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets keys made before a moment, at most `limit` of them.
pub async fn prune(conn: &mut Conn, before: Timestamp, limit: i64) -> Result<u64, AppError> {
    let pruned = sqlx::query(
        "DELETE FROM idempotency_key WHERE created_at < $1 AND created_at <= COALESCE( \
           (SELECT MAX(created_at) FROM (SELECT created_at FROM idempotency_key \
             WHERE created_at < $1 ORDER BY created_at LIMIT $2) AS oldest), 0)",
    )
    .bind(before.0)
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(pruned.rows_affected())
}

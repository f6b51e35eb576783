//! SQL of the outbox.

use contract::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Draft, EVERYBODY};
use crate::AppError;
use crate::bus::Recorded;
use crate::db::Conn;

/// Takes the next `count` numbers and answers the first. Holds the stream's row until the transaction
/// ends: that is what orders commits.
pub async fn take_numbers(conn: &mut Conn, count: i64) -> Result<i64, AppError> {
    let last: i64 =
        sqlx::query_scalar("UPDATE stream SET seq = seq + $1 WHERE id = 'shop' RETURNING seq")
            .bind(count)
            .fetch_one(conn)
            .await?;
    Ok(last - count + 1)
}

/// Writes one numbered event.
pub async fn insert(conn: &mut Conn, seq: i64, draft: &Draft) -> Result<(), AppError> {
    let event = serde_json::to_string(&draft.event).map_err(AppError::internal)?;
    sqlx::query("INSERT INTO outbox (seq, topic, audience, at, event) VALUES ($1, $2, $3, $4, $5)")
        .bind(seq)
        .bind(&draft.topic)
        .bind(&draft.audience)
        .bind(draft.at.0)
        .bind(event)
        .execute(conn)
        .await?;
    Ok(())
}

/// The number of the latest event, 0 before the first.
pub async fn latest(conn: &mut Conn) -> Result<i64, AppError> {
    let seq = sqlx::query_scalar("SELECT seq FROM stream WHERE id = 'shop'")
        .fetch_one(conn)
        .await?;
    Ok(seq)
}

/// The number of the oldest event still kept; one more than the latest when none is.
pub async fn oldest(conn: &mut Conn) -> Result<i64, AppError> {
    let seq = sqlx::query_scalar(
        "SELECT COALESCE((SELECT MIN(seq) FROM outbox), \
                         (SELECT seq + 1 FROM stream WHERE id = 'shop'))",
    )
    .fetch_one(conn)
    .await?;
    Ok(seq)
}

/// Events after `seq`, in order, at most `limit`.
pub async fn after(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Recorded>, AppError> {
    sqlx::query(
        "SELECT seq, topic, audience, at, event FROM outbox WHERE seq > $1 ORDER BY seq LIMIT $2",
    )
    .bind(seq)
    .bind(limit)
    .fetch_all(conn)
    .await?
    .iter()
    .map(recorded)
    .collect()
}

/// Events after `seq` that two audiences or everybody may hear, in order, at most `limit`.
pub async fn after_for(
    conn: &mut Conn,
    seq: i64,
    [first, second]: [&str; 2],
    limit: i64,
) -> Result<Vec<Recorded>, AppError> {
    sqlx::query(
        "SELECT seq, topic, audience, at, event FROM outbox \
         WHERE audience IN ($1, $2, $3) AND seq > $4 ORDER BY seq LIMIT $5",
    )
    .bind(first)
    .bind(second)
    .bind(EVERYBODY)
    .bind(seq)
    .bind(limit)
    .fetch_all(conn)
    .await?
    .iter()
    .map(recorded)
    .collect()
}

/// The word that names this history of events, when it has one.
pub async fn epoch(conn: &mut Conn) -> Result<Option<String>, AppError> {
    let epoch = sqlx::query_scalar("SELECT value FROM meta WHERE key = 'epoch'")
        .fetch_optional(conn)
        .await?;
    Ok(epoch)
}

/// Names this history `new` unless it has a name, and answers its name.
pub async fn begin_epoch(conn: &mut Conn, new: &str) -> Result<String, AppError> {
    sqlx::query("INSERT INTO meta (key, value) VALUES ('epoch', $1) ON CONFLICT DO NOTHING")
        .bind(new)
        .execute(&mut *conn)
        .await?;
    epoch(conn)
        .await?
        .ok_or_else(|| AppError::internal("the epoch cannot be stored"))
}

/// Forgets events that happened before a moment, at most `limit` of them; answers how many.
pub async fn prune(conn: &mut Conn, before: Timestamp, limit: i64) -> Result<u64, AppError> {
    let pruned = sqlx::query(
        "DELETE FROM outbox WHERE seq IN \
         (SELECT seq FROM outbox WHERE at < $1 ORDER BY seq LIMIT $2)",
    )
    .bind(before.0)
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(pruned.rows_affected())
}

fn recorded(row: &AnyRow) -> Result<Recorded, AppError> {
    let event: String = row.try_get("event")?;
    Ok(Recorded {
        seq: row.try_get("seq")?,
        topic: row.try_get("topic")?,
        audience: row.try_get("audience")?,
        at: Timestamp(row.try_get("at")?),
        event: serde_json::from_str(&event).map_err(AppError::internal)?,
    })
}

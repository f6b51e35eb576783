//! SQL of the log of a session: everything that happened, in order, never changed (L1, L11).

use contract::live::LiveChange;
use contract::{LiveId, Timestamp};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;

/// An entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it; empty for the clock.
    pub by: String,
    /// How many watched.
    pub viewers: i64,
    /// What changed.
    pub change: LiveChange,
}

/// A line of chat as the record keeps it.
#[derive(Clone, Debug)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub owner: String,
    /// What.
    pub text: String,
    /// Taken away.
    pub removed: bool,
}

/// The word of a change.
pub fn kind(change: &LiveChange) -> &'static str {
    match change {
        LiveChange::State { .. } => "state",
        LiveChange::Pin { .. } => "pin",
        LiveChange::Flash { .. } => "flash",
        LiveChange::Shelf => "shelf",
        LiveChange::Plan => "plan",
        LiveChange::Giveaway { .. } => "giveaway",
        LiveChange::Comment { .. } => "comment",
        LiveChange::ChatRemoved { .. } => "chat_removed",
        LiveChange::SlowMode { .. } => "slow_mode",
    }
}

/// Adds an entry.
pub async fn insert(conn: &mut Conn, session: &LiveId, entry: &Entry) -> Result<(), AppError> {
    let change = serde_json::to_string(&entry.change).map_err(AppError::internal)?;
    sqlx::query(
        "INSERT INTO live_log (session, seq, at, kind, by_whom, viewers, change) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(session.as_str())
    .bind(entry.seq)
    .bind(entry.at.0)
    .bind(kind(&entry.change))
    .bind(&entry.by)
    .bind(entry.viewers)
    .bind(change)
    .execute(conn)
    .await?;
    Ok(())
}

/// The whole log.
pub async fn all(conn: &mut Conn, session: &LiveId) -> Result<Vec<Entry>, AppError> {
    sqlx::query(
        "SELECT seq, at, by_whom, viewers, change FROM live_log WHERE session = $1 ORDER BY seq",
    )
    .bind(session.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let change: String = row.try_get("change")?;
        Ok(Entry {
            seq: row.try_get("seq")?,
            at: Timestamp(row.try_get("at")?),
            by: row.try_get("by_whom")?,
            viewers: row.try_get("viewers")?,
            change: serde_json::from_str(&change).map_err(AppError::internal)?,
        })
    })
    .collect()
}

/// All that was said, taken away or not.
pub async fn said(conn: &mut Conn, session: &LiveId) -> Result<Vec<Said>, AppError> {
    sqlx::query(
        "SELECT at, owner, text, removed_at FROM live_chat WHERE session = $1 ORDER BY at, id",
    )
    .bind(session.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Said {
            at: Timestamp(row.try_get("at")?),
            owner: row.try_get("owner")?,
            text: row.try_get("text")?,
            removed: row.try_get::<Option<i64>, _>("removed_at")?.is_some(),
        })
    })
    .collect()
}

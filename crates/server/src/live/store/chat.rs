//! SQL of what is said, and of who may say it (L8).

use contract::live::ChatLine;
use contract::{ChatId, LiveId, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;

/// Who said a line, and where.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// The account.
    pub owner: String,
    /// The browser.
    pub device: Option<String>,
}

/// Notes that somebody speaks at `now`; answers when they spoke last if that is less than `every_ms` ago, and
/// then nothing is noted. One statement decides.
pub async fn may_speak(
    conn: &mut Conn,
    session: &LiveId,
    owner: &str,
    every_ms: i64,
    now: Timestamp,
) -> Result<Option<Timestamp>, AppError> {
    let done = sqlx::query(
        "INSERT INTO live_chatter (session, owner, said_at) VALUES ($1, $2, $3) \
         ON CONFLICT (session, owner) DO UPDATE SET said_at = excluded.said_at \
         WHERE live_chatter.said_at <= $4",
    )
    .bind(session.as_str())
    .bind(owner)
    .bind(now.0)
    .bind(now.plus_ms(-every_ms).0)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(None);
    }
    let last: i64 =
        sqlx::query_scalar("SELECT said_at FROM live_chatter WHERE session = $1 AND owner = $2")
            .bind(session.as_str())
            .bind(owner)
            .fetch_one(conn)
            .await?;
    Ok(Some(Timestamp(last)))
}

/// Writes a line.
pub async fn insert(
    conn: &mut Conn,
    session: &LiveId,
    line: &ChatLine,
    speaker: &Speaker,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO live_chat (id, session, at, owner, device, neighbour, text) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(line.id.as_str())
    .bind(session.as_str())
    .bind(line.at.0)
    .bind(&speaker.owner)
    .bind(speaker.device.as_deref())
    .bind(line.neighbour)
    .bind(&line.text)
    .execute(conn)
    .await?;
    Ok(())
}

/// The latest lines that were not taken away, oldest first.
pub async fn latest(
    conn: &mut Conn,
    session: &LiveId,
    limit: i64,
) -> Result<Vec<ChatLine>, AppError> {
    let mut lines = sqlx::query(
        "SELECT id, at, neighbour, text FROM live_chat WHERE session = $1 AND removed_at IS NULL \
         ORDER BY id DESC LIMIT $2",
    )
    .bind(session.as_str())
    .bind(limit)
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect::<Result<Vec<_>, AppError>>()?;
    lines.reverse();
    Ok(lines)
}

/// The first lines from a moment on that were not taken away, for the replay.
pub async fn from(
    conn: &mut Conn,
    session: &LiveId,
    from: Timestamp,
    limit: i64,
) -> Result<Vec<ChatLine>, AppError> {
    sqlx::query(
        "SELECT id, at, neighbour, text FROM live_chat \
         WHERE session = $1 AND at >= $2 AND removed_at IS NULL ORDER BY at, id LIMIT $3",
    )
    .bind(session.as_str())
    .bind(from.0)
    .bind(limit)
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// A line of a session that was not taken away.
pub async fn find(
    conn: &mut Conn,
    session: &LiveId,
    id: &ChatId,
) -> Result<Option<(ChatLine, Speaker)>, AppError> {
    let row = sqlx::query(
        "SELECT id, at, neighbour, text, owner, device FROM live_chat \
         WHERE session = $1 AND id = $2 AND removed_at IS NULL",
    )
    .bind(session.as_str())
    .bind(id.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let speaker = Speaker {
            owner: row.try_get("owner")?,
            device: row.try_get("device")?,
        };
        Ok((read(&row)?, speaker))
    })
    .transpose()
}

/// Takes a line away; false when it is gone.
pub async fn remove(conn: &mut Conn, id: &ChatId, now: Timestamp) -> Result<bool, AppError> {
    let done =
        sqlx::query("UPDATE live_chat SET removed_at = $1 WHERE id = $2 AND removed_at IS NULL")
            .bind(now.0)
            .bind(id.as_str())
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes away all that an account or a browser said in a session; answers which lines.
pub async fn remove_all_of(
    conn: &mut Conn,
    session: &LiveId,
    speaker: &Speaker,
    now: Timestamp,
) -> Result<Vec<ChatId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "UPDATE live_chat SET removed_at = $1 WHERE session = $2 AND removed_at IS NULL \
         AND neighbour IS NOT NULL AND (owner = $3 OR device = $4) RETURNING id",
    )
    .bind(now.0)
    .bind(session.as_str())
    .bind(&speaker.owner)
    .bind(speaker.device.as_deref())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(ChatId).collect())
}

/// The folded words that nobody may say in a host's rooms.
pub async fn blocklist(conn: &mut Conn, host: &str) -> Result<Vec<String>, AppError> {
    let words = sqlx::query_scalar("SELECT word FROM live_blockword WHERE host = $1 ORDER BY word")
        .bind(host)
        .fetch_all(conn)
        .await?;
    Ok(words)
}

/// Puts other words in the place of a host's blocklist.
pub async fn set_blocklist(conn: &mut Conn, host: &str, words: &[String]) -> Result<(), AppError> {
    sqlx::query("DELETE FROM live_blockword WHERE host = $1")
        .bind(host)
        .execute(&mut *conn)
        .await?;
    for word in words {
        sqlx::query(
            "INSERT INTO live_blockword (host, word) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(host)
        .bind(word)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<ChatLine, AppError> {
    Ok(ChatLine {
        id: row.try_get::<String, _>("id")?.into(),
        at: Timestamp(row.try_get("at")?),
        neighbour: row.try_get("neighbour")?,
        text: row.try_get("text")?,
    })
}

//! SQL of making videos ready: taking one up, saying how far it is, and how it ended. Whoever has taken one up has
//! it until `claimed_until`, and longer for every word of it; after that another may.

use contract::{Timestamp, VideoId};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;

/// How long one who says nothing has a video, in milliseconds.
pub const LEASE_MS: i64 = 60_000;

/// A video that was taken up.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Which.
    pub id: VideoId,
    /// How often it was taken up.
    pub attempts: i64,
    /// Until when, as it was told: nobody else's claim ends then.
    pub until: i64,
}

/// All of a file is here: it can be taken up.
pub async fn wait(conn: &mut Conn, id: &VideoId) -> Result<bool, AppError> {
    let done =
        sqlx::query("UPDATE video SET state = 'waiting' WHERE id = $1 AND state = 'uploading'")
            .bind(id.as_str())
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes up the oldest that waits, or that its worker has left.
pub async fn claim(conn: &mut Conn, now: Timestamp) -> Result<Option<Claimed>, AppError> {
    let until = now.plus_ms(LEASE_MS).0;
    let row = sqlx::query(
        "UPDATE video SET state = 'working', attempts = attempts + 1, progress = 0, claimed_until = $1 \
         WHERE id = (SELECT id FROM video \
             WHERE state = 'waiting' OR (state = 'working' AND claimed_until < $2) \
             ORDER BY created_at, id LIMIT 1) \
           AND (state = 'waiting' OR (state = 'working' AND claimed_until < $2)) \
         RETURNING id, attempts",
    )
    .bind(until)
    .bind(now.0)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Claimed {
            id: row.try_get::<String, _>("id")?.into(),
            attempts: row.try_get("attempts")?,
            until,
        })
    })
    .transpose()
}

/// Says how far it is and keeps it; false when it is not this worker's any more.
pub async fn tell(
    conn: &mut Conn,
    claimed: &mut Claimed,
    progress: u32,
    now: Timestamp,
) -> Result<bool, AppError> {
    let until = now.plus_ms(LEASE_MS).0;
    let done = sqlx::query(
        "UPDATE video SET progress = $1, claimed_until = $2 \
         WHERE id = $3 AND state = 'working' AND attempts = $4",
    )
    .bind(i64::from(progress))
    .bind(until)
    .bind(claimed.id.as_str())
    .bind(claimed.attempts)
    .execute(conn)
    .await?;
    claimed.until = until;
    Ok(done.rows_affected() == 1)
}

/// It cannot be used: from the file's first bytes on, or while it was made ready.
pub async fn fail(conn: &mut Conn, id: &VideoId, fault: &str) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE video SET state = 'failed', fault = $1 \
         WHERE id = $2 AND state IN ('uploading', 'waiting', 'working')",
    )
    .bind(fault)
    .bind(id.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// A film as it will be served.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its address.
    pub src: String,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// It is ready; false when it is not this worker's any more.
pub async fn finish(
    conn: &mut Conn,
    claimed: &Claimed,
    duration_ms: u32,
    poster: &str,
    films: &[Made],
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE video SET state = 'ready', progress = 100, duration_ms = $1, poster = $2 \
         WHERE id = $3 AND state = 'working' AND attempts = $4",
    )
    .bind(i64::from(duration_ms))
    .bind(poster)
    .bind(claimed.id.as_str())
    .bind(claimed.attempts)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    for film in films {
        sqlx::query(
            "INSERT INTO video_file (video, src, width, height) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
        )
        .bind(claimed.id.as_str())
        .bind(&film.src)
        .bind(i64::from(film.width))
        .bind(i64::from(film.height))
        .execute(&mut *conn)
        .await?;
    }
    Ok(true)
}

/// A poster, so that a video can name it.
pub async fn put_poster(
    conn: &mut Conn,
    src: &str,
    (width, height): (u32, u32),
    tint: &str,
    widths: &str,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO media (src, width, height, tint, widths) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (src) DO UPDATE SET widths = excluded.widths",
    )
    .bind(src)
    .bind(i64::from(width))
    .bind(i64::from(height))
    .bind(tint)
    .bind(widths)
    .execute(conn)
    .await?;
    Ok(())
}

/// Files that were begun before a moment and never came whole.
pub async fn abandoned(
    conn: &mut Conn,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<VideoId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM video WHERE state = 'uploading' AND created_at < $1 ORDER BY created_at LIMIT $2",
    )
    .bind(before.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(VideoId).collect())
}

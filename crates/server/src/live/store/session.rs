//! SQL of sessions.

use contract::catalog::Picture;
use contract::live::LiveState;
use contract::{ChatId, LiveId, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::live::lifecycle::{PausedBy, Stand};
use crate::words::{Both, from_word, to_word};

/// Takes the session's row for this transaction: on PostgreSQL others wait from here on, on SQLite the
/// transaction has the writer anyway.
const TAKE: &str = "
    UPDATE live_session SET seq = seq WHERE id = $1
    RETURNING id, slug, host, title_zh, title_en, notice_zh, notice_en, state, practice, seq, starts_at, live_at,
              ended_at, paused_by, ingest_at, ingest_lost_at, stream_key, pinned, pinned_at, pinned_chat,
              chat_every_ms, likes, peak_viewers";

const BY_ID: &str = "
    SELECT id, slug, host, title_zh, title_en, notice_zh, notice_en, state, practice, seq, starts_at, live_at,
           ended_at, paused_by, ingest_at, ingest_lost_at, stream_key, pinned, pinned_at, pinned_chat,
           chat_every_ms, likes, peak_viewers
    FROM live_session WHERE id = $1";

/// A room's latest session.
const BY_SLUG: &str = "
    SELECT id, slug, host, title_zh, title_en, notice_zh, notice_en, state, practice, seq, starts_at, live_at,
           ended_at, paused_by, ingest_at, ingest_lost_at, stream_key, pinned, pinned_at, pinned_chat,
           chat_every_ms, likes, peak_viewers
    FROM live_session WHERE slug = $1 ORDER BY created_at DESC, id DESC LIMIT 1";

/// A session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its id.
    pub id: LiveId,
    /// The room that it is held in.
    pub slug: String,
    /// Who hosts it.
    pub host: String,
    /// Its title.
    pub title: Both,
    /// What the host announces.
    pub notice: Both,
    /// Where it stands.
    pub stand: Stand,
    /// A rehearsal (L10).
    pub practice: bool,
    /// Its last event.
    pub seq: i64,
    /// When it is to start.
    pub starts_at: Timestamp,
    /// When it went on air.
    pub live_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Since when a picture is sent.
    pub ingest_at: Option<Timestamp>,
    /// Since when the picture is lost.
    pub ingest_lost_at: Option<Timestamp>,
    /// What lets a picture in.
    pub stream_key: String,
    /// What is pinned (L2).
    pub pinned: Option<i64>,
    /// Since when.
    pub pinned_at: Option<Timestamp>,
    /// The line of chat that is pinned.
    pub pinned_chat: Option<ChatId>,
    /// The least time between two lines of one person, in milliseconds.
    pub chat_every_ms: i64,
    /// Likes that were counted.
    pub likes: i64,
    /// The most that watched at once.
    pub peak_viewers: i64,
}

/// A session as it is planned.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The room that it is held in.
    pub slug: String,
    /// Who hosts it.
    pub host: String,
    /// Its title.
    pub title: Both,
    /// What the host announces.
    pub notice: Both,
    /// Shown before there is a picture.
    pub poster: Option<String>,
    /// Where it stands.
    pub state: LiveState,
    /// A rehearsal.
    pub practice: bool,
    /// When it is to start.
    pub starts_at: Timestamp,
}

/// Takes a session's row until the transaction ends.
pub async fn take(conn: &mut Conn, id: &LiveId) -> Result<Option<SessionRow>, AppError> {
    let row = sqlx::query(TAKE)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// A session by its id.
pub async fn find(conn: &mut Conn, id: &str) -> Result<Option<SessionRow>, AppError> {
    let row = sqlx::query(BY_ID).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// The latest session of a room.
pub async fn latest_of(conn: &mut Conn, slug: &str) -> Result<Option<SessionRow>, AppError> {
    let row = sqlx::query(BY_SLUG).bind(slug).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// The session that a stream key belongs to.
pub async fn of_key(conn: &mut Conn, key: &str) -> Result<Option<LiveId>, AppError> {
    let id: Option<String> =
        sqlx::query_scalar("SELECT id FROM live_session WHERE stream_key = $1")
            .bind(key)
            .fetch_optional(conn)
            .await?;
    Ok(id.map(LiveId))
}

/// Plans a session.
pub async fn insert(
    conn: &mut Conn,
    id: &LiveId,
    new: &NewSession,
    stream_key: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO live_session (id, slug, host, title_zh, title_en, notice_zh, notice_en, poster, state, \
           practice, created_at, starts_at, stream_key) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(id.as_str())
    .bind(&new.slug)
    .bind(&new.host)
    .bind(&new.title.zh)
    .bind(&new.title.en)
    .bind(&new.notice.zh)
    .bind(&new.notice.en)
    .bind(new.poster.as_deref())
    .bind(to_word(new.state)?)
    .bind(i64::from(new.practice))
    .bind(now.0)
    .bind(new.starts_at.0)
    .bind(stream_key)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what became of a taken session; false when it is not the one that was taken (rules.md 3.0-3).
pub async fn write(
    conn: &mut Conn,
    row: &SessionRow,
    taken_seq: i64,
    was: LiveState,
) -> Result<bool, AppError> {
    let written = sqlx::query(
        "UPDATE live_session SET state = $1, seq = $2, live_at = $3, ended_at = $4, paused_by = $5, \
           ingest_at = $6, ingest_lost_at = $7, pinned = $8, pinned_at = $9, pinned_chat = $10, \
           chat_every_ms = $11 \
         WHERE id = $12 AND seq = $13 AND state = $14",
    )
    .bind(to_word(row.stand.state)?)
    .bind(row.seq)
    .bind(row.live_at.map(|at| at.0))
    .bind(row.ended_at.map(|at| at.0))
    .bind(row.stand.paused_by.map(to_word).transpose()?)
    .bind(row.ingest_at.map(|at| at.0))
    .bind(row.ingest_lost_at.map(|at| at.0))
    .bind(row.pinned)
    .bind(row.pinned_at.map(|at| at.0))
    .bind(row.pinned_chat.as_ref().map(ChatId::as_str))
    .bind(row.chat_every_ms)
    .bind(row.id.as_str())
    .bind(taken_seq)
    .bind(to_word(was)?)
    .execute(conn)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Another secret lets a picture in.
pub async fn set_key(conn: &mut Conn, id: &LiveId, stream_key: &str) -> Result<(), AppError> {
    sqlx::query("UPDATE live_session SET stream_key = $1 WHERE id = $2")
        .bind(stream_key)
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Counts likes and the most that watched.
pub async fn count(conn: &mut Conn, id: &LiveId, likes: i64, viewers: i64) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE live_session SET likes = likes + $1, \
           peak_viewers = CASE WHEN peak_viewers < $2 THEN $2 ELSE peak_viewers END WHERE id = $3",
    )
    .bind(likes)
    .bind(viewers)
    .bind(id.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Sessions that the clock may do something about.
pub async fn open(conn: &mut Conn) -> Result<Vec<SessionRow>, AppError> {
    sqlx::query(
        "SELECT id, slug, host, title_zh, title_en, notice_zh, notice_en, state, practice, seq, starts_at, live_at, \
           ended_at, paused_by, ingest_at, ingest_lost_at, stream_key, pinned, pinned_at, pinned_chat, \
           chat_every_ms, likes, peak_viewers \
         FROM live_session WHERE state IN ('scheduled', 'live', 'paused') \
            OR (state = 'ended' AND (ingest_at IS NOT NULL OR ingest_lost_at IS NOT NULL)) ORDER BY starts_at, id",
    )
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Every session with its poster, newest first, at most `limit`.
pub async fn all(
    conn: &mut Conn,
    limit: i64,
) -> Result<Vec<(SessionRow, Option<Picture>)>, AppError> {
    sqlx::query(
        "SELECT s.id, s.slug, s.host, s.title_zh, s.title_en, s.notice_zh, s.notice_en, s.state, s.practice, s.seq, \
           s.starts_at, s.live_at, s.ended_at, s.paused_by, s.ingest_at, s.ingest_lost_at, s.stream_key, s.pinned, \
           s.pinned_at, s.pinned_chat, s.chat_every_ms, s.likes, s.peak_viewers, \
           m.src AS poster_src, m.width AS poster_width, m.height AS poster_height, m.tint AS poster_tint, \
           m.widths AS poster_widths \
         FROM live_session s LEFT JOIN media m ON m.src = s.poster \
         ORDER BY s.created_at DESC, s.id DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| Ok((read(row)?, crate::db::columns::picture(row, "poster")?)))
    .collect()
}

fn read(row: &AnyRow) -> Result<SessionRow, AppError> {
    let moment = |column: &str| {
        let at: Option<i64> = row.try_get(column)?;
        Ok::<_, sqlx::Error>(at.map(Timestamp))
    };
    let both = |name: &str| {
        Ok::<_, sqlx::Error>(Both {
            zh: row.try_get(format!("{name}_zh").as_str())?,
            en: row.try_get(format!("{name}_en").as_str())?,
        })
    };
    let paused_by: Option<String> = row.try_get("paused_by")?;
    let pinned_chat: Option<String> = row.try_get("pinned_chat")?;
    Ok(SessionRow {
        id: row.try_get::<String, _>("id")?.into(),
        slug: row.try_get("slug")?,
        host: row.try_get("host")?,
        title: both("title")?,
        notice: both("notice")?,
        stand: Stand {
            state: from_word(row.try_get("state")?)?,
            paused_by: paused_by.map(from_word::<PausedBy>).transpose()?,
        },
        practice: row.try_get::<i64, _>("practice")? == 1,
        seq: row.try_get("seq")?,
        starts_at: Timestamp(row.try_get("starts_at")?),
        live_at: moment("live_at")?,
        ended_at: moment("ended_at")?,
        ingest_at: moment("ingest_at")?,
        ingest_lost_at: moment("ingest_lost_at")?,
        stream_key: row.try_get("stream_key")?,
        pinned: row.try_get("pinned")?,
        pinned_at: moment("pinned_at")?,
        pinned_chat: pinned_chat.map(ChatId),
        chat_every_ms: row.try_get("chat_every_ms")?,
        likes: row.try_get("likes")?,
        peak_viewers: row.try_get("peak_viewers")?,
    })
}

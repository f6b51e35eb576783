//! SQL of a creator's own videos.

use contract::videos_own::{NewVideo, OwnVideo, VideoState};
use contract::{ProductId, Timestamp, VideoId};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::show::{self, Reader};
use crate::AppError;
use crate::db::Conn;
use crate::db::columns::{count, picture};
use crate::words::from_word;

/// Videos that a creator's list shows.
const LISTED: i64 = 100;

macro_rules! own_columns {
    () => {
        "v.id, v.state, v.fault, v.caption_zh, v.caption_en, v.duration_ms, v.likes, v.views, v.card_views,
         v.created_at, v.file_name, v.file_mark, v.file_size, v.progress,
         (SELECT COUNT(*) FROM video_comment k WHERE k.video = v.id AND k.removed_at IS NULL) AS comments,
         m.src AS poster_src, m.width AS poster_width, m.height AS poster_height, m.tint AS poster_tint, m.widths AS poster_widths
         FROM video v LEFT JOIN media m ON m.src = v.poster WHERE v.creator = $1 AND v.state <> 'deleted'"
    };
}

const LIST: &str = concat!(
    "SELECT ",
    own_columns!(),
    " ORDER BY v.created_at DESC, v.id DESC LIMIT $2"
);
const ONE: &str = concat!("SELECT ", own_columns!(), " AND v.id = $2");

/// A creator's videos, newest first.
pub async fn list(
    conn: &mut Conn,
    reader: Reader<'_>,
    creator: &str,
) -> Result<Vec<OwnVideo>, AppError> {
    let rows = sqlx::query(LIST)
        .bind(creator)
        .bind(LISTED)
        .fetch_all(&mut *conn)
        .await?;
    let mut videos = Vec::with_capacity(rows.len());
    for row in &rows {
        videos.push(read(conn, reader, row).await?);
    }
    Ok(videos)
}

/// One of a creator's videos.
pub async fn find(
    conn: &mut Conn,
    reader: Reader<'_>,
    creator: &str,
    id: &VideoId,
) -> Result<Option<OwnVideo>, AppError> {
    let row = sqlx::query(ONE)
        .bind(creator)
        .bind(id.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    match row {
        Some(row) => read(conn, reader, &row).await.map(Some),
        None => Ok(None),
    }
}

async fn read(conn: &mut Conn, reader: Reader<'_>, row: &AnyRow) -> Result<OwnVideo, AppError> {
    let id: VideoId = row.try_get::<String, _>("id")?.into();
    let fault: Option<String> = row.try_get("fault")?;
    let state: VideoState = from_word(row.try_get("state")?)?;
    let size = row.try_get::<i64, _>("file_size")?;
    let size = u64::try_from(size).unwrap_or_default();
    Ok(OwnVideo {
        state,
        fault: fault.map(from_word).transpose()?,
        name: row.try_get("file_name")?,
        mark: row.try_get("file_mark")?,
        size,
        // What is on its way is counted where it lies.
        received: if state == VideoState::Uploading {
            0
        } else {
            size
        },
        progress: count(row, "progress")?,
        caption: reader.lang.column(row, "caption")?,
        poster: picture(row, "poster")?,
        duration_ms: count(row, "duration_ms")?,
        files: show::files(conn, &id).await?,
        subtitles: show::subtitles(conn, &id).await?,
        products: show::products(conn, reader, &id).await?,
        likes: u64::from(count(row, "likes")?),
        comments: u64::from(count(row, "comments")?),
        views: u64::from(count(row, "views")?),
        card_views: u64::from(count(row, "card_views")?),
        created_at: Timestamp(row.try_get("created_at")?),
        id,
    })
}

/// Where a video stands, and how large its file is to be: enough to take a piece of it in.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The state.
    pub state: VideoState,
    /// Bytes in all.
    pub size: u64,
    /// Length in milliseconds; 0 until that is known.
    pub duration_ms: u32,
}

/// Where one of a creator's videos stands.
pub async fn standing(
    conn: &mut Conn,
    creator: &str,
    id: &VideoId,
) -> Result<Option<Standing>, AppError> {
    let row = sqlx::query(
        "SELECT state, file_size, duration_ms FROM video \
         WHERE creator = $1 AND id = $2 AND state <> 'deleted'",
    )
    .bind(creator)
    .bind(id.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Standing {
            state: from_word(row.try_get("state")?)?,
            size: u64::try_from(row.try_get::<i64, _>("file_size")?).unwrap_or_default(),
            duration_ms: count(&row, "duration_ms")?,
        })
    })
    .transpose()
}

/// How many of a creator's files are on their way.
pub async fn under_way(conn: &mut Conn, creator: &str) -> Result<i64, AppError> {
    let count = sqlx::query_scalar(
        "SELECT COUNT(*) FROM video WHERE creator = $1 AND state IN ('uploading', 'waiting', 'working')",
    )
    .bind(creator)
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// Begins a video.
pub async fn insert(
    conn: &mut Conn,
    creator: &str,
    id: &VideoId,
    new: &NewVideo,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO video (id, creator, state, caption_zh, caption_en, created_at, file_name, file_mark, file_size) \
         VALUES ($1, $2, 'uploading', '', '', $3, $4, $5, $6)",
    )
    .bind(id.as_str())
    .bind(creator)
    .bind(now.0)
    .bind(&new.name)
    .bind(&new.mark)
    .bind(i64::try_from(new.size).unwrap_or(i64::MAX))
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what is said of a video, and what it shows.
pub async fn describe(
    conn: &mut Conn,
    id: &VideoId,
    caption: &str,
    products: &[(ProductId, u32, u32)],
) -> Result<(), AppError> {
    sqlx::query("UPDATE video SET caption_zh = $1, caption_en = $1 WHERE id = $2")
        .bind(caption)
        .bind(id.as_str())
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM video_product WHERE video = $1")
        .bind(id.as_str())
        .execute(&mut *conn)
        .await?;
    for (position, (product, start, end)) in (0_i64..).zip(products) {
        sqlx::query(
            "INSERT INTO video_product (video, position, product, start_ms, end_ms) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id.as_str())
        .bind(position)
        .bind(product.as_str())
        .bind(i64::from(*start))
        .bind(i64::from(*end))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Shows a video that is ready to everybody, or no longer. Its time is that of the first time.
pub async fn publish(
    conn: &mut Conn,
    id: &VideoId,
    published: bool,
    now: Timestamp,
) -> Result<bool, AppError> {
    let (from, to) = match published {
        true => ("ready", "published"),
        false => ("published", "ready"),
    };
    let done = sqlx::query(
        "UPDATE video SET state = $1, published_at = COALESCE(published_at, $2) \
         WHERE id = $3 AND state IN ($1, $4)",
    )
    .bind(to)
    .bind(now.0)
    .bind(id.as_str())
    .bind(from)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets the subtitles of a language, or takes them away.
pub async fn set_subtitles(
    conn: &mut Conn,
    id: &VideoId,
    lang: &str,
    src: Option<&str>,
) -> Result<(), AppError> {
    let change = match src {
        Some(src) => sqlx::query(
            "INSERT INTO video_subtitles (video, lang, src) VALUES ($1, $2, $3) \
             ON CONFLICT (video, lang) DO UPDATE SET src = excluded.src",
        )
        .bind(id.as_str())
        .bind(lang)
        .bind(src),
        None => sqlx::query("DELETE FROM video_subtitles WHERE video = $1 AND lang = $2")
            .bind(id.as_str())
            .bind(lang),
    };
    change.execute(conn).await?;
    Ok(())
}

/// Takes a video away for everybody. What was said of it stays for the record.
pub async fn delete(conn: &mut Conn, id: &VideoId) -> Result<(), AppError> {
    sqlx::query("UPDATE video SET state = 'deleted', fault = NULL WHERE id = $1")
        .bind(id.as_str())
        .execute(&mut *conn)
        .await?;
    for sql in [
        "DELETE FROM video_file WHERE video = $1",
        "DELETE FROM video_subtitles WHERE video = $1",
        "DELETE FROM video_product WHERE video = $1",
    ] {
        sqlx::query(sql)
            .bind(id.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Addresses of everything that is kept of a video.
pub async fn addresses(conn: &mut Conn, id: &VideoId) -> Result<Vec<String>, AppError> {
    let addresses = sqlx::query_scalar(
        "SELECT src FROM video_file WHERE video = $1 \
         UNION SELECT src FROM video_subtitles WHERE video = $1",
    )
    .bind(id.as_str())
    .fetch_all(conn)
    .await?;
    Ok(addresses)
}

//! SQL of videos as viewers see them.

use contract::videos::{ShownProduct, Subtitles, Video, VideoFile, VideoMaker};
use contract::{Timestamp, VideoId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::db::columns::{count, picture};
use crate::goods::{Shelf, card_columns, card_joins, read_card};
use crate::http::language::Lang;

/// What a video shows of itself; `$1` is who looks.
macro_rules! video_columns {
    () => {
        "v.id, v.caption_zh, v.caption_en, v.tags_zh, v.tags_en, v.duration_ms, v.likes, v.published_at,
         c.handle, c.name_zh, c.name_en,
         a.src AS avatar_src, a.width AS avatar_width, a.height AS avatar_height, a.tint AS avatar_tint, a.widths AS avatar_widths,
         m.src AS poster_src, m.width AS poster_width, m.height AS poster_height, m.tint AS poster_tint, m.widths AS poster_widths,
         (SELECT COUNT(*) FROM video_like l WHERE l.video = v.id AND l.owner = $1) AS liked,
         (SELECT COUNT(*) FROM video_comment k WHERE k.video = v.id AND k.removed_at IS NULL) AS comments,
         v.shares_before + (SELECT COUNT(*) FROM share_link s
             WHERE s.target_kind = 'video' AND s.target_id = v.id) AS shares
         FROM video v JOIN creator c ON c.handle = v.creator
         LEFT JOIN media a ON a.src = c.avatar LEFT JOIN media m ON m.src = v.poster"
    };
}

const ONE: &str = concat!(
    "SELECT ",
    video_columns!(),
    " WHERE v.id = $2 AND v.state = 'published'"
);

/// Those that were published when the browse began, the newest first.
const PAGE: &str = concat!(
    "SELECT ",
    video_columns!(),
    " WHERE v.state = 'published' AND v.published_at <= $2 AND v.id <> $3 AND ($4 = '' OR v.creator = $4)
        AND (v.published_at < $5 OR (v.published_at = $5 AND v.id < $6))
      ORDER BY v.published_at DESC, v.id DESC LIMIT $7"
);

const PRODUCTS: &str = concat!(
    "SELECT vp.start_ms, vp.end_ms, ",
    card_columns!(),
    " FROM video_product vp JOIN product p ON p.id = vp.product ",
    card_joins!(),
    " WHERE vp.video = $1 AND p.on_sale = 1 ORDER BY vp.position"
);

/// Which part of the list.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Published at this moment or before.
    pub began: Timestamp,
    /// Not this one.
    pub but: &'a str,
    /// Of this creator; of all where it is empty.
    pub creator: &'a str,
    /// After this one: when it was published, and its id.
    pub after: (i64, &'a str),
    /// At most so many.
    pub limit: i64,
}

/// Who looks, in which language, and what cards are labelled with.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The account or the browser.
    pub principal: &'a str,
    /// The language.
    pub lang: Lang,
    /// The shop's labels and groups, read before the connection is taken.
    pub shelf: &'a Shelf,
}

/// One that everybody may see.
pub async fn find(
    conn: &mut Conn,
    reader: Reader<'_>,
    id: &str,
) -> Result<Option<Video>, AppError> {
    let row = sqlx::query(ONE)
        .bind(reader.principal)
        .bind(id)
        .fetch_optional(&mut *conn)
        .await?;
    match row {
        Some(row) => read(conn, reader, &row).await.map(Some),
        None => Ok(None),
    }
}

/// A part of the list.
pub async fn page(
    conn: &mut Conn,
    reader: Reader<'_>,
    part: Part<'_>,
) -> Result<Vec<Video>, AppError> {
    let rows = sqlx::query(PAGE)
        .bind(reader.principal)
        .bind(part.began.0)
        .bind(part.but)
        .bind(part.creator)
        .bind(part.after.0)
        .bind(part.after.1)
        .bind(part.limit)
        .fetch_all(&mut *conn)
        .await?;
    let mut videos = Vec::with_capacity(rows.len());
    for row in &rows {
        videos.push(read(conn, reader, row).await?);
    }
    Ok(videos)
}

async fn read(conn: &mut Conn, reader: Reader<'_>, row: &AnyRow) -> Result<Video, AppError> {
    let id: VideoId = row.try_get::<String, _>("id")?.into();
    let lang = reader.lang;
    let tags = lang.column(row, "tags")?;
    Ok(Video {
        caption: lang.column(row, "caption")?,
        tags: tags.split_whitespace().map(str::to_owned).collect(),
        poster: picture(row, "poster")?,
        duration_ms: count(row, "duration_ms")?,
        files: files(conn, &id).await?,
        subtitles: subtitles(conn, &id).await?,
        creator: VideoMaker {
            handle: row.try_get("handle")?,
            name: lang.column(row, "name")?,
            avatar: picture(row, "avatar")?,
        },
        products: products(conn, reader, &id).await?,
        likes: u64::from(count(row, "likes")?),
        liked: row.try_get::<i64, _>("liked")? > 0,
        comments: u64::from(count(row, "comments")?),
        shares: u64::from(count(row, "shares")?),
        at: Timestamp(row.try_get("published_at")?),
        id,
    })
}

/// What a video shows and is sold now, in its maker's order.
pub async fn products(
    conn: &mut Conn,
    reader: Reader<'_>,
    id: &VideoId,
) -> Result<Vec<ShownProduct>, AppError> {
    let rows = sqlx::query(PRODUCTS)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?;
    let product = |row: &AnyRow| {
        Ok(ShownProduct {
            product: read_card(row, reader.lang, reader.shelf)?,
            start_ms: count(row, "start_ms")?,
            end_ms: count(row, "end_ms")?,
        })
    };
    rows.iter().map(product).collect()
}

/// The films of a video, the largest first.
pub async fn files(conn: &mut Conn, id: &VideoId) -> Result<Vec<VideoFile>, AppError> {
    let rows = sqlx::query(
        "SELECT src, width, height FROM video_file WHERE video = $1 ORDER BY width DESC, src",
    )
    .bind(id.as_str())
    .fetch_all(conn)
    .await?;
    let file = |row: &AnyRow| {
        Ok(VideoFile {
            src: row.try_get("src")?,
            width: count(row, "width")?,
            height: count(row, "height")?,
        })
    };
    rows.iter().map(file).collect()
}

/// Its subtitles.
pub async fn subtitles(conn: &mut Conn, id: &VideoId) -> Result<Vec<Subtitles>, AppError> {
    let rows =
        sqlx::query("SELECT lang, src FROM video_subtitles WHERE video = $1 ORDER BY lang DESC")
            .bind(id.as_str())
            .fetch_all(conn)
            .await?;
    let one = |row: &AnyRow| {
        Ok(Subtitles {
            lang: row.try_get("lang")?,
            src: row.try_get("src")?,
        })
    };
    rows.iter().map(one).collect()
}

/// Whose a video that everybody may see is: its creator's handle.
pub async fn maker(conn: &mut Conn, id: &str) -> Result<Option<String>, AppError> {
    let handle =
        sqlx::query_scalar("SELECT creator FROM video WHERE id = $1 AND state = 'published'")
            .bind(id)
            .fetch_optional(conn)
            .await?;
    Ok(handle)
}

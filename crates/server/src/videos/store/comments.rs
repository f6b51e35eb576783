//! SQL of comments and reports.

use contract::videos::Comment;
use contract::{CommentId, Timestamp, UserId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::db::columns::picture;
use crate::http::language::Lang;
use crate::words::neighbour;

/// Answers to one comment that are shown.
const REPLIES: i64 = 50;

macro_rules! comment_columns {
    () => {
        "k.id, k.at, k.owner, k.by_creator, k.text_zh, k.text_en, u.neighbour_no,
         d.name_zh AS member_zh, d.name_en AS member_en, c.name_zh, c.name_en,
         m.src AS avatar_src, m.width AS avatar_width, m.height AS avatar_height, m.tint AS avatar_tint, m.widths AS avatar_widths
         FROM video_comment k JOIN video v ON v.id = k.video JOIN creator c ON c.handle = v.creator
         LEFT JOIN account u ON u.id = k.owner LEFT JOIN member d ON d.id = k.member
         LEFT JOIN media m ON m.src = CASE WHEN k.by_creator = 1 THEN c.avatar ELSE d.avatar END"
    };
}

/// The newest first; those that answer another come with it.
const PAGE: &str = concat!(
    "SELECT ",
    comment_columns!(),
    " WHERE k.video = $1 AND k.reply_to IS NULL AND k.removed_at IS NULL
        AND (k.at < $2 OR (k.at = $2 AND k.id < $3))
      ORDER BY k.at DESC, k.id DESC LIMIT $4"
);

const ANSWERS: &str = concat!(
    "SELECT ",
    comment_columns!(),
    " WHERE k.reply_to = $1 AND k.removed_at IS NULL ORDER BY k.at, k.id LIMIT $2"
);

const ONE: &str = concat!("SELECT ", comment_columns!(), " WHERE k.id = $1");

/// Who reads comments.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The account.
    pub account: Option<&'a UserId>,
    /// May take any of them away.
    pub moderates: bool,
    /// The language.
    pub lang: Lang,
}

/// The comments after one, with their answers.
pub async fn page(
    conn: &mut Conn,
    reader: Reader<'_>,
    video: &str,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<Comment>, AppError> {
    let rows = sqlx::query(PAGE)
        .bind(video)
        .bind(after.0)
        .bind(after.1)
        .bind(limit)
        .fetch_all(&mut *conn)
        .await?;
    let mut comments = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut comment = read(row, reader)?;
        let answers = sqlx::query(ANSWERS)
            .bind(comment.id.as_str())
            .bind(REPLIES)
            .fetch_all(&mut *conn)
            .await?;
        let answers = answers.iter().map(|row| read(row, reader));
        comment.replies = answers.collect::<Result<_, _>>()?;
        comments.push(comment);
    }
    Ok(comments)
}

/// One comment as its reader sees it.
pub async fn show(
    conn: &mut Conn,
    reader: Reader<'_>,
    id: &CommentId,
) -> Result<Comment, AppError> {
    let row = sqlx::query(ONE).bind(id.as_str()).fetch_one(conn).await?;
    read(&row, reader)
}

fn read(row: &AnyRow, reader: Reader<'_>) -> Result<Comment, AppError> {
    let by_creator = row.try_get::<i64, _>("by_creator")? == 1;
    let owner: Option<String> = row.try_get("owner")?;
    let number: Option<i64> = row.try_get("neighbour_no")?;
    let author = match (by_creator, number) {
        (true, _) => reader.lang.column(row, "name")?,
        (false, Some(number)) => neighbour(reader.lang, number),
        (false, None) => reader.lang.column(row, "member")?,
    };
    let is_own = owner.is_some() && owner.as_deref() == reader.account.map(UserId::as_str);
    Ok(Comment {
        id: row.try_get::<String, _>("id")?.into(),
        at: Timestamp(row.try_get("at")?),
        author,
        avatar: picture(row, "avatar")?,
        by_creator,
        removable: is_own || reader.moderates,
        text: reader.lang.column(row, "text")?,
        replies: Vec::new(),
    })
}

/// A comment to be written.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Its id.
    pub id: CommentId,
    /// On which video.
    pub video: &'a str,
    /// What it answers.
    pub reply_to: Option<&'a CommentId>,
    /// Who writes.
    pub owner: &'a UserId,
    /// The video's maker does.
    pub by_creator: bool,
    /// What.
    pub text: &'a str,
}

/// Writes a comment.
pub async fn insert(conn: &mut Conn, new: New<'_>, now: Timestamp) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO video_comment (id, video, reply_to, at, owner, by_creator, text_zh, text_en) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(new.id.as_str())
    .bind(new.video)
    .bind(new.reply_to.map(CommentId::as_str))
    .bind(now.0)
    .bind(new.owner.as_str())
    .bind(i64::from(new.by_creator))
    .bind(new.text)
    .execute(conn)
    .await?;
    Ok(())
}

/// When somebody wrote a comment last, on whatever video.
pub async fn last_of(conn: &mut Conn, owner: &UserId) -> Result<Option<Timestamp>, AppError> {
    let last: Option<i64> =
        sqlx::query_scalar("SELECT MAX(at) FROM video_comment WHERE owner = $1")
            .bind(owner.as_str())
            .fetch_one(conn)
            .await?;
    Ok(last.map(Timestamp))
}

/// A comment that stands: who wrote it, and whether it answers another.
pub async fn find(
    conn: &mut Conn,
    video: &str,
    id: &CommentId,
) -> Result<Option<(Option<String>, bool)>, AppError> {
    let row = sqlx::query(
        "SELECT owner, reply_to FROM video_comment \
         WHERE id = $1 AND video = $2 AND removed_at IS NULL",
    )
    .bind(id.as_str())
    .bind(video)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let answers: Option<String> = row.try_get("reply_to")?;
        Ok((row.try_get("owner")?, answers.is_some()))
    })
    .transpose()
}

/// Takes a comment away with what answers it.
pub async fn remove(
    conn: &mut Conn,
    id: &CommentId,
    by: &UserId,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE video_comment SET removed_at = $1, removed_by = $2 \
         WHERE (id = $3 OR reply_to = $3) AND removed_at IS NULL",
    )
    .bind(now.0)
    .bind(by.as_str())
    .bind(id.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes a report; the same person's second one changes nothing.
pub async fn report(
    conn: &mut Conn,
    video: &str,
    subject: &str,
    owner: &UserId,
    kind: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO video_report (subject, owner, video, kind, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(subject)
    .bind(owner.as_str())
    .bind(video)
    .bind(kind)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

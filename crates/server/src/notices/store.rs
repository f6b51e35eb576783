//! SQL of the notification centre.

use contract::notifications::{Notice, Notification};
use contract::{NotificationId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::NewNotice;
use crate::AppError;
use crate::db::Conn;
use crate::http::language::Lang;

/// The place of an entry in the centre.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    at: Timestamp,
    id: NotificationId,
}

impl Place {
    /// The place of this entry.
    pub fn of(entry: &Notification) -> Self {
        Self {
            at: entry.at,
            id: entry.id.clone(),
        }
    }
}

/// Writes a notice.
pub async fn insert(conn: &mut Conn, new: &NewNotice, now: Timestamp) -> Result<(), AppError> {
    let notice = serde_json::to_string(&new.notice).map_err(AppError::internal)?;
    sqlx::query(
        "INSERT INTO notification \
           (id, owner, at, read, subject_zh, subject_en, who_zh, who_en, notice) \
         VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8)",
    )
    .bind(Uuid::now_v7().simple().to_string())
    .bind(new.owner.as_str())
    .bind(now.0)
    .bind(&new.subject.zh)
    .bind(&new.subject.en)
    .bind(&new.who.zh)
    .bind(&new.who.en)
    .bind(notice)
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts one more unread; answers how many there are.
pub async fn more_unread(conn: &mut Conn, owner: &UserId) -> Result<u32, AppError> {
    let unread: i64 = sqlx::query_scalar(
        "INSERT INTO notification_count (owner, unread) VALUES ($1, 1) \
         ON CONFLICT (owner) DO UPDATE SET unread = notification_count.unread + 1 RETURNING unread",
    )
    .bind(owner.as_str())
    .fetch_one(conn)
    .await?;
    u32::try_from(unread).map_err(AppError::internal)
}

/// How many are unread.
pub async fn unread(conn: &mut Conn, owner: &UserId) -> Result<u32, AppError> {
    let unread: Option<i64> =
        sqlx::query_scalar("SELECT unread FROM notification_count WHERE owner = $1")
            .bind(owner.as_str())
            .fetch_optional(conn)
            .await?;
    u32::try_from(unread.unwrap_or(0)).map_err(AppError::internal)
}

/// The place of one's own entry; another's looks like none.
pub async fn place(
    conn: &mut Conn,
    owner: &UserId,
    id: &NotificationId,
) -> Result<Option<Place>, AppError> {
    let at: Option<i64> =
        sqlx::query_scalar("SELECT at FROM notification WHERE id = $1 AND owner = $2")
            .bind(id.as_str())
            .bind(owner.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(at.map(|at| Place {
        at: Timestamp(at),
        id: id.clone(),
    }))
}

/// Marks everything up to a place as read; answers how many are unread then. The count's row is taken
/// first, as by those who add.
pub async fn mark_read(conn: &mut Conn, owner: &UserId, up_to: &Place) -> Result<u32, AppError> {
    sqlx::query("UPDATE notification_count SET unread = unread WHERE owner = $1")
        .bind(owner.as_str())
        .execute(&mut *conn)
        .await?;
    let marked = sqlx::query(
        "UPDATE notification SET read = 1 \
         WHERE owner = $1 AND read = 0 AND (at < $2 OR (at = $2 AND id <= $3))",
    )
    .bind(owner.as_str())
    .bind(up_to.at.0)
    .bind(up_to.id.as_str())
    .execute(&mut *conn)
    .await?;
    let marked = i64::try_from(marked.rows_affected()).map_err(AppError::internal)?;
    sqlx::query("UPDATE notification_count SET unread = unread - $1 WHERE owner = $2")
        .bind(marked)
        .bind(owner.as_str())
        .execute(&mut *conn)
        .await?;
    unread(conn, owner).await
}

/// Entries after a place, newest first, at most `limit`.
pub async fn page(
    conn: &mut Conn,
    owner: &UserId,
    lang: Lang,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<Notification>, AppError> {
    sqlx::query(
        "SELECT id, at, read, subject_zh, subject_en, who_zh, who_en, notice FROM notification \
         WHERE owner = $1 AND (at < $2 OR (at = $2 AND id < $3)) ORDER BY at DESC, id DESC LIMIT $4",
    )
    .bind(owner.as_str())
    .bind(after.map_or(i64::MAX, |place| place.at.0))
    .bind(after.map_or("", |place| place.id.as_str()))
    .bind(i64::try_from(limit).map_err(AppError::internal)?)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| read(row, lang))
    .collect()
}

fn read(row: &AnyRow, lang: Lang) -> Result<Notification, AppError> {
    let notice: String = row.try_get("notice")?;
    let mut notice: Notice = serde_json::from_str(&notice).map_err(AppError::internal)?;
    if let Notice::GroupJoined { who, .. } = &mut notice {
        *who = lang.column(row, "who")?;
    }
    Ok(Notification {
        id: row.try_get::<String, _>("id")?.into(),
        at: Timestamp(row.try_get("at")?),
        read: row.try_get::<i64, _>("read")? == 1,
        subject: lang.column(row, "subject")?,
        notice,
    })
}

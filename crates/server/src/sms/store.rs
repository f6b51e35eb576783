//! SQL of the sandbox's text messages.

use contract::Timestamp;
use sqlx::Row;
use uuid::Uuid;

use super::Message;
use crate::AppError;
use crate::db::Db;

/// A message as the inbox shows it.
pub struct Kept {
    pub phone: String,
    pub lang: String,
    pub text: String,
    pub sent_at: Timestamp,
}

/// How many messages are kept.
const KEPT: i64 = 200;

pub async fn keep(db: &Db, message: &Message<'_>, now: Timestamp) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "INSERT INTO sandbox_sms (id, phone, lang, text, sent_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(message.to.as_str())
    .bind(message.lang.tag())
    .bind(&message.text)
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    sqlx::query(
        "DELETE FROM sandbox_sms WHERE id <= \
         (SELECT id FROM sandbox_sms ORDER BY id DESC LIMIT 1 OFFSET $1)",
    )
    .bind(KEPT)
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

/// The latest messages, newest first.
pub async fn latest(db: &Db, limit: i64) -> Result<Vec<Kept>, AppError> {
    let rows =
        sqlx::query("SELECT phone, lang, text, sent_at FROM sandbox_sms ORDER BY id DESC LIMIT $1")
            .bind(limit)
            .fetch_all(db.reader())
            .await?;
    rows.iter()
        .map(|row| {
            Ok(Kept {
                phone: row.try_get("phone")?,
                lang: row.try_get("lang")?,
                text: row.try_get("text")?,
                sent_at: Timestamp(row.try_get("sent_at")?),
            })
        })
        .collect()
}

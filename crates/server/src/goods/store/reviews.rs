//! Reviews of a product, newest first: for its own page and for the list of all.

use contract::ProductId;
use contract::Timestamp;
use contract::reviews::Review;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Db;
use crate::db::columns::picture;
use crate::http::language::Lang;

const REVIEWS: &str = "
    SELECT r.id, r.stars, r.text_zh, r.text_en, r.written_at, r.likes,
           a.name_zh AS author_zh, a.name_en AS author_en, k.label_zh, k.label_en,
           m.src AS avatar_src, m.width AS avatar_width, m.height AS avatar_height, m.tint AS avatar_tint, m.widths AS avatar_widths
    FROM review r JOIN member a ON a.id = r.member JOIN sku k ON k.id = r.sku
    LEFT JOIN media m ON m.src = a.avatar
    WHERE r.product = $1 AND (r.written_at < $2 OR (r.written_at = $2 AND r.id < $3))
    ORDER BY r.written_at DESC, r.id DESC LIMIT $4";

/// The newest reviews.
pub async fn first(
    db: &Db,
    lang: Lang,
    product: &ProductId,
    limit: usize,
) -> Result<Vec<Review>, AppError> {
    after(db, lang, product, Timestamp(i64::MAX), "", limit).await
}

/// The reviews older than one, named by its time and id.
pub async fn after(
    db: &Db,
    lang: Lang,
    product: &ProductId,
    at: Timestamp,
    id: &str,
    limit: usize,
) -> Result<Vec<Review>, AppError> {
    let rows = sqlx::query(REVIEWS)
        .bind(product.as_str())
        .bind(at.0)
        .bind(id)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(|row| review(row, lang)).collect()
}

fn review(row: &AnyRow, lang: Lang) -> Result<Review, AppError> {
    Ok(Review {
        id: row.try_get::<String, _>("id")?.into(),
        author: lang.column(row, "author")?,
        avatar: picture(row, "avatar")?,
        stars: u8::try_from(row.try_get::<i64, _>("stars")?).map_err(AppError::internal)?,
        text: lang.column(row, "text")?,
        lang: lang.tag().to_owned(),
        sku_label: Some(lang.column(row, "label")?),
        at: Timestamp(row.try_get("written_at")?),
        likes: crate::db::columns::count(row, "likes")?,
    })
}

//! SQL of the start page.

use contract::catalog::{Banner, Category};
use sqlx::Row;

use crate::AppError;
use crate::db::Db;
use crate::db::columns::picture;
use crate::http::language::Lang;

const FACT: &str = "
    SELECT (SELECT value FROM meta WHERE key = $1) AS fact_zh, (SELECT value FROM meta WHERE key = $2) AS fact_en";

const BANNERS: &str = "
    SELECT b.id, b.title_zh, b.title_en, b.subtitle_zh, b.subtitle_en, b.href, b.ink,
           m.src AS picture_src, m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths
    FROM banner b JOIN media m ON m.src = b.image
    WHERE b.href NOT LIKE '/live/%' OR EXISTS (SELECT 1 FROM live_session s WHERE '/live/' || s.slug = b.href)
    ORDER BY b.position";

/// A category without goods is not shown.
const CATEGORIES: &str = "
    SELECT c.id, c.name_zh, c.name_en, c.text_zh, c.text_en,
           m.src AS picture_src, m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths
    FROM category c LEFT JOIN media m ON m.src = c.icon
    WHERE EXISTS (SELECT 1 FROM product p WHERE p.category = c.id AND p.on_sale = 1)
    ORDER BY c.position";

/// What sells best says what people look for: the best four categories, then the four qualities and
/// occasions that most goods have. Each of these words finds goods.
const HOT_WORDS: &str = "
    SELECT name_zh, name_en FROM (
        SELECT * FROM (
            SELECT c.name_zh, c.name_en, 0 AS part, -SUM(p.sold_before) AS place, c.id
            FROM category c JOIN product p ON p.category = c.id AND p.on_sale = 1
            GROUP BY c.id, c.name_zh, c.name_en ORDER BY 4, c.id LIMIT 4) best
        UNION ALL
        SELECT * FROM (
            SELECT t.name_zh, t.name_en, 1 AS part, -COUNT(*) AS place, t.id
            FROM tag t JOIN product_tag pt ON pt.tag = t.id JOIN product p ON p.id = pt.product AND p.on_sale = 1
            WHERE t.kind IN ('quality', 'promo')
            GROUP BY t.id, t.name_zh, t.name_en ORDER BY 4, t.id LIMIT 4) common) hot
    ORDER BY part, place, id";

/// A fact about the shop, empty in a shop that has not imported anything.
pub async fn fact(db: &Db, name: &str, lang: Lang) -> Result<String, AppError> {
    let row = sqlx::query(FACT)
        .bind(format!("{name}_zh"))
        .bind(format!("{name}_en"))
        .fetch_one(db.reader())
        .await?;
    let zh: Option<String> = row.try_get("fact_zh")?;
    let en: Option<String> = row.try_get("fact_en")?;
    Ok(lang
        .pick(&zh.unwrap_or_default(), &en.unwrap_or_default())
        .to_owned())
}

/// The pictures on top, in the shop's order.
pub async fn banners(db: &Db, lang: Lang) -> Result<Vec<Banner>, AppError> {
    let mut banners = Vec::new();
    for row in sqlx::query(BANNERS).fetch_all(db.reader()).await? {
        let Some(picture) = picture(&row, "picture")? else {
            continue;
        };
        banners.push(Banner {
            id: row.try_get("id")?,
            picture,
            title: lang.column(&row, "title")?,
            subtitle: lang.column(&row, "subtitle")?,
            href: row.try_get("href")?,
            ink: row.try_get("ink")?,
        });
    }
    Ok(banners)
}

/// The categories that hold goods, in the shop's order.
pub async fn categories(db: &Db, lang: Lang) -> Result<Vec<Category>, AppError> {
    let mut categories = Vec::new();
    for row in sqlx::query(CATEGORIES).fetch_all(db.reader()).await? {
        categories.push(Category {
            id: row.try_get::<String, _>("id")?.into(),
            name: lang.column(&row, "name")?,
            text: lang.column(&row, "text")?,
            icon: picture(&row, "picture")?,
        });
    }
    Ok(categories)
}

/// Words to offer in an empty search.
pub async fn hot_words(db: &Db, lang: Lang) -> Result<Vec<String>, AppError> {
    let rows = sqlx::query(HOT_WORDS).fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| Ok(lang.column(row, "name")?))
        .collect()
}

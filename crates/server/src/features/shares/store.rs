//! SQL of what links lead to and of what came of them.

use contract::catalog::{Picture, ProductCard};
use contract::{ShareToken, UserId};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;
use crate::db::columns::picture;
use crate::goods::{Shelf, card_columns, card_joins, read_card};
use crate::http::language::Lang;

const PRODUCT: &str = concat!(
    "SELECT ",
    card_columns!(),
    ", p.summary_zh, p.summary_en FROM product p ",
    card_joins!(),
    " WHERE p.on_sale = 1 AND p.slug = $1"
);

const CREATOR: &str = "
    SELECT c.name_zh, c.name_en, c.bio_zh, c.bio_en,
           m.src AS picture_src, m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths
    FROM creator c LEFT JOIN media m ON m.src = c.avatar WHERE c.handle = $1";

const CATEGORY: &str = "
    SELECT c.name_zh, c.name_en, c.text_zh, c.text_en,
           m.src AS picture_src, m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths
    FROM category c LEFT JOIN media m ON m.src = c.icon WHERE c.id = $1";

const BANNER: &str = "
    SELECT m.src AS picture_src, m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths
    FROM banner b JOIN media m ON m.src = b.image ORDER BY b.position LIMIT 1";

const FACTS: &str = "SELECT key, value FROM meta WHERE key LIKE 'shop_%'";

/// What a sharer's own buying would bring is no result; what a loop took back is no sale.
const RESULTS: &str = "
    SELECT (SELECT CAST(COALESCE(SUM(clicks), 0) AS BIGINT) FROM share_click WHERE token = $1) AS clicks,
           (SELECT COUNT(*) FROM order_attribution
                WHERE token = $1 AND (refusal IS NULL OR refusal <> 'own')) AS joins,
           (SELECT COUNT(*) FROM order_attribution
                WHERE token = $1 AND paid_at IS NOT NULL AND (refusal IS NULL OR refusal <> 'own')) AS paid,
           (SELECT CAST(COALESCE(SUM(amount_minor - reversed_minor), 0) AS BIGINT) FROM commission
                WHERE token = $1 AND payee = $2) AS earned";

/// A product with what a link says of it.
pub(super) struct Product {
    pub card: ProductCard,
    pub summary: String,
    /// Price of its dearest SKU.
    pub dearest: i64,
}

/// A creator with what a link says of one.
pub(super) struct Creator {
    pub name: String,
    pub bio: String,
    pub avatar: Option<Picture>,
}

/// What came of a link.
pub(super) struct Results {
    pub clicks: u64,
    pub joins: u64,
    pub paid: u64,
    /// Minor units, reversed earnings taken off.
    pub earned: i64,
}

/// A product that is on sale, by its word in URLs.
pub(super) async fn product(
    conn: &mut Conn,
    lang: Lang,
    shelf: &Shelf,
    slug: &str,
) -> Result<Option<Product>, AppError> {
    let row = sqlx::query(PRODUCT).bind(slug).fetch_optional(conn).await?;
    row.map(|row| {
        Ok(Product {
            card: read_card(&row, lang, shelf)?,
            summary: lang.column(&row, "summary")?,
            dearest: row.try_get("price_max")?,
        })
    })
    .transpose()
}

/// A creator by the handle.
pub(super) async fn creator(
    conn: &mut Conn,
    lang: Lang,
    handle: &str,
) -> Result<Option<Creator>, AppError> {
    let row = sqlx::query(CREATOR)
        .bind(handle)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        Ok(Creator {
            name: lang.column(&row, "name")?,
            bio: lang.column(&row, "bio")?,
            avatar: picture(&row, "picture")?,
        })
    })
    .transpose()
}

/// A category's name, sentence and picture.
pub(super) async fn category(
    conn: &mut Conn,
    lang: Lang,
    id: &str,
) -> Result<Option<(String, String, Option<Picture>)>, AppError> {
    let row = sqlx::query(CATEGORY).bind(id).fetch_optional(conn).await?;
    row.map(|row| {
        Ok((
            lang.column(&row, "name")?,
            lang.column(&row, "text")?,
            picture(&row, "picture")?,
        ))
    })
    .transpose()
}

/// The shop's name and area.
pub(super) async fn shop(conn: &mut Conn, lang: Lang) -> Result<(String, String), AppError> {
    let rows = sqlx::query(FACTS).fetch_all(conn).await?;
    let fact = |name: &str, lang: Lang| {
        let key = format!("shop_{name}_{}", lang.pick("zh", "en"));
        rows.iter()
            .find(|row| {
                row.try_get::<String, _>("key")
                    .is_ok_and(|known| known == key)
            })
            .and_then(|row| row.try_get::<String, _>("value").ok())
    };
    let name = fact("name", lang).unwrap_or_else(|| lang.pick("集市", "Jishi").to_owned());
    Ok((name, fact("area", lang).unwrap_or_default()))
}

/// The first banner's picture.
pub(super) async fn banner(conn: &mut Conn) -> Result<Option<Picture>, AppError> {
    let row = sqlx::query(BANNER).fetch_optional(conn).await?;
    match row {
        Some(row) => Ok(picture(&row, "picture")?),
        None => Ok(None),
    }
}

/// What came of a link.
pub(super) async fn results(
    conn: &mut Conn,
    token: &ShareToken,
    owner: &UserId,
) -> Result<Results, AppError> {
    let row = sqlx::query(RESULTS)
        .bind(token.as_str())
        .bind(owner.as_str())
        .fetch_one(conn)
        .await?;
    let count = |name: &str| -> Result<u64, sqlx::Error> {
        Ok(u64::try_from(row.try_get::<i64, _>(name)?).unwrap_or_default())
    };
    Ok(Results {
        clicks: count("clicks")?,
        joins: count("joins")?,
        paid: count("paid")?,
        earned: row.try_get("earned")?,
    })
}

/// Whether a path is one of the shop's pages that can be shared.
pub(super) fn is_page(path: &str) -> bool {
    let category = path.strip_prefix("/category/");
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_' | b'.');
    path == "/" || category.is_some_and(|id| (1..=64).contains(&id.len()) && id.bytes().all(plain))
}

/// A live room that viewers may see: its title, its host's name, its poster.
pub(super) async fn live(
    conn: &mut Conn,
    lang: Lang,
    id: &str,
) -> Result<Option<(String, String, Option<Picture>)>, AppError> {
    let row = sqlx::query(
        "SELECT s.title_zh, s.title_en, c.name_zh, c.name_en, m.src AS poster_src, m.width AS poster_width, \
           m.height AS poster_height, m.tint AS poster_tint, m.widths AS poster_widths \
         FROM live_session s JOIN creator c ON c.handle = s.host LEFT JOIN media m ON m.src = s.poster \
         WHERE (s.id = $1 OR s.slug = $1) AND s.practice = 0 AND s.state <> 'draft' \
         ORDER BY s.created_at DESC, s.id DESC LIMIT 1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok((
            lang.column(&row, "title")?,
            lang.column(&row, "name")?,
            picture(&row, "poster")?,
        ))
    })
    .transpose()
}

/// A short video that everybody may see: its caption, its maker's name, its poster.
pub(super) async fn video(
    conn: &mut Conn,
    lang: Lang,
    id: &str,
) -> Result<Option<(String, String, Option<Picture>)>, AppError> {
    let row = sqlx::query(
        "SELECT v.caption_zh, v.caption_en, c.name_zh, c.name_en, m.src AS poster_src, m.width AS poster_width, \
           m.height AS poster_height, m.tint AS poster_tint, m.widths AS poster_widths \
         FROM video v JOIN creator c ON c.handle = v.creator LEFT JOIN media m ON m.src = v.poster \
         WHERE v.id = $1 AND v.state = 'published'",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok((
            lang.column(&row, "caption")?,
            lang.column(&row, "name")?,
            picture(&row, "poster")?,
        ))
    })
    .transpose()
}

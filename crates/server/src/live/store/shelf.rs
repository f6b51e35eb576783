//! SQL of shelves: what is sold in a session, under which number.

use contract::catalog::{Picture, ProductCard};
use contract::live::{LiveHost, ShelfItem};
use contract::{LiveId, ProductId, SkuId, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::db::columns::{count, picture};
use crate::goods::{Shelf, card_columns, card_joins, read_card};
use crate::http::language::Lang;

const LISTED: &str = concat!(
    "SELECT l.number, l.shown_at, ",
    card_columns!(),
    " FROM live_shelf l JOIN product p ON p.id = l.product ",
    card_joins!(),
    " WHERE l.session = $1 AND l.listed = 1 AND p.on_sale = 1 \
     ORDER BY CASE WHEN l.place IS NULL THEN 1 ELSE 0 END, l.place, l.number"
);

/// A creator's columns, up to which ones.
macro_rules! host_columns {
    ($rest:literal) => {
        concat!(
            "SELECT c.handle, c.name_zh, c.name_en, c.followers, m.src AS avatar_src, m.width AS avatar_width, ",
            "m.height AS avatar_height, m.tint AS avatar_tint, m.widths AS avatar_widths ",
            "FROM creator c LEFT JOIN media m ON m.src = c.avatar ",
            $rest
        )
    };
}

const HOST: &str = host_columns!("WHERE c.handle = $1");
const HOSTS: &str = host_columns!("ORDER BY c.handle LIMIT 200");

const POSTER: &str = "
    SELECT m.src AS poster_src, m.width AS poster_width, m.height AS poster_height, m.tint AS poster_tint,
           m.widths AS poster_widths
    FROM live_session s JOIN media m ON m.src = s.poster WHERE s.id = $1";

/// What is on a shelf, as the host ordered it, else by number.
pub async fn listed(
    conn: &mut Conn,
    lang: Lang,
    labels: &Shelf,
    session: &LiveId,
) -> Result<Vec<ShelfItem>, AppError> {
    sqlx::query(LISTED)
        .bind(session.as_str())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let product: ProductCard = read_card(row, lang, labels)?;
            let shown_at: Option<i64> = row.try_get("shown_at")?;
            Ok(ShelfItem {
                number: count(row, "number")?,
                product,
                shown_at: shown_at.map(Timestamp),
            })
        })
        .collect()
}

/// Whether a number is on the shelf and sold (L2).
pub async fn is_listed(conn: &mut Conn, session: &LiveId, number: i64) -> Result<bool, AppError> {
    let listed: Option<i64> = sqlx::query_scalar(
        "SELECT l.number FROM live_shelf l JOIN product p ON p.id = l.product \
         WHERE l.session = $1 AND l.number = $2 AND l.listed = 1 AND p.on_sale = 1",
    )
    .bind(session.as_str())
    .bind(number)
    .fetch_optional(conn)
    .await?;
    Ok(listed.is_some())
}

/// The number of the listed product that a SKU belongs to.
pub async fn number_of_sku(
    conn: &mut Conn,
    session: &LiveId,
    sku: &SkuId,
) -> Result<Option<i64>, AppError> {
    let number = sqlx::query_scalar(
        "SELECT l.number FROM live_shelf l JOIN product p ON p.id = l.product JOIN sku k ON k.product = p.id \
         WHERE l.session = $1 AND k.id = $2 AND l.listed = 1 AND p.on_sale = 1 AND k.on_sale = 1",
    )
    .bind(session.as_str())
    .bind(sku.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(number)
}

/// Puts a product on the shelf: under the number that it had, or the next one. Answers the number.
pub async fn put(conn: &mut Conn, session: &LiveId, product: &ProductId) -> Result<i64, AppError> {
    let number = sqlx::query_scalar(
        "INSERT INTO live_shelf (session, number, product, listed) \
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, 1 FROM live_shelf WHERE session = $1 \
         ON CONFLICT (session, product) DO UPDATE SET listed = 1 RETURNING number",
    )
    .bind(session.as_str())
    .bind(product.as_str())
    .fetch_one(conn)
    .await?;
    Ok(number)
}

/// Takes a number off the shelf; false when it is not on it.
pub async fn take_off(conn: &mut Conn, session: &LiveId, number: i64) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE live_shelf SET listed = 0 WHERE session = $1 AND number = $2 AND listed = 1",
    )
    .bind(session.as_str())
    .bind(number)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a listed number at a place of the shelf; false when it is not on it.
pub async fn put_at(
    conn: &mut Conn,
    session: &LiveId,
    number: u32,
    place: usize,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE live_shelf SET place = $1 WHERE session = $2 AND number = $3 AND listed = 1",
    )
    .bind(i64::try_from(place).map_err(AppError::internal)?)
    .bind(session.as_str())
    .bind(i64::from(number))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets in which order a shelf was.
pub async fn unorder(conn: &mut Conn, session: &LiveId) -> Result<(), AppError> {
    sqlx::query("UPDATE live_shelf SET place = NULL WHERE session = $1")
        .bind(session.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Remembers when a number was first shown.
pub async fn shown(
    conn: &mut Conn,
    session: &LiveId,
    number: i64,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE live_shelf SET shown_at = $1 WHERE session = $2 AND number = $3 AND shown_at IS NULL",
    )
    .bind(now.0)
    .bind(session.as_str())
    .bind(number)
    .execute(conn)
    .await?;
    Ok(())
}

/// Numbers that nothing is left of.
pub async fn sold_out(conn: &mut Conn, session: &LiveId) -> Result<Vec<u32>, AppError> {
    sqlx::query(
        "SELECT l.number FROM live_shelf l WHERE l.session = $1 AND l.listed = 1 AND NOT EXISTS ( \
           SELECT 1 FROM sku k JOIN stock s ON s.sku = k.id \
           WHERE k.product = l.product AND k.on_sale = 1 AND s.on_hand - s.reserved - s.sold > 0) \
         ORDER BY l.number",
    )
    .bind(session.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| Ok(count(row, "number")?))
    .collect()
}

/// A creator as the host of a room.
pub async fn host(conn: &mut Conn, lang: Lang, handle: &str) -> Result<LiveHost, AppError> {
    let row = sqlx::query(HOST).bind(handle).fetch_one(conn).await?;
    read_host(&row, lang)
}

/// Every creator, as the host of a room.
pub async fn hosts(conn: &mut Conn, lang: Lang) -> Result<Vec<LiveHost>, AppError> {
    let rows = sqlx::query(HOSTS).fetch_all(conn).await?;
    rows.iter().map(|row| read_host(row, lang)).collect()
}

fn read_host(row: &AnyRow, lang: Lang) -> Result<LiveHost, AppError> {
    let followers: i64 = row.try_get("followers")?;
    Ok(LiveHost {
        handle: row.try_get("handle")?,
        name: lang.column(row, "name")?,
        avatar: picture(row, "avatar")?,
        followers: u64::try_from(followers).unwrap_or_default(),
    })
}

/// Whether there is such a creator.
pub async fn host_exists(conn: &mut Conn, handle: &str) -> Result<bool, AppError> {
    let found: Option<String> = sqlx::query_scalar("SELECT handle FROM creator WHERE handle = $1")
        .bind(handle)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// What is shown before there is a picture.
pub async fn poster(conn: &mut Conn, session: &LiveId) -> Result<Option<Picture>, AppError> {
    let row = sqlx::query(POSTER)
        .bind(session.as_str())
        .fetch_optional(conn)
        .await?;
    match row {
        Some(row) => Ok(picture(&row, "poster")?),
        None => Ok(None),
    }
}

//! A product card out of one row: the columns to select, the tables to join, and reading them.

use contract::catalog::ProductCard;
use contract::{Currency, Money, MoneyError, ProductId};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Shelf;
use crate::AppError;
use crate::db::Conn;
use crate::db::columns::{picture, rating};
use crate::http::language::Lang;

/// How many labels a card shows.
const TAGS_SHOWN: usize = 4;

/// The columns of a card, of the product `p`.
macro_rules! card_columns {
    () => {
        "p.id, p.slug, p.title_zh, p.title_en, p.currency, p.price, p.price_max, p.list_price,
         p.rating_tenths, p.rating_count,
         m.src AS picture_src, m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths,
         p.sold_before + (SELECT CAST(COALESCE(SUM(s.sold), 0) AS BIGINT)
              FROM sku k JOIN stock s ON s.sku = k.id WHERE k.product = p.id) AS sold,
         (SELECT COUNT(*) FROM sku k JOIN stock s ON s.sku = k.id
              WHERE k.product = p.id AND k.on_sale = 1 AND s.on_hand - s.reserved - s.sold > 0) AS skus_left,
         (SELECT string_agg(pt.tag, ',') FROM product_tag pt WHERE pt.product = p.id) AS tags"
    };
}

/// The tables that a card of the product `p` needs beside it.
macro_rules! card_joins {
    () => {
        "LEFT JOIN product_picture pp ON pp.product = p.id AND pp.position = 0
         LEFT JOIN media m ON m.src = pp.src"
    };
}

pub(crate) use {card_columns, card_joins};

const CARD: &str = concat!(
    "SELECT ",
    card_columns!(),
    " FROM product p ",
    card_joins!(),
    " WHERE p.id = $1"
);

/// The product of an id or of a word in URLs, on sale or not.
pub async fn product_of(conn: &mut Conn, word: &str) -> Result<Option<ProductId>, AppError> {
    let id: Option<String> =
        sqlx::query_scalar("SELECT id FROM product WHERE id = $1 OR slug = $1 ORDER BY id LIMIT 1")
            .bind(word)
            .fetch_optional(conn)
            .await?;
    Ok(id.map(ProductId))
}

/// The card of one product, on sale or not.
pub async fn find_card(
    conn: &mut Conn,
    lang: Lang,
    shelf: &Shelf,
    product: &ProductId,
) -> Result<Option<ProductCard>, AppError> {
    let row = sqlx::query(CARD)
        .bind(product.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| read_card(&row, lang, shelf)).transpose()
}

/// The card of a row with `card_columns`.
pub fn read_card(row: &AnyRow, lang: Lang, shelf: &Shelf) -> Result<ProductCard, AppError> {
    let currency: Currency = row
        .try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))?;
    let (price, price_max): (i64, i64) = (row.try_get("price")?, row.try_get("price_max")?);
    let list_price: i64 = row.try_get("list_price")?;
    let id = ProductId(row.try_get("id")?);
    let (price, list_price) = match shelf.sales.of(&id) {
        Some(sale) if sale < price => (sale, list_price.max(price)),
        _ => (price, list_price),
    };
    let named: Option<String> = row.try_get("tags")?;
    let mut tags = shelf.tags.named(named.as_deref().unwrap_or_default(), lang);
    tags.truncate(TAGS_SHOWN);
    Ok(ProductCard {
        group: shelf.groups.of(&id),
        id,
        slug: row.try_get("slug")?,
        title: lang.column(row, "title")?,
        picture: picture(row, "picture")?,
        price: Money::new(price, currency),
        price_from: price_max > price,
        list_price: (list_price > price).then_some(Money::new(list_price, currency)),
        sold: u64::try_from(row.try_get::<i64, _>("sold")?).unwrap_or_default(),
        rating: rating(row)?,
        tags,
        sold_out: row.try_get::<i64, _>("skus_left")? == 0,
    })
}

//! SQL of the feed.

use contract::catalog::ProductCard;
use sqlx::Row;

use super::service::Place;
use crate::AppError;
use crate::db::Db;
use crate::goods::{Shelf, card_columns, card_joins, read_card};
use crate::http::language::Lang;

const PRODUCTS: &str = concat!(
    "SELECT p.feed_rank, ",
    card_columns!(),
    " FROM product p ",
    card_joins!(),
    " WHERE p.on_sale = 1 AND p.created_at <= $1
        AND (p.feed_rank > $2 OR (p.feed_rank = $2 AND p.id > $3))
      ORDER BY p.feed_rank, p.id LIMIT $4"
);

/// Up to `limit` products after a place, each with its own place.
pub(super) async fn products(
    db: &Db,
    lang: Lang,
    shelf: &Shelf,
    place: &Place,
    limit: usize,
) -> Result<Vec<(i64, ProductCard)>, AppError> {
    let (rank, id) = &place.after;
    let rows = sqlx::query(PRODUCTS)
        .bind(place.began.0)
        .bind(*rank)
        .bind(id)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("feed_rank")?, read_card(row, lang, shelf)?)))
        .collect()
}

//! SQL of the feed.

use std::ops::Range;

use contract::catalog::ProductCard;
use contract::feed::{GroupCard, LiveCard, VideoCard};
use contract::{LiveId, Money, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::service::Place;
use crate::AppError;
use crate::db::Db;
use crate::db::columns::{count, picture};
use crate::goods::{Shelf, card_columns, card_joins, read_card};
use crate::groups::store::activity::PriceRow;
use crate::http::language::Lang;

/// The most rooms that one page of the feed shows.
const ROOMS_MOST: i64 = 8;

const PRODUCTS: &str = concat!(
    "SELECT p.feed_rank, ",
    card_columns!(),
    " FROM product p ",
    card_joins!(),
    " WHERE p.on_sale = 1 AND p.created_at <= $1
        AND (p.feed_rank > $2 OR (p.feed_rank = $2 AND p.id > $3))
      ORDER BY p.feed_rank, p.id LIMIT $4"
);

/// The groups that were forming at a moment, one a product: whatever became of them since.
const GROUPS: &str = concat!(
    "SELECT g.id AS group_id, g.prices, g.size AS seats, g.filled, g.expires_at, ",
    card_columns!(),
    " FROM buy_group g JOIN product p ON p.id = g.product ",
    card_joins!(),
    " WHERE g.opened_at < $1 AND g.expires_at > $1 AND (g.ended_at IS NULL OR g.ended_at >= $1)
        AND NOT EXISTS (SELECT 1 FROM buy_group h WHERE h.product = g.product
            AND h.opened_at < $1 AND h.expires_at > $1 AND (h.ended_at IS NULL OR h.ended_at >= $1)
            AND (h.expires_at < g.expires_at OR (h.expires_at = g.expires_at AND h.id < g.id)))
      ORDER BY g.expires_at, g.id LIMIT $2 OFFSET $3"
);

/// The rooms that were on air at a moment: whatever became of them since. One without a poster has no card.
const ROOMS: &str = "
    SELECT s.id, s.title_zh, s.title_en, s.state, s.starts_at, c.name_zh, c.name_en, m.src AS poster_src,
           m.width AS poster_width, m.height AS poster_height, m.tint AS poster_tint, m.widths AS poster_widths
    FROM live_session s JOIN creator c ON c.handle = s.host JOIN media m ON m.src = s.poster
    WHERE s.practice = 0 AND s.state NOT IN ('draft', 'banned') AND s.live_at < $1
      AND (s.ended_at IS NULL OR s.ended_at >= $1)
    ORDER BY s.live_at, s.id LIMIT $2 OFFSET $3";

/// The short videos that were published at a moment and sell something, the newest first, each with what it shows
/// first.
const VIDEOS: &str = concat!(
    "SELECT v.id AS video, v.caption_zh, v.caption_en, v.duration_ms, v.creator_zh, v.creator_en,
            v.poster_src, v.poster_width, v.poster_height, v.poster_tint, v.poster_widths, v.shows, ",
    card_columns!(),
    " FROM (SELECT w.id, w.caption_zh, w.caption_en, w.duration_ms, w.published_at,
                c.name_zh AS creator_zh, c.name_en AS creator_en, n.src AS poster_src, n.width AS poster_width,
                n.height AS poster_height, n.tint AS poster_tint, n.widths AS poster_widths,
                (SELECT vp.product FROM video_product vp JOIN product q ON q.id = vp.product
                   WHERE vp.video = w.id AND q.on_sale = 1 ORDER BY vp.position LIMIT 1) AS shows
              FROM video w JOIN creator c ON c.handle = w.creator JOIN media n ON n.src = w.poster
              WHERE w.state = 'published' AND w.published_at <= $1
                AND EXISTS (SELECT 1 FROM video_product vp JOIN product q ON q.id = vp.product
                   WHERE vp.video = w.id AND q.on_sale = 1)
              ORDER BY w.published_at DESC, w.id DESC LIMIT $2 OFFSET $3) v
        JOIN product p ON p.id = v.shows ",
    card_joins!(),
    " ORDER BY v.published_at DESC, v.id DESC"
);

/// The short videos after the first `passed`.
pub(super) async fn videos(
    db: &Db,
    lang: Lang,
    shelf: &Shelf,
    began: Timestamp,
    passed: i64,
    limit: usize,
) -> Result<Vec<VideoCard>, AppError> {
    let rows = sqlx::query(VIDEOS)
        .bind(began.0)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .bind(passed)
        .fetch_all(db.reader())
        .await?;
    let card = |row: &AnyRow| {
        let poster = picture(row, "poster")?;
        Ok(VideoCard {
            id: row.try_get::<String, _>("video")?.into(),
            title: lang.column(row, "caption")?,
            poster: poster.ok_or_else(|| AppError::internal("a poster that is none"))?,
            duration_ms: count(row, "duration_ms")?,
            creator: lang.column(row, "creator")?,
            product: Some(Box::new(read_card(row, lang, shelf)?)),
        })
    };
    rows.iter().map(card).collect()
}

/// The rooms after the first `passed`, as they stand now; `viewers` says how many watch one.
pub(super) async fn rooms(
    db: &Db,
    lang: Lang,
    began: Timestamp,
    passed: i64,
    viewers: impl Fn(&LiveId) -> u64,
) -> Result<Vec<LiveCard>, AppError> {
    let rows = sqlx::query(ROOMS)
        .bind(began.0)
        .bind(ROOMS_MOST)
        .bind(passed)
        .fetch_all(db.reader())
        .await?;
    let card = |row: &AnyRow| {
        let id: LiveId = row.try_get::<String, _>("id")?.into();
        let poster = picture(row, "poster")?;
        let state: String = row.try_get("state")?;
        Ok(LiveCard {
            viewers: viewers(&id),
            id,
            title: lang.column(row, "title")?,
            poster: poster.ok_or_else(|| AppError::internal("a poster that is none"))?,
            host: lang.column(row, "name")?,
            on_air: matches!(state.as_str(), "live" | "paused"),
            starts_at: Timestamp(row.try_get("starts_at")?),
        })
    };
    rows.iter().map(card).collect()
}

/// The groups of these slots, as they stand now.
pub(super) async fn groups(
    db: &Db,
    lang: Lang,
    shelf: &Shelf,
    began: Timestamp,
    slots: &Range<i64>,
) -> Result<Vec<GroupCard>, AppError> {
    let rows = sqlx::query(GROUPS)
        .bind(began.0)
        .bind(slots.end - slots.start)
        .bind(slots.start)
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(|row| group(row, lang, shelf)).collect()
}

fn group(row: &AnyRow, lang: Lang, shelf: &Shelf) -> Result<GroupCard, AppError> {
    let prices: String = row.try_get("prices")?;
    let prices: Vec<PriceRow> = serde_json::from_str(&prices).map_err(AppError::internal)?;
    let product = read_card(row, lang, shelf)?;
    let cheapest = prices.iter().map(|price| price.price).min();
    Ok(GroupCard {
        id: row.try_get::<String, _>("group_id")?.into(),
        price: Money::new(
            cheapest.unwrap_or(product.price.minor),
            product.price.currency,
        ),
        product: Box::new(product),
        size: count(row, "seats")?,
        filled: count(row, "filled")?,
        expires_at: Timestamp(row.try_get("expires_at")?),
    })
}

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

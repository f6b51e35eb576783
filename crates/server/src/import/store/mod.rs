//! SQL of the import. The file's order is the shop's order.

mod feed;
mod groups;
mod product;
mod rooms;
mod sharing;
mod videos;

use std::collections::BTreeMap;

use contract::{Currency, Timestamp};
use indicatif::ProgressBar;

use super::ImportError;
use super::file::{Banner, CatalogueFile, Geo, Rating};
use super::media::{Media, MediaByFile};
use super::words;
use crate::db::{Db, Kind, Tx, Upsert};

pub(super) use feed::{fetched, store_feed};
pub(super) use rooms::store_rooms;
pub(super) use videos::store_videos;

const TAKE_ALL_OFF_SALE: &str = "UPDATE product SET on_sale = 0";
const FEED_END: &str = "SELECT CAST(COALESCE(MAX(feed_rank), 0) AS BIGINT) FROM product";
const FORGET_BANNERS: &str = "DELETE FROM banner";
/// Words of goods that are not on sale find nothing, so the index begins anew: one by one, each would be
/// looked for in the whole of it.
const FORGET_WORDS: &str = "DELETE FROM product_search";
const CURRENCY: &str = "SELECT currency FROM product WHERE on_sale = 1 ORDER BY position LIMIT 1";

/// The currency that the shop sells in; none while it sells nothing.
pub(super) async fn currency(db: &Db) -> Result<Option<Currency>, sqlx::Error> {
    let code: Option<String> = sqlx::query_scalar(CURRENCY)
        .fetch_optional(db.reader())
        .await?;
    Ok(code.and_then(|code| code.parse().ok()))
}

/// Stores the whole file; tells how many banners were left out.
pub(super) async fn store(
    tx: &mut Tx,
    kind: Kind,
    file: &CatalogueFile,
    media: &MediaByFile,
    now: Timestamp,
    progress: &ProgressBar,
) -> Result<usize, ImportError> {
    let import = Import {
        kind,
        currency: file.currency.code,
        media,
        now,
    };
    import.shop(tx, file).await?;
    import.lists(tx, file).await?;
    import.places(tx, file).await?;
    import.creators(tx, file).await?;
    let feed_end = begin_anew(tx).await?;
    let categories = file.products.iter().map(|p| p.category.as_str());
    let feed_ranks = feed_ranks(categories);
    for ((position, product), feed_rank) in positions(&file.products).zip(feed_ranks) {
        let place = Place {
            position,
            feed_rank: feed_end + feed_rank,
        };
        let about = words::about(file, product);
        import.product(tx, place, product, &about).await?;
        import.sharing(tx, product).await?;
        progress.inc(1);
    }
    import.banners(tx, file).await
}

/// Takes everything off sale, for the file says what is on sale; tells the last place in the feed.
async fn begin_anew(tx: &mut Tx) -> Result<i64, ImportError> {
    sqlx::query(TAKE_ALL_OFF_SALE).execute(tx.conn()).await?;
    sqlx::query(FORGET_WORDS).execute(tx.conn()).await?;
    groups::withdraw_all(tx).await?;
    Ok(sqlx::query_scalar(FEED_END).fetch_one(tx.conn()).await?)
}

struct Import<'a> {
    kind: Kind,
    currency: Currency,
    media: &'a MediaByFile,
    now: Timestamp,
}

/// Where a product stands: in the shop's own order, and in the feed.
#[derive(Clone, Copy)]
struct Place {
    position: i64,
    feed_rank: i64,
}

impl Import<'_> {
    /// Address of a picture; every picture that the file names was read before.
    fn src(&self, name: &str) -> &str {
        self.media
            .get(name)
            .map(|media| media.src.as_str())
            .unwrap_or_default()
    }

    async fn shop(&self, tx: &mut Tx, file: &CatalogueFile) -> Result<(), ImportError> {
        let shop = &file.shop;
        let facts = [
            ("shop_name_zh", &shop.name.zh),
            ("shop_name_en", &shop.name.en),
            ("shop_area_zh", &shop.area.zh),
            ("shop_area_en", &shop.area.en),
        ];
        for (key, value) in facts {
            Upsert::of("meta", "key", key)
                .text("value", value)
                .run(tx)
                .await?;
        }
        for picture in self.media.values() {
            put_media(tx, picture).await?;
        }
        Ok(())
    }

    async fn lists(&self, tx: &mut Tx, file: &CatalogueFile) -> Result<(), ImportError> {
        for (position, category) in positions(&file.categories) {
            Upsert::of("category", "id", &category.id)
                .number("position", position)
                .both("name", &category.name.zh, &category.name.en)
                .both("text", &category.text.zh, &category.text.en)
                .text("icon", self.src(&category.icon))
                .run(tx)
                .await?;
        }
        for brand in &file.brands {
            let row = Upsert::of("brand", "id", &brand.id);
            row.both("name", &brand.name.zh, &brand.name.en)
                .run(tx)
                .await?;
        }
        for (position, tag) in positions(&file.tags) {
            Upsert::of("tag", "id", &tag.id)
                .number("position", position)
                .both("name", &tag.name.zh, &tag.name.en)
                .text("kind", &word(&tag.kind)?)
                .run(tx)
                .await?;
        }
        for member in &file.members {
            Upsert::of("member", "id", &member.id)
                .both("name", &member.name.zh, &member.name.en)
                .text("avatar", self.src(&member.avatar))
                .run(tx)
                .await?;
        }
        Ok(())
    }

    async fn places(&self, tx: &mut Tx, file: &CatalogueFile) -> Result<(), ImportError> {
        for (position, store) in positions(&file.stores) {
            let row = Upsert::of("store", "id", &store.id)
                .number("position", position)
                .both("name", &store.name.zh, &store.name.en)
                .both("text", &store.text.zh, &store.text.en)
                .text("avatar", self.src(&store.avatar))
                .both("address", &store.address.zh, &store.address.en)
                .text("hours", &serde_json::to_string(&store.hours)?)
                .number("delivery_radius_m", store.delivery.radius_m)
                .number("delivery_eta_min", store.delivery.eta_min)
                .number("delivery_min_order", store.delivery.min_order)
                .number("delivery_fee", store.delivery.fee)
                .number("delivery_free_from", store.delivery.free_from);
            rated(at_place(row, &store.geo), &store.rating)
                .run(tx)
                .await?;
        }
        for (position, community) in positions(&file.communities) {
            let row = Upsert::of("community", "id", &community.id)
                .number("position", position)
                .both("name", &community.name.zh, &community.name.en)
                .text("store", &community.store)
                .text("cutoff", &community.cutoff)
                .both("arrives", &community.arrives.zh, &community.arrives.en);
            at_place(row, &community.geo).run(tx).await?;
            let point = &community.pickup_point;
            let row = Upsert::of("pickup_point", "id", &community.id)
                .text("community", &community.id)
                .both("name", &point.name.zh, &point.name.en)
                .both("address", &point.address.zh, &point.address.en)
                .text("opens", &point.open)
                .text("closes", &point.close)
                .text("storage", &serde_json::to_string(&point.storage)?)
                .number("capacity_parcels", point.capacity_parcels);
            at_place(row, &point.geo).run(tx).await?;
        }
        Ok(())
    }

    async fn banners(&self, tx: &mut Tx, file: &CatalogueFile) -> Result<usize, ImportError> {
        sqlx::query(FORGET_BANNERS).execute(tx.conn()).await?;
        let mut left_out = 0;
        for (position, banner) in positions(&file.banners) {
            let Some(href) = href(banner) else {
                left_out += 1;
                continue;
            };
            Upsert::of("banner", "id", &banner.id)
                .number("position", position)
                .text("image", self.src(&banner.image))
                .both("title", &banner.title.zh, &banner.title.en)
                .both("subtitle", &banner.subtitle.zh, &banner.subtitle.en)
                .text("href", &href)
                .text("ink", &banner.ink)
                .run(tx)
                .await?;
        }
        Ok(left_out)
    }
}

async fn put_media(tx: &mut Tx, picture: &Media) -> Result<(), sqlx::Error> {
    Upsert::of("media", "src", &picture.src)
        .number("width", picture.width)
        .number("height", picture.height)
        .text("tint", &picture.tint)
        .text("widths", &picture.widths_text())
        .run(tx)
        .await
}

/// Places in the feed, counted from 1: categories take turns, so that the feed is mixed from its first
/// screen on.
fn feed_ranks<C: Ord>(categories: impl Iterator<Item = C>) -> Vec<i64> {
    let mut seen: BTreeMap<C, i64> = BTreeMap::new();
    let rounds = categories.map(|category| {
        let round = seen.entry(category).or_default();
        *round += 1;
        *round
    });
    let mut order: Vec<(i64, usize)> = rounds.enumerate().map(|(i, round)| (round, i)).collect();
    order.sort_unstable();
    let mut ranks: Vec<(usize, i64)> = positions(&order)
        .map(|(rank, (_, i))| (*i, rank + 1))
        .collect();
    ranks.sort_unstable();
    ranks.into_iter().map(|(_, rank)| rank).collect()
}

/// Where a banner leads in the app; nowhere yet for what this shop does not have. One to a live room is shown
/// while there is such a room.
fn href(banner: &Banner) -> Option<String> {
    match banner.link.split_once(':')? {
        ("category", id) => Some(format!("/category/{id}")),
        ("product", slug) => Some(format!("/p/{slug}")),
        ("live", room) => Some(format!("/live/{room}")),
        ("search", word) => Some(format!("/search?q={word}")),
        ("community", _) => Some("/search?fulfilment=pickup".to_owned()),
        _ => None,
    }
}

fn at_place(row: Upsert, geo: &Geo) -> Upsert {
    let millionths = |degrees: f64| (degrees * 1_000_000.0).round() as i64;
    row.number("lat_e6", millionths(geo.lat))
        .number("lng_e6", millionths(geo.lng))
}

fn rated(row: Upsert, rating: &Rating) -> Upsert {
    let tenths = (rating.average * 10.0).round() as i64;
    row.number("rating_tenths", tenths)
        .number("rating_count", rating.count)
}

/// The word that a value is in JSON.
fn word(value: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(value)?.trim_matches('"').to_owned())
}

fn positions<T>(list: &[T]) -> impl Iterator<Item = (i64, &T)> {
    (0..).zip(list)
}

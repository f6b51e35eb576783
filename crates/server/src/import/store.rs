//! SQL of the import. The file's order is the shop's order.

use std::collections::BTreeMap;

use contract::Timestamp;
use indicatif::ProgressBar;
use serde_json::json;

use super::file::{
    Banner, CatalogueFile, Geo, Language, OptionValue, Product, ProductOption, Rating, Sku, Text,
};
use super::media::MediaByFile;
use super::{ImportError, words};
use crate::db::{Kind, Tx, Upsert};
use crate::search::{postgres_document, sqlite_column};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// `imported` moves by what `on_hand` really moved, so that the same file twice changes nothing and goods
/// that were sold or are held stay sold or held.
const PUT_STOCK: &str = "
    INSERT INTO stock (sku, on_hand, imported) VALUES ($1, $2, $2)
    ON CONFLICT (sku) DO UPDATE SET
        on_hand = CASE WHEN stock.on_hand + excluded.imported - stock.imported < stock.reserved + stock.sold
                       THEN stock.reserved + stock.sold
                       ELSE stock.on_hand + excluded.imported - stock.imported END,
        imported = CASE WHEN stock.on_hand + excluded.imported - stock.imported < stock.reserved + stock.sold
                        THEN stock.imported + stock.reserved + stock.sold - stock.on_hand
                        ELSE excluded.imported END";

const TAKE_ALL_OFF_SALE: &str = "UPDATE product SET on_sale = 0";
const TAKE_SKUS_OFF_SALE: &str = "UPDATE sku SET on_sale = 0 WHERE product = $1";
const FEED_END: &str = "SELECT CAST(COALESCE(MAX(feed_rank), 0) AS BIGINT) FROM product";
const FORGET_BANNERS: &str = "DELETE FROM banner";
const FORGET_PICTURES: &str = "DELETE FROM product_picture WHERE product = $1";
const FORGET_TAGS: &str = "DELETE FROM product_tag WHERE product = $1";
const FORGET_STORES: &str = "DELETE FROM product_store WHERE product = $1";
const FORGET_WAYS: &str = "DELETE FROM product_fulfilment WHERE product = $1";
const FORGET_WORDS: &str = "DELETE FROM product_search WHERE product = $1";
const PUT_PICTURE: &str =
    "INSERT INTO product_picture (product, position, src) VALUES ($1, $2, $3)";
const PUT_TAG: &str =
    "INSERT INTO product_tag (product, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const PUT_STORE: &str = "INSERT INTO product_store (product, position, store) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
const PUT_WAY: &str =
    "INSERT INTO product_fulfilment (product, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const PUT_WORDS_SQLITE: &str =
    "INSERT INTO product_search (product, title, body) VALUES ($1, $2, $3)";
const PUT_WORDS_POSTGRES: &str =
    "INSERT INTO product_search (product, document) VALUES ($1, CAST($2 AS TSVECTOR))";

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
        file,
        media,
        now,
    };
    import.shop(tx).await?;
    import.lists(tx).await?;
    import.places(tx).await?;
    sqlx::query(TAKE_ALL_OFF_SALE).execute(tx.conn()).await?;
    let feed_end: i64 = sqlx::query_scalar(FEED_END).fetch_one(tx.conn()).await?;
    let feed_ranks = feed_ranks(&file.products);
    for ((position, product), feed_rank) in positions(&file.products).zip(feed_ranks) {
        import
            .product(tx, position, feed_end + feed_rank, product)
            .await?;
        progress.inc(1);
    }
    import.banners(tx).await
}

struct Import<'a> {
    kind: Kind,
    file: &'a CatalogueFile,
    media: &'a MediaByFile,
    now: Timestamp,
}

impl Import<'_> {
    /// Address of a picture; every picture that the file names was read before.
    fn src(&self, name: &str) -> &str {
        self.media
            .get(name)
            .map(|media| media.src.as_str())
            .unwrap_or_default()
    }

    async fn shop(&self, tx: &mut Tx) -> Result<(), ImportError> {
        let shop = &self.file.shop;
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
            Upsert::of("media", "src", &picture.src)
                .number("width", picture.width)
                .number("height", picture.height)
                .text("tint", &picture.tint)
                .run(tx)
                .await?;
        }
        Ok(())
    }

    async fn lists(&self, tx: &mut Tx) -> Result<(), ImportError> {
        for (position, category) in positions(&self.file.categories) {
            Upsert::of("category", "id", &category.id)
                .number("position", position)
                .both("name", &category.name.zh, &category.name.en)
                .both("text", &category.text.zh, &category.text.en)
                .text("icon", self.src(&category.icon))
                .run(tx)
                .await?;
        }
        for brand in &self.file.brands {
            let row = Upsert::of("brand", "id", &brand.id);
            row.both("name", &brand.name.zh, &brand.name.en)
                .run(tx)
                .await?;
        }
        for (position, tag) in positions(&self.file.tags) {
            Upsert::of("tag", "id", &tag.id)
                .number("position", position)
                .both("name", &tag.name.zh, &tag.name.en)
                .text("kind", &word(&tag.kind)?)
                .run(tx)
                .await?;
        }
        for member in &self.file.members {
            Upsert::of("member", "id", &member.id)
                .both("name", &member.name.zh, &member.name.en)
                .text("avatar", self.src(&member.avatar))
                .run(tx)
                .await?;
        }
        Ok(())
    }

    async fn places(&self, tx: &mut Tx) -> Result<(), ImportError> {
        for (position, store) in positions(&self.file.stores) {
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
        for (position, community) in positions(&self.file.communities) {
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

    async fn product(
        &self,
        tx: &mut Tx,
        position: i64,
        feed_rank: i64,
        product: &Product,
    ) -> Result<(), ImportError> {
        let cheapest = product.skus.iter().min_by_key(|sku| sku.price);
        let dearest = product.skus.iter().map(|sku| sku.price).max();
        let row = Upsert::of("product", "id", &product.id)
            .text("slug", &product.slug)
            .number("position", position)
            .number_once("feed_rank", feed_rank)
            .number("on_sale", 1)
            .text("category", &product.category)
            .text("brand", &product.brand)
            .both("title", &product.title.zh, &product.title.en)
            .both("summary", &product.summary.zh, &product.summary.en)
            .both("unit", &product.unit.zh, &product.unit.en)
            .both("origin", &product.origin.zh, &product.origin.en)
            .text("storage", &word(&product.storage)?)
            .text("options", &self.options(product).to_string())
            .text("currency", self.file.currency.code.code())
            .number("price", cheapest.map_or(0, |sku| sku.price))
            .number("price_max", dearest.unwrap_or(0))
            .number("list_price", cheapest.map_or(0, |sku| sku.list_price))
            .number("sold_before", product.sold)
            .number_once("listed_at", self.days_ago(product.listed_days_ago))
            .number_once("created_at", self.now.0);
        rated(row, &product.rating).run(tx).await?;
        self.skus(tx, product).await?;
        self.relations(tx, product).await?;
        self.words(tx, product).await?;
        self.reviews(tx, product).await
    }

    async fn skus(&self, tx: &mut Tx, product: &Product) -> Result<(), ImportError> {
        let off = sqlx::query(TAKE_SKUS_OFF_SALE).bind(&product.id);
        off.execute(tx.conn()).await?;
        for (position, sku) in positions(&product.skus) {
            Upsert::of("sku", "id", &sku.code)
                .text("product", &product.id)
                .number("position", position)
                .number("on_sale", 1)
                .text("attributes", &attributes(sku).to_string())
                .both("label", &sku.label.zh, &sku.label.en)
                .number("price", sku.price)
                .number("list_price", sku.list_price)
                .number("weight_g", sku.weight_g)
                .optional("image", sku.image.as_ref().map(|name| self.src(name)))
                .run(tx)
                .await?;
            let stock = sqlx::query(PUT_STOCK).bind(&sku.code).bind(sku.stock);
            stock.execute(tx.conn()).await?;
        }
        Ok(())
    }

    async fn relations(&self, tx: &mut Tx, product: &Product) -> Result<(), ImportError> {
        for forget in [FORGET_PICTURES, FORGET_TAGS, FORGET_STORES, FORGET_WAYS] {
            sqlx::query(forget)
                .bind(&product.id)
                .execute(tx.conn())
                .await?;
        }
        for (position, name) in positions(&product.images) {
            let put = sqlx::query(PUT_PICTURE).bind(&product.id).bind(position);
            put.bind(self.src(name)).execute(tx.conn()).await?;
        }
        for tag in &product.tags {
            let put = sqlx::query(PUT_TAG).bind(&product.id).bind(tag);
            put.execute(tx.conn()).await?;
        }
        for (position, store) in positions(&product.stores) {
            let put = sqlx::query(PUT_STORE).bind(&product.id).bind(position);
            put.bind(store).execute(tx.conn()).await?;
        }
        for kind in &product.fulfilment {
            let put = sqlx::query(PUT_WAY).bind(&product.id).bind(word(kind)?);
            put.execute(tx.conn()).await?;
        }
        Ok(())
    }

    async fn words(&self, tx: &mut Tx, product: &Product) -> Result<(), ImportError> {
        let forget = sqlx::query(FORGET_WORDS).bind(&product.id);
        forget.execute(tx.conn()).await?;
        let title = words::of_title(product);
        let body = words::of_body(self.file, product);
        let put = match self.kind {
            Kind::Sqlite => sqlx::query(PUT_WORDS_SQLITE)
                .bind(&product.id)
                .bind(sqlite_column(&title))
                .bind(sqlite_column(&body)),
            Kind::Postgres => sqlx::query(PUT_WORDS_POSTGRES)
                .bind(&product.id)
                .bind(postgres_document(&title, &body)),
        };
        put.execute(tx.conn()).await?;
        Ok(())
    }

    async fn reviews(&self, tx: &mut Tx, product: &Product) -> Result<(), ImportError> {
        for review in &product.reviews {
            let lang = match review.lang {
                Language::Zh => "zh",
                Language::En => "en",
            };
            Upsert::of("review", "id", &review.id)
                .text("product", &product.id)
                .text("member", &review.member)
                .text("sku", &review.sku)
                .number("stars", review.stars)
                .both("text", &review.text.zh, &review.text.en)
                .text("lang", lang)
                .number_once("written_at", self.days_ago(review.days_ago))
                .number("likes", review.likes)
                .run(tx)
                .await?;
        }
        Ok(())
    }

    async fn banners(&self, tx: &mut Tx) -> Result<usize, ImportError> {
        sqlx::query(FORGET_BANNERS).execute(tx.conn()).await?;
        let mut left_out = 0;
        for (position, banner) in positions(&self.file.banners) {
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

    /// What can be chosen, with its pictures, as the product's page will read it.
    fn options(&self, product: &Product) -> serde_json::Value {
        let both = |text: &Text| json!({ "zh": text.zh, "en": text.en });
        let picture = |name: &String| {
            let media = self.media.get(name)?;
            Some(json!({
                "src": media.src, "width": media.width, "height": media.height, "tint": media.tint,
            }))
        };
        let value = |value: &OptionValue| {
            json!({
                "id": value.id,
                "label": both(&value.label),
                "picture": value.image.as_ref().and_then(picture),
            })
        };
        let option = |option: &ProductOption| {
            let values: Vec<_> = option.values.iter().map(value).collect();
            json!({ "id": option.id, "name": both(&option.name), "values": values })
        };
        product.options.iter().map(option).collect()
    }

    fn days_ago(&self, days: i64) -> i64 {
        self.now.plus_ms(days.saturating_mul(-DAY_MS)).0
    }
}

/// Places in the feed, counted from 1: categories take turns, so that the feed is mixed from its first
/// screen on.
fn feed_ranks(products: &[Product]) -> Vec<i64> {
    let mut seen: BTreeMap<&str, i64> = BTreeMap::new();
    let rounds = products.iter().map(|product| {
        let round = seen.entry(product.category.as_str()).or_default();
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

/// Where a banner leads in the app; nowhere yet for what this shop does not have.
fn href(banner: &Banner) -> Option<String> {
    match banner.link.split_once(':')? {
        ("category", id) => Some(format!("/category/{id}")),
        ("product", slug) => Some(format!("/p/{slug}")),
        ("search", word) => Some(format!("/search?q={word}")),
        ("community", _) => Some("/search?fulfilment=pickup".to_owned()),
        _ => None,
    }
}

fn attributes(sku: &Sku) -> serde_json::Value {
    let attributes = sku.attributes.iter();
    attributes
        .map(|a| json!({ "option": a.id, "value": a.value }))
        .collect()
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

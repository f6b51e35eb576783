//! SQL of importing one product with its SKUs, stock, pictures, words and reviews.

use serde_json::json;

use super::{Import, Place, positions, rated, word};
use crate::db::{Kind, Rows, Tx, Upsert};
use crate::import::file::{Language, OptionValue, Product, ProductOption, Sku, Text};
use crate::import::{ImportError, words};
use crate::search::{postgres_document, sqlite_column};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// `imported` moves by what `on_hand` really moved, so that the same file twice changes nothing and goods
/// that were sold or are held stay sold or held.
const BRING_STOCK_UP_TO_DATE: &str = "
    ON CONFLICT (sku) DO UPDATE SET
        on_hand = CASE WHEN stock.on_hand + excluded.imported - stock.imported < stock.reserved + stock.sold
                       THEN stock.reserved + stock.sold
                       ELSE stock.on_hand + excluded.imported - stock.imported END,
        imported = CASE WHEN stock.on_hand + excluded.imported - stock.imported < stock.reserved + stock.sold
                        THEN stock.imported + stock.reserved + stock.sold - stock.on_hand
                        ELSE excluded.imported END";

const TAKE_SKUS_OFF_SALE: &str = "UPDATE sku SET on_sale = 0 WHERE product = $1";
const FORGET_PICTURES: &str = "DELETE FROM product_picture WHERE product = $1";
const FORGET_TAGS: &str = "DELETE FROM product_tag WHERE product = $1";
const FORGET_STORES: &str = "DELETE FROM product_store WHERE product = $1";
const FORGET_WAYS: &str = "DELETE FROM product_fulfilment WHERE product = $1";
const KNOWN: &str = "SELECT id FROM product WHERE id = $1 OR slug = $2";
/// A product that is off sale gives its word in URLs up.
const GIVE_WORD_UP: &str =
    "UPDATE product SET slug = slug || '-' || id WHERE slug = $1 AND id <> $2 AND on_sale = 0";
const PUT_STOCK: &str = "INSERT INTO stock (sku, on_hand, imported)";
const PUT_PICTURES: &str = "INSERT INTO product_picture (product, position, src)";
const PUT_TAGS: &str = "INSERT INTO product_tag (product, tag)";
const PUT_STORES: &str = "INSERT INTO product_store (product, position, store)";
const PUT_WAYS: &str = "INSERT INTO product_fulfilment (product, kind)";
const KEEP: &str = "ON CONFLICT DO NOTHING";
const PUT_WORDS_SQLITE: &str =
    "INSERT INTO product_search (product, title, body) VALUES ($1, $2, $3)";
const PUT_WORDS_POSTGRES: &str =
    "INSERT INTO product_search (product, document) VALUES ($1, CAST($2 AS TSVECTOR))";

impl Import<'_> {
    pub(super) async fn product(
        &self,
        tx: &mut Tx,
        place: Place,
        product: &Product,
        about: &[&Text],
    ) -> Result<(), ImportError> {
        let known = known(tx, product).await?;
        let cheapest = product.skus.iter().min_by_key(|sku| sku.price);
        let dearest = product.skus.iter().map(|sku| sku.price).max();
        let row = Upsert::of("product", "id", &product.id)
            .text("slug", &product.slug)
            .number("position", place.position)
            .number_once("feed_rank", place.feed_rank)
            .number("on_sale", 1)
            .text("category", &product.category)
            .text("brand", &product.brand)
            .both("title", &product.title.zh, &product.title.en)
            .both("summary", &product.summary.zh, &product.summary.en)
            .both("unit", &product.unit.zh, &product.unit.en)
            .both("origin", &product.origin.zh, &product.origin.en)
            .text("storage", &word(&product.storage)?)
            .text("options", &self.options(product).to_string())
            .text("currency", self.currency.code())
            .number("price", cheapest.map_or(0, |sku| sku.price))
            .number("price_max", dearest.unwrap_or(0))
            .number("list_price", cheapest.map_or(0, |sku| sku.list_price))
            .number("sold_before", product.sold)
            .number_once("listed_at", self.days_ago(product.listed_days_ago))
            .number_once("created_at", self.now.0);
        rated(row, &product.rating).run(tx).await?;
        if known {
            forget(tx, product).await?;
        }
        self.skus(tx, product).await?;
        self.relations(tx, product).await?;
        self.words(tx, product, about).await?;
        self.reviews(tx, product).await?;
        self.group_buy(tx, product).await
    }

    async fn skus(&self, tx: &mut Tx, product: &Product) -> Result<(), ImportError> {
        let mut rows = Vec::new();
        let mut stock = Rows::new(PUT_STOCK, BRING_STOCK_UP_TO_DATE);
        for (position, sku) in positions(&product.skus) {
            let row = Upsert::of("sku", "id", &sku.code)
                .text("product", &product.id)
                .number("position", position)
                .number("on_sale", 1)
                .text("attributes", &attributes(sku).to_string())
                .both("label", &sku.label.zh, &sku.label.en)
                .number("price", sku.price)
                .number("list_price", sku.list_price)
                .number("weight_g", sku.weight_g)
                .optional("image", sku.image.as_ref().map(|name| self.src(name)));
            rows.push(row);
            stock.push([sku.code.as_str().into(), sku.stock.into(), sku.stock.into()]);
        }
        Upsert::run_all(rows, tx).await?;
        stock.run(tx).await?;
        Ok(())
    }

    async fn relations(&self, tx: &mut Tx, product: &Product) -> Result<(), ImportError> {
        let id = || product.id.as_str().into();
        let mut pictures = Rows::new(PUT_PICTURES, "");
        for (position, name) in positions(&product.images) {
            pictures.push([id(), position.into(), self.src(name).into()]);
        }
        pictures.run(tx).await?;
        let mut tags = Rows::new(PUT_TAGS, KEEP);
        for tag in &product.tags {
            tags.push([id(), tag.as_str().into()]);
        }
        tags.run(tx).await?;
        let mut stores = Rows::new(PUT_STORES, KEEP);
        for (position, store) in positions(&product.stores) {
            stores.push([id(), position.into(), store.as_str().into()]);
        }
        stores.run(tx).await?;
        let mut ways = Rows::new(PUT_WAYS, KEEP);
        for kind in &product.fulfilment {
            ways.push([id(), word(kind)?.as_str().into()]);
        }
        ways.run(tx).await?;
        Ok(())
    }

    async fn words(
        &self,
        tx: &mut Tx,
        product: &Product,
        about: &[&Text],
    ) -> Result<(), ImportError> {
        let title = words::of_title(product);
        let body = words::of_body(product, about);
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

    /// What can be chosen, with its pictures, as the product's page will read it.
    fn options(&self, product: &Product) -> serde_json::Value {
        let both = |text: &Text| json!({ "zh": text.zh, "en": text.en });
        let picture = |name: &String| {
            let media = self.media.get(name)?;
            Some(json!({
                "src": media.src, "width": media.width, "height": media.height, "tint": media.tint,
                "widths": media.widths,
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

/// Whether the product was there before; its word in URLs is free for it afterwards.
async fn known(tx: &mut Tx, product: &Product) -> Result<bool, ImportError> {
    let known = sqlx::query_scalar(KNOWN)
        .bind(&product.id)
        .bind(&product.slug);
    let known: Vec<String> = known.fetch_all(tx.conn()).await?;
    if known.iter().any(|id| *id != product.id) {
        let give_up = sqlx::query(GIVE_WORD_UP).bind(&product.slug);
        give_up.bind(&product.id).execute(tx.conn()).await?;
    }
    Ok(known.contains(&product.id))
}

/// Undoes what an earlier import said that this one may not say again.
async fn forget(tx: &mut Tx, product: &Product) -> Result<(), ImportError> {
    for forget in [
        TAKE_SKUS_OFF_SALE,
        FORGET_PICTURES,
        FORGET_TAGS,
        FORGET_STORES,
        FORGET_WAYS,
    ] {
        sqlx::query(forget)
            .bind(&product.id)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

fn attributes(sku: &Sku) -> serde_json::Value {
    let attributes = sku.attributes.iter();
    attributes
        .map(|a| json!({ "option": a.id, "value": a.value }))
        .collect()
}

//! SQL of a product's own page.

use contract::catalog::{
    Attribute, OptionValue, Picture, ProductCard, ProductOption, Sku, Storage,
};
use contract::{CategoryId, Currency, Money, ProductId};
use serde::Deserialize;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Db;
use crate::db::columns::{count, picture};
use crate::goods::{Shelf, card_columns, card_joins, read_card};
use crate::http::language::Lang;
use crate::words::{Both, from_word};

const PRODUCT: &str = concat!(
    "SELECT ", card_columns!(), ", p.summary_zh, p.summary_en, p.category, p.unit_zh, p.unit_en,
            p.origin_zh, p.origin_en, p.storage, p.options, b.name_zh AS brand_zh, b.name_en AS brand_en
     FROM product p JOIN brand b ON b.id = p.brand ", card_joins!(),
    " WHERE p.on_sale = 1 AND (p.id = $1 OR p.slug = $1) ORDER BY p.id LIMIT 1"
);

const PICTURES: &str = "
    SELECT m.src AS picture_src, m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths
    FROM product_picture pp JOIN media m ON m.src = pp.src
    WHERE pp.product = $1 ORDER BY pp.position";

const SKUS: &str = "
    SELECT k.id, k.attributes, k.label_zh, k.label_en, k.price, k.list_price, k.weight_g, k.order_limit,
           s.on_hand - s.reserved - s.sold AS available,
           m.src AS picture_src, m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths
    FROM sku k JOIN stock s ON s.sku = k.id LEFT JOIN media m ON m.src = k.image
    WHERE k.product = $1 AND k.on_sale = 1 ORDER BY k.position";

/// A product's row, its texts in one language.
pub(in crate::features::catalog) struct ProductRow {
    pub card: ProductCard,
    pub summary: String,
    pub category: CategoryId,
    pub brand: String,
    pub origin: String,
    pub unit: String,
    pub storage: Storage,
    pub options: String,
    /// Ids with commas between.
    pub tags: String,
}

/// An option as the import wrote it.
#[derive(Deserialize)]
pub(in crate::features::catalog) struct StoredOption {
    id: String,
    name: Both,
    values: Vec<StoredValue>,
}

#[derive(Deserialize)]
struct StoredValue {
    id: String,
    label: Both,
    picture: Option<Picture>,
}

impl StoredOption {
    /// The option as the API shows it.
    pub(in crate::features::catalog) fn in_language(self, lang: Lang) -> ProductOption {
        let value = |value: StoredValue| OptionValue {
            id: value.id,
            label: value.label.pick(lang),
            picture: value.picture,
        };
        ProductOption {
            id: self.id,
            name: self.name.pick(lang),
            values: self.values.into_iter().map(value).collect(),
        }
    }
}

/// The product of an id or slug.
pub(in crate::features::catalog) async fn product(
    db: &Db,
    lang: Lang,
    shelf: &Shelf,
    id: &str,
) -> Result<Option<ProductRow>, AppError> {
    let row = sqlx::query(PRODUCT)
        .bind(id)
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| {
        Ok(ProductRow {
            card: read_card(&row, lang, shelf)?,
            summary: lang.column(&row, "summary")?,
            category: row.try_get::<String, _>("category")?.into(),
            brand: lang.column(&row, "brand")?,
            origin: lang.column(&row, "origin")?,
            unit: lang.column(&row, "unit")?,
            storage: from_word(row.try_get("storage")?)?,
            options: row.try_get("options")?,
            tags: row
                .try_get::<Option<String>, _>("tags")?
                .unwrap_or_default(),
        })
    })
    .transpose()
}

/// All pictures of a product, main one first.
pub(in crate::features::catalog) async fn pictures(
    db: &Db,
    product: &ProductId,
) -> Result<Vec<Picture>, AppError> {
    let rows = sqlx::query(PICTURES)
        .bind(product.as_str())
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .filter_map(|row| picture(row, "picture").map_err(AppError::from).transpose())
        .collect()
}

/// Every SKU of a product that is on sale, sold-out ones included.
pub(in crate::features::catalog) async fn skus(
    db: &Db,
    lang: Lang,
    product: &ProductId,
    currency: Currency,
) -> Result<Vec<Sku>, AppError> {
    let rows = sqlx::query(SKUS)
        .bind(product.as_str())
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(|row| sku(row, lang, currency)).collect()
}

fn sku(row: &AnyRow, lang: Lang, currency: Currency) -> Result<Sku, AppError> {
    let attributes: String = row.try_get("attributes")?;
    let attributes: Vec<Attribute> =
        serde_json::from_str(&attributes).map_err(AppError::internal)?;
    let (price, list_price): (i64, i64) = (row.try_get("price")?, row.try_get("list_price")?);
    Ok(Sku {
        id: row.try_get::<String, _>("id")?.into(),
        attributes,
        label: lang.column(row, "label")?,
        price: Money::new(price, currency),
        list_price: (list_price > price).then_some(Money::new(list_price, currency)),
        available: count(row, "available")?,
        limit: count(row, "order_limit")?,
        offer: None,
        weight_g: Some(count(row, "weight_g")?).filter(|grams| *grams > 0),
        picture: picture(row, "picture")?,
    })
}

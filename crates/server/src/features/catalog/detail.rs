//! A product's own page.

use contract::catalog::{DeliveryPromise, ProductDetail, ProductOption, Sku};
use contract::fulfilment::FulfilmentObstacle;
use contract::quote::BasketLine;
use contract::{Quantity, SkuId, Timestamp};

use super::store::product as store;
use crate::goods::{Shelf, reviews};
use crate::groups;
use crate::http::language::Lang;
use crate::pricing::{self, Asking};
use crate::{AppError, AppState};

/// How many reviews the page begins with.
const FIRST_REVIEWS: usize = 3;

/// A product that is on sale, by its id or its word in URLs.
pub(super) async fn product(
    state: &AppState,
    lang: Lang,
    id: &str,
) -> Result<ProductDetail, AppError> {
    let db = &state.db;
    let now = state.clock.now();
    let shelf = Shelf::read(db, now).await?;
    let product = store::product(db, lang, &shelf, id)
        .await?
        .ok_or_else(|| AppError::not_found("product"))?;
    let id = product.card.id.clone();
    let skus = store::skus(db, lang, &id, product.card.price.currency).await?;
    let (packer, delivery) = promises(state, lang, &skus, now).await?;
    Ok(ProductDetail {
        summary: product.summary,
        category: product.category,
        pictures: store::pictures(db, &id).await?,
        options: options(&product.options, lang)?,
        skus,
        brand: Some(product.brand).filter(|brand| !brand.is_empty()),
        origin: Some(product.origin).filter(|origin| !origin.is_empty()),
        unit: Some(product.unit).filter(|unit| !unit.is_empty()),
        storage: product.storage,
        store: packer,
        delivery,
        tags: shelf.tags.named(&product.tags, lang),
        reviews: reviews::first(db, lang, &id, FIRST_REVIEWS).await?,
        group: groups::view::offer(&mut *db.reader().acquire().await?, lang, &id, now).await?,
        card: product.card,
    })
}

/// Who packs the product and the ways to get one of it, cheapest first: what a quote of one would say.
async fn promises(
    state: &AppState,
    lang: Lang,
    skus: &[Sku],
    now: Timestamp,
) -> Result<(contract::catalog::StoreCard, Vec<DeliveryPromise>), AppError> {
    let one = to_ask_about(skus).ok_or_else(|| AppError::not_found("product"))?;
    let line = BasketLine {
        sku: one.clone(),
        quantity: Quantity::ONE,
    };
    let mut conn = state.db.reader().acquire().await?;
    let priced = pricing::price(&mut conn, &[line], None, &Asking::of(state, None, now)).await?;
    let goods = priced
        .basket
        .lines
        .iter()
        .find_map(|line| line.goods.as_ref());
    let goods = goods.ok_or_else(|| AppError::not_found("product"))?;
    let mut delivery: Vec<DeliveryPromise> = priced
        .ways
        .iter()
        .filter(|way| goods.kinds.contains(&way.kind))
        .filter(|way| way.obstacle != Some(FulfilmentObstacle::NotForSomeItems))
        .map(|way| DeliveryPromise {
            kind: way.kind,
            promise: way.promise.pick(lang),
            fee: way.fee,
        })
        .collect();
    delivery.sort_by_key(|promise| promise.fee.minor);
    Ok((goods.packer.card(lang), delivery))
}

/// The first SKU that can be bought now; the first one when none can.
fn to_ask_about(skus: &[Sku]) -> Option<&SkuId> {
    let in_stock = skus.iter().find(|sku| sku.available > 0);
    in_stock.or(skus.first()).map(|sku| &sku.id)
}

/// The options as the import wrote them, in a language.
fn options(stored: &str, lang: Lang) -> Result<Vec<ProductOption>, AppError> {
    let stored: Vec<store::StoredOption> =
        serde_json::from_str(stored).map_err(AppError::internal)?;
    Ok(stored
        .into_iter()
        .map(|option| option.in_language(lang))
        .collect())
}

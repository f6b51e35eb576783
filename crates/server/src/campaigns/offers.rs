//! What promotions make of prices before anything is in a cart: of each SKU on the product's page, of products in lists.

use std::collections::BTreeMap;

use contract::catalog::{ProductCard, Sku};
use contract::promotions::{AppliedPromotion, RejectedPromotion, SkuOffer};
use contract::{Money, ProductId, SkuId};
use promotions::{Cart, CartLine, Priced, Rule, price};

use super::{Known, load};
use crate::db::Conn;
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::pricing::basket::Goods;
use crate::pricing::goods_of;
use crate::{AppError, AppState};

/// What products cost in flash sales that are open, for cards.
pub struct SalePrices(BTreeMap<ProductId, i64>);

impl SalePrices {
    /// Reads what everybody may have at a moment, or whom a preview plays.
    pub async fn read(state: &AppState, moment: &Moment) -> Result<Self, AppError> {
        let mut conn = state.db.reader().acquire().await?;
        let known = load(&mut conn, None, moment.preview.as_ref(), moment.now).await?;
        let open = known.promotions.iter().filter(|promotion| {
            let schedule = &promotion.schedule;
            schedule.open_at(&state.config.zone, moment.now).is_some()
        });
        let prices = open.filter_map(|promotion| match &promotion.rule {
            Rule::FlashSale { prices } => Some(prices),
            _ => None,
        });
        let skus: Vec<_> = prices.flatten().map(|price| &price.sku).collect();
        let mut lowest = BTreeMap::new();
        for (sku, goods) in goods_of(&mut conn, &skus).await? {
            let unit = price_one(state, &known, moment, &sku, &goods).lines;
            let unit = unit
                .first()
                .map_or(goods.unit_price.minor, |line| line.unit);
            let price = lowest.entry(goods.product).or_insert(unit);
            *price = unit.min(*price);
        }
        Ok(Self(lowest))
    }

    /// What the cheapest SKU of a product costs in a sale, minor units.
    pub fn of(&self, product: &ProductId) -> Option<i64> {
        self.0.get(product).copied()
    }
}

/// Prices one of each SKU by promotions, and the product's card by its cheapest.
pub async fn mark(
    conn: &mut Conn,
    state: &AppState,
    (known, moment): (&Known, &Moment),
    lang: Lang,
    card: &mut ProductCard,
    skus: &mut [Sku],
) -> Result<(), AppError> {
    if known.promotions.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = skus.iter().map(|sku| &sku.id).collect();
    let goods = goods_of(conn, &ids).await?;
    for sku in skus.iter_mut() {
        let Some(goods) = goods.get(&sku.id) else {
            continue;
        };
        let (unit, offer) = offer(state, known, moment, lang, sku, goods);
        if unit.minor < sku.price.minor {
            sku.list_price = Some(sku.list_price.unwrap_or(sku.price));
            sku.price = unit;
        }
        sku.offer = offer;
    }
    let lowest = skus
        .iter()
        .map(|sku| sku.price)
        .min_by_key(|price| price.minor);
    if let Some(lowest) = lowest.filter(|lowest| lowest.minor < card.price.minor) {
        card.list_price = Some(card.list_price.unwrap_or(card.price));
        card.price = lowest;
        card.price_from = skus.iter().any(|sku| sku.price != lowest);
    }
    Ok(())
}

fn offer(
    state: &AppState,
    known: &Known,
    moment: &Moment,
    lang: Lang,
    sku: &Sku,
    goods: &Goods,
) -> (Money, Option<SkuOffer>) {
    let usual = goods.unit_price;
    let zone = &state.config.zone;
    let priced = price_one(state, known, moment, &sku.id, goods);
    let title = |id: &contract::PromotionId| known.rows.get(id).map(|row| row.title.pick(lang));
    let line = priced.lines.first();
    let unit = line.map_or(usual.minor, |line| line.unit);
    // What comes off a whole cart says nothing about the price of one.
    let makes_price = |id: &contract::PromotionId| {
        known
            .promotions
            .iter()
            .find(|promotion| promotion.id == *id)
            .filter(|promotion| {
                matches!(
                    promotion.rule,
                    Rule::FlashSale { .. } | Rule::MemberPrice { .. }
                )
            })
    };
    let mut applied = Vec::new();
    let mut until = None;
    for one in &priced.applied {
        if let Some(promotion) = makes_price(&one.promotion) {
            let open = promotion.schedule.open_at(zone, moment.now);
            until = open.map(|span| span.until);
            applied.push(AppliedPromotion {
                promotion: one.promotion.clone(),
                kind: one.kind,
                title: title(&one.promotion).unwrap_or_default(),
                coupon: None,
                amount: Money::new(one.minor, usual.currency),
            });
        }
    }
    let rejected: Vec<_> = priced
        .rejected
        .into_iter()
        .filter(|one| one.sku.is_some())
        .collect();
    let has_any = !applied.is_empty() || !rejected.is_empty();
    let offer = SkuOffer {
        until,
        applied,
        rejected: rejected
            .into_iter()
            .map(|one| RejectedPromotion {
                title: title(&one.promotion).unwrap_or_default(),
                promotion: one.promotion,
                kind: one.kind,
                coupon: None,
                sku: one.sku,
                reason: one.reason,
            })
            .collect(),
    };
    (Money::new(unit, usual.currency), has_any.then_some(offer))
}

/// Asks the engine for one of a SKU.
fn price_one(
    state: &AppState,
    known: &Known,
    moment: &Moment,
    sku: &SkuId,
    goods: &Goods,
) -> Priced {
    let line = CartLine {
        sku: sku.clone(),
        product: goods.product.clone(),
        category: goods.category.clone(),
        quantity: 1,
        unit: goods.unit_price.minor,
        floor: goods.floor,
        exclusive: None,
    };
    let cart = Cart {
        lines: vec![line],
        coupons: Vec::new(),
    };
    let zone = &state.config.zone;
    price(&cart, &known.customer, &known.promotions, zone, moment.now)
}

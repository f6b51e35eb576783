//! What one of each SKU of a product costs the viewer: for the product's page.

use contract::promotions::{AppliedPromotion, ProductOffers, RejectedPromotion, SkuOffer};
use contract::{Money, SkuId, UserId};
use promotions::{Cart, CartLine, price};

use crate::campaigns::store::words;
use crate::campaigns::{Known, load};
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::pricing::basket::Goods;
use crate::pricing::find_goods;
use crate::{AppError, AppState};

/// Asks the engine for one of each SKU.
pub(super) async fn list(
    state: &AppState,
    viewer: Option<&UserId>,
    moment: &Moment,
    lang: Lang,
    product: &str,
) -> Result<ProductOffers, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let skus = words::skus_of(&mut conn, product).await?;
    if skus.is_empty() {
        return Err(AppError::not_found("product"));
    }
    let known = load(&mut conn, viewer, moment.preview.as_ref(), moment.now).await?;
    let mut items = Vec::with_capacity(skus.len());
    for sku in skus {
        if let Some(goods) = find_goods(&mut conn, &sku).await? {
            items.push(offer(state, &known, moment, lang, &sku, &goods));
        }
    }
    Ok(ProductOffers {
        items,
        server_now: moment.now,
    })
}

fn offer(
    state: &AppState,
    known: &Known,
    moment: &Moment,
    lang: Lang,
    sku: &SkuId,
    goods: &Goods,
) -> SkuOffer {
    let usual = goods.unit_price;
    let zone = &state.config.zone;
    let line = CartLine {
        sku: sku.clone(),
        product: goods.product.clone(),
        category: goods.category.clone(),
        quantity: 1,
        unit: usual.minor,
        floor: goods.floor,
        exclusive: None,
    };
    let cart = Cart {
        lines: vec![line],
        coupons: Vec::new(),
    };
    let priced = price(&cart, &known.customer, &known.promotions, zone, moment.now);
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
                    promotions::Rule::FlashSale { .. } | promotions::Rule::MemberPrice { .. }
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
    let rejected = priced.rejected.into_iter().filter(|one| one.sku.is_some());
    SkuOffer {
        sku: sku.clone(),
        price: Money::new(unit, usual.currency),
        usual,
        until,
        applied,
        rejected: rejected
            .map(|one| RejectedPromotion {
                title: title(&one.promotion).unwrap_or_default(),
                promotion: one.promotion,
                kind: one.kind,
                coupon: None,
                sku: one.sku,
                reason: one.reason,
            })
            .collect(),
    }
}

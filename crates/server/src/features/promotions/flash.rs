//! The flash-sale page: slots, and what is sold in each (rules.md 3.5).

use std::collections::BTreeMap;

use contract::Money;
use contract::promotions::{FlashGoods, FlashSales, FlashSlot, FlashSlotGoods, PromotionKind};
use promotions::{Span, Stage};

use crate::campaigns::load;
use crate::campaigns::store::promotion::{PromotionRow, SkuRow};
use crate::db::Conn;
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::pricing::goods_of;
use crate::{AppError, AppState};

/// The most slots that the page shows.
const SLOTS_MAX: usize = 6;

/// The slots that are open or come, with their goods.
pub(super) async fn list(
    state: &AppState,
    moment: &Moment,
    lang: Lang,
) -> Result<FlashSales, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let known = load(&mut conn, None, moment.preview.as_ref(), moment.now).await?;
    let mut slots: BTreeMap<Span, Vec<FlashGoods>> = BTreeMap::new();
    for engine in &known.promotions {
        let row = known.rows.get(&engine.id);
        let is_sale = engine.kind() == PromotionKind::FlashSale && engine.stage == Stage::Live;
        let Some(row) = row.filter(|_| is_sale) else {
            continue;
        };
        let goods = goods(&mut conn, row, lang).await?;
        let spans = engine
            .schedule
            .spans(&state.config.zone, moment.now.max(row.starts_at));
        for span in spans.into_iter().filter(|span| span.until > moment.now) {
            slots.entry(span).or_default().extend(goods.iter().cloned());
        }
    }
    let shown = slots.into_iter().take(SLOTS_MAX);
    Ok(FlashSales {
        slots: shown
            .map(|(span, goods)| FlashSlotGoods {
                slot: FlashSlot {
                    from: span.from,
                    until: span.until,
                },
                goods,
            })
            .collect(),
        server_now: moment.now,
    })
}

async fn goods(
    conn: &mut Conn,
    row: &PromotionRow,
    lang: Lang,
) -> Result<Vec<FlashGoods>, AppError> {
    let skus: Vec<_> = row.prices.iter().map(|price| &price.sku).collect();
    let mut known = goods_of(conn, &skus).await?;
    let mut shown = Vec::with_capacity(row.prices.len());
    for price in &row.prices {
        if let Some(goods) = known.remove(&price.sku).filter(|goods| goods.on_sale) {
            shown.push(FlashGoods {
                promotion: row.id.clone(),
                sku: price.sku.clone(),
                product: goods.product,
                slug: goods.slug,
                title: goods.title.pick(lang),
                label: goods.label.pick(lang),
                picture: goods.picture,
                price: Money::new(price.price, goods.unit_price.currency),
                usual: goods.unit_price,
                quota: count(price.quota),
                left: left(row, price),
                per_customer: row.per_customer.map(count),
            });
        }
    }
    Ok(shown)
}

fn left(row: &PromotionRow, price: &SkuRow) -> u32 {
    row.left_of(&price.sku).unwrap_or(0)
}

fn count(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}

//! Asking the engine for a basket: which lines have which price, what comes off, what does not and why.

use std::collections::BTreeMap;

use contract::promotions::PromotionKind;
use contract::{CouponId, PromotionId, SkuId};
use promotions::{Applied, Cart, CartLine, Exclusive, PricedLine, Rejected, Tried, price};

use super::load::{self, Known};
use crate::AppError;
use crate::db::Conn;
use crate::pricing::basket::{Goods, Wanted, issue};
use crate::pricing::{Asking, Special};
use crate::words::Both;

/// The most coupons that one order may show.
const COUPONS_MAX: usize = 5;

/// What the engine said of a basket.
#[derive(Clone, Debug, Default)]
pub struct Reckoned {
    /// Lines that can be bought, by their SKUs.
    pub lines: BTreeMap<SkuId, PricedLine>,
    /// What took something off.
    pub applied: Vec<Applied>,
    /// What did not.
    pub rejected: Vec<Rejected>,
    /// Coupons of the wallet, tried on this basket.
    pub wallet: Vec<Tried>,
    /// What was known of them.
    pub known: Known,
    /// The name of the activity that the goods are bought by.
    activity: Option<(PromotionId, Both)>,
}

impl Reckoned {
    /// A promotion's name; empty for one that is not there.
    pub fn title(&self, promotion: &PromotionId) -> Both {
        if let Some((_, title)) = self.activity.as_ref().filter(|(id, _)| id == promotion) {
            return title.clone();
        }
        let row = self.known.rows.get(promotion);
        row.map_or_else(|| Both::new("", ""), |row| row.title.clone())
    }

    /// Pieces of a line that come out of a flash sale's bucket: of which sale.
    pub fn flash_of(&self, sku: &SkuId) -> Option<&PromotionId> {
        let line = self.lines.get(sku)?;
        let mut shares = line.shares.iter();
        let share = shares.find(|share| share.kind == PromotionKind::FlashSale)?;
        Some(&share.promotion)
    }
}

/// Prices what was found: goods take the price of their flash sale, member price or activity, and what is left of
/// them there. What cannot be bought as asked is in no promotion.
pub async fn reckon(
    conn: &mut Conn,
    found: &mut [(Wanted, Option<Goods>)],
    special: Option<&Special>,
    asking: &Asking<'_>,
) -> Result<Reckoned, AppError> {
    if asking.coupons.len() > COUPONS_MAX {
        let reason = format!("at most {COUPONS_MAX} coupons");
        return Err(AppError::field("coupons", reason));
    }
    let known = load::load(conn, asking.buyer, asking.preview, asking.now).await?;
    let ask = |found: &[(Wanted, Option<Goods>)]| {
        let cart = Cart {
            lines: found
                .iter()
                .filter_map(|(wanted, goods)| line(wanted, goods.as_ref()?, special))
                .collect(),
            coupons: asking.coupons.to_vec(),
        };
        price(
            &cart,
            &known.customer,
            &known.promotions,
            asking.zone,
            asking.now,
        )
    };
    let first = ask(found);
    let usual: Vec<Option<Goods>> = found.iter().map(|(_, goods)| goods.clone()).collect();
    put_prices(found, &first.lines, special, &known);
    let all_fine = found
        .iter()
        .all(|(wanted, goods)| issue(wanted.quantity, goods.as_ref()).is_none());
    let priced = if all_fine {
        first
    } else {
        let fine: Vec<(Wanted, Option<Goods>)> = found
            .iter()
            .zip(usual)
            .filter(|((wanted, goods), _)| issue(wanted.quantity, goods.as_ref()).is_none())
            .map(|((wanted, _), usual)| (wanted.clone(), usual))
            .collect();
        ask(&fine)
    };
    let lines = priced.lines.into_iter();
    Ok(Reckoned {
        lines: lines.map(|line| (line.sku.clone(), line)).collect(),
        applied: priced.applied,
        rejected: priced.rejected,
        wallet: priced.wallet,
        activity: special.map(|special| (special.activity.id.clone(), special.title())),
        known,
    })
}

fn line(wanted: &Wanted, goods: &Goods, special: Option<&Special>) -> Option<CartLine> {
    if !goods.on_sale {
        return None;
    }
    Some(CartLine {
        sku: wanted.sku.clone(),
        product: goods.product.clone(),
        category: goods.category.clone(),
        quantity: wanted.quantity,
        unit: goods.unit_price.minor,
        floor: goods.floor,
        exclusive: special.map(|special| Exclusive {
            price: special.price.minor,
            ..special.activity.clone()
        }),
    })
}

fn put_prices(
    found: &mut [(Wanted, Option<Goods>)],
    lines: &[PricedLine],
    special: Option<&Special>,
    known: &Known,
) {
    for (wanted, goods) in found.iter_mut() {
        let Some(goods) = goods else { continue };
        if let Some(special) = special {
            goods.apply(special);
            continue;
        }
        let Some(line) = lines.iter().find(|line| line.sku == wanted.sku) else {
            continue;
        };
        goods.reprice(line.unit);
        let flash = line
            .shares
            .iter()
            .find(|share| share.kind == PromotionKind::FlashSale)
            .and_then(|share| known.rows.get(&share.promotion));
        if let Some(left) = flash.and_then(|sale| sale.left_of(&wanted.sku)) {
            goods.available = left;
        }
    }
}

/// Coupons that a request shows.
pub type Shown<'a> = &'a [CouponId];

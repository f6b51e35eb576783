//! The price of one piece: an activity's, a flash sale's, a member's; the first of them that there is (3.0-7).

use contract::PromotionId;
use contract::promotions::PromotionReason as Reason;

use crate::audience::obstacle;
use crate::model::{Promotion, Rule, UnitPrice};
use crate::price::{Asked, By, Work};
use crate::split::part_of;

/// Prices the pieces of every line.
pub fn apply(work: &mut Work<'_>, asked: &Asked<'_>) {
    for at in 0..work.lines.len() {
        if activity(work, at) {
            continue;
        }
        let flash = flash(work, asked, at);
        member(work, asked, at, flash);
    }
}

/// The price of a group-buy or a live flash price shuts every other out.
fn activity(work: &mut Work<'_>, at: usize) -> bool {
    let Some(exclusive) = work
        .lines
        .get(at)
        .and_then(|line| line.cart.exclusive.as_ref())
    else {
        return false;
    };
    let by = By {
        id: &exclusive.id,
        kind: exclusive.kind,
        coupon: None,
        funding: &exclusive.funding,
    };
    work.reprice(at, by, exclusive.price);
    true
}

/// The lowest price of the flash sales that have the goods; whether there was one.
fn flash(work: &mut Work<'_>, asked: &Asked<'_>, at: usize) -> bool {
    let mut best: Option<(&Promotion, i64)> = None;
    for promotion in asked.promotions {
        let Some(price) = price_in(work, promotion, at) else {
            continue;
        };
        let why = refusal(work, asked, promotion, at, &price).or_else(|| {
            (best.is_some_and(|(_, least)| price.price >= least)).then_some(Reason::BetterPrice)
        });
        match why {
            Some(why) => reject(work, promotion, at, why),
            None => {
                if let Some((other, _)) = best.replace((promotion, price.price)) {
                    reject(work, other, at, Reason::BetterPrice);
                }
            }
        }
    }
    if let Some((promotion, price)) = best {
        work.reprice(at, By::of(promotion, None), price);
    }
    best.is_some()
}

fn price_in(work: &Work<'_>, promotion: &Promotion, at: usize) -> Option<UnitPrice> {
    let line = work.lines.get(at)?;
    match &promotion.rule {
        Rule::FlashSale { prices } => prices.iter().find(|p| p.sku == line.cart.sku).cloned(),
        _ => None,
    }
}

/// Why all of a line cannot have the price: it has all of it or nothing.
fn refusal(
    work: &Work<'_>,
    asked: &Asked<'_>,
    promotion: &Promotion,
    at: usize,
    price: &UnitPrice,
) -> Option<Reason> {
    let line = work.lines.get(at)?;
    if let Some(why) = obstacle(promotion, asked.customer, asked.zone, asked.now) {
        return Some(why);
    }
    let quantity = line.cart.quantity;
    if quantity > price.left {
        return Some(Reason::SoldOut { left: price.left });
    }
    if let Some(limit) = promotion.per_customer {
        let had = had(asked, promotion) + pieces(work, &promotion.id);
        let left = limit.saturating_sub(had);
        if quantity > left {
            return Some(Reason::Limit { left });
        }
    }
    if price.price >= line.unit {
        return Some(Reason::BetterPrice);
    }
    if price.price < line.cart.floor {
        return Some(Reason::Floor);
    }
    let off = (line.unit - price.price).saturating_mul(i64::from(quantity));
    beyond_budget(work, promotion, off)
}

/// Member prices; the largest reduction counts, and a flash sale comes before all of them.
fn member(work: &mut Work<'_>, asked: &Asked<'_>, at: usize, has_flash: bool) {
    let mut best: Option<(&Promotion, i64)> = None;
    for promotion in asked.promotions {
        let (Rule::MemberPrice { scope, off_bp }, Some(line)) =
            (&promotion.rule, work.lines.get(at))
        else {
            continue;
        };
        if !scope.holds(line.cart) {
            continue;
        }
        let off = part_of(line.unit, i64::from(*off_bp).min(10_000), 10_000);
        let price = (line.unit - off).max(line.cart.floor).min(line.unit);
        let all = (line.unit - price).saturating_mul(i64::from(line.cart.quantity));
        let why = obstacle(promotion, asked.customer, asked.zone, asked.now)
            .or_else(|| has_flash.then_some(Reason::BetterPrice))
            .or_else(|| over_uses(asked, promotion))
            .or_else(|| (price >= line.unit).then_some(Reason::Floor))
            .or_else(|| beyond_budget(work, promotion, all))
            .or_else(|| {
                (best.is_some_and(|(_, least)| price >= least)).then_some(Reason::BetterPrice)
            });
        match why {
            Some(why) => reject(work, promotion, at, why),
            None => {
                if let Some((other, _)) = best.replace((promotion, price)) {
                    reject(work, other, at, Reason::BetterPrice);
                }
            }
        }
    }
    if let Some((promotion, price)) = best {
        work.reprice(at, By::of(promotion, None), price);
    }
}

/// What is left of its budget does not pay for this (M8).
pub fn beyond_budget(work: &Work<'_>, promotion: &Promotion, off: i64) -> Option<Reason> {
    let left = promotion.budget.spend_left?;
    let spent = work.taken_by(&promotion.id);
    (spent.saturating_add(off) > left).then_some(Reason::UsedUp)
}

/// The customer has used it as often as one may (F2).
pub fn over_uses(asked: &Asked<'_>, promotion: &Promotion) -> Option<Reason> {
    let limit = promotion.per_customer?;
    (had(asked, promotion) >= limit).then_some(Reason::Limit { left: 0 })
}

fn had(asked: &Asked<'_>, promotion: &Promotion) -> u32 {
    let had = asked.customer.had.get(&promotion.id);
    had.copied().unwrap_or(0)
}

/// Pieces that this cart has at a promotion's price so far.
fn pieces(work: &Work<'_>, promotion: &PromotionId) -> u32 {
    work.lines
        .iter()
        .filter(|line| {
            line.shares
                .iter()
                .any(|share| share.promotion == *promotion)
        })
        .fold(0, |sum, line| sum.saturating_add(line.cart.quantity))
}

fn reject(work: &mut Work<'_>, promotion: &Promotion, at: usize, why: Reason) {
    let sku = work.lines.get(at).map(|line| line.cart.sku.clone());
    work.reject(&promotion.id, promotion.kind(), (None, sku.as_ref()), why);
}

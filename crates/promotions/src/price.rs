//! The price of a cart, step by step in the order of rules.md 3.0-7: activity prices, member prices, full-reduction,
//! coupons. Points and shipping come after, and are not of this crate.

use contract::promotions::{Funder, PromotionKind, PromotionReason as Reason};
use contract::{CouponId, PromotionId, SkuId, Timestamp};
use jiff::tz::TimeZone;

use crate::answer::{Applied, Priced, PricedLine, Rejected, Share, Tried};
use crate::model::{Cart, CartLine, Customer, Promotion};
use crate::split::{Funding, Taker, allocate};
use crate::{units, whole};

/// Prices a cart for a customer by these promotions at a moment. The order of promotions, coupons and the wallet
/// means nothing: the same question has one answer.
pub fn price(
    cart: &Cart,
    customer: &Customer,
    promotions: &[Promotion],
    zone: &TimeZone,
    now: Timestamp,
) -> Priced {
    let mut promotions: Vec<&Promotion> = promotions.iter().collect();
    promotions.sort_by(|a, b| a.id.cmp(&b.id));
    let asked = Asked {
        customer,
        promotions: &promotions,
        zone,
        now,
    };
    let mut work = Work::of(cart);
    units::apply(&mut work, &asked);
    whole::reduce(&mut work, &asked);
    let wallet = whole::try_each(&work, &asked);
    whole::use_coupons(&mut work, &asked, &cart.coupons);
    work.finish(wallet)
}

/// Who asks, when, and what there is.
pub struct Asked<'a> {
    pub customer: &'a Customer,
    /// By their ids.
    pub promotions: &'a [&'a Promotion],
    pub zone: &'a TimeZone,
    pub now: Timestamp,
}

/// A cart that is being priced.
#[derive(Clone)]
pub struct Work<'a> {
    pub lines: Vec<Line<'a>>,
    pub applied: Vec<Applied>,
    pub rejected: Vec<Rejected>,
}

/// A line that is being priced.
#[derive(Clone)]
pub struct Line<'a> {
    pub cart: &'a CartLine,
    /// Price of one.
    pub unit: i64,
    /// What is left to pay of all of it.
    pub pay: i64,
    pub shares: Vec<Share>,
}

/// A promotion that takes something off, as lines and books name it.
#[derive(Clone, Copy)]
pub struct By<'a> {
    pub id: &'a PromotionId,
    pub kind: PromotionKind,
    pub coupon: Option<&'a CouponId>,
    pub funding: &'a Funding,
}

impl<'a> By<'a> {
    pub fn of(promotion: &'a Promotion, coupon: Option<&'a CouponId>) -> Self {
        Self {
            id: &promotion.id,
            kind: promotion.kind(),
            coupon,
            funding: &promotion.funding,
        }
    }
}

impl Line<'_> {
    fn quantity(&self) -> i64 {
        i64::from(self.cart.quantity)
    }

    /// What may still come off it (features.md 67).
    pub fn room(&self) -> i64 {
        let floor = self.cart.floor.saturating_mul(self.quantity());
        (self.pay - floor).clamp(0, self.pay)
    }

    /// Whether promotions of the whole cart may come on top (G14).
    pub fn takes_more(&self) -> bool {
        self.cart.exclusive.as_ref().is_none_or(|price| price.more)
    }
}

impl<'a> Work<'a> {
    fn of(cart: &'a Cart) -> Self {
        let line = |cart: &'a CartLine| Line {
            cart,
            unit: cart.unit,
            pay: cart.unit.saturating_mul(i64::from(cart.quantity)),
            shares: Vec::new(),
        };
        Self {
            lines: cart.lines.iter().map(line).collect(),
            applied: Vec::new(),
            rejected: Vec::new(),
        }
    }

    /// What is left to pay of all lines.
    pub fn pay(&self) -> i64 {
        self.lines.iter().map(|line| line.pay).sum()
    }

    /// Takes an amount off one line.
    pub fn take(&mut self, at: usize, by: By<'_>, minor: i64) {
        let Some(line) = self.lines.get_mut(at).filter(|_| minor > 0) else {
            return;
        };
        line.pay -= minor;
        let funders: Vec<(Funder, i64)> = by.funding.split(minor);
        line.shares.push(Share {
            promotion: by.id.clone(),
            kind: by.kind,
            coupon: by.coupon.cloned(),
            minor,
            funders,
        });
        let known = self
            .applied
            .iter_mut()
            .find(|applied| applied.promotion == *by.id && applied.coupon.as_ref() == by.coupon);
        match known {
            Some(applied) => applied.minor += minor,
            None => self.applied.push(Applied {
                promotion: by.id.clone(),
                kind: by.kind,
                coupon: by.coupon.cloned(),
                minor,
            }),
        }
    }

    /// Makes one piece of a line cost `unit`.
    pub fn reprice(&mut self, at: usize, by: By<'_>, unit: i64) {
        let Some(line) = self.lines.get_mut(at) else {
            return;
        };
        let off = (line.unit - unit).saturating_mul(line.quantity());
        line.unit = unit;
        self.take(at, by, off);
    }

    /// Takes an amount off several lines together, by what is paid for each (3.0-8).
    pub fn take_from(&mut self, lines: &[usize], by: By<'_>, minor: i64) {
        let takers: Vec<Taker> = lines
            .iter()
            .filter_map(|at| self.lines.get(*at))
            .map(|line| Taker {
                weight: line.pay,
                room: line.room(),
            })
            .collect();
        for (at, share) in lines.iter().zip(allocate(minor, &takers)) {
            self.take(*at, by, share);
        }
    }

    /// What a promotion has taken off so far.
    pub fn taken_by(&self, promotion: &PromotionId) -> i64 {
        self.applied
            .iter()
            .filter(|applied| applied.promotion == *promotion)
            .map(|applied| applied.minor)
            .sum()
    }

    /// Notes once why a promotion took nothing off.
    pub fn reject(
        &mut self,
        promotion: &PromotionId,
        kind: PromotionKind,
        (coupon, sku): (Option<&CouponId>, Option<&SkuId>),
        reason: Reason,
    ) {
        let rejected = Rejected {
            promotion: promotion.clone(),
            kind,
            coupon: coupon.cloned(),
            sku: sku.cloned(),
            reason,
        };
        if !self.rejected.contains(&rejected) {
            self.rejected.push(rejected);
        }
    }

    fn finish(self, wallet: Vec<Tried>) -> Priced {
        let lines = self.lines.into_iter().map(|line| PricedLine {
            sku: line.cart.sku.clone(),
            quantity: line.cart.quantity,
            list: line.cart.unit.saturating_mul(i64::from(line.cart.quantity)),
            unit: line.unit,
            pay: line.pay,
            shares: line.shares,
        });
        Priced {
            lines: lines.collect(),
            applied: self.applied,
            rejected: self.rejected,
            wallet,
        }
    }
}

//! What the engine says.

use contract::promotions::{Funder, PromotionKind, PromotionReason};
use contract::{CouponId, PromotionId, SkuId};

/// What a cart costs, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Priced {
    /// The lines, in the cart's order.
    pub lines: Vec<PricedLine>,
    /// What took something off, in the order in which it did.
    pub applied: Vec<Applied>,
    /// What did not, and why.
    pub rejected: Vec<Rejected>,
    /// Every coupon of the wallet, and what it alone would do to this cart.
    pub wallet: Vec<Tried>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedLine {
    /// What.
    pub sku: SkuId,
    /// How many.
    pub quantity: u32,
    /// All of it at the shop's own price.
    pub list: i64,
    /// Price of one by flash sale, member price or activity.
    pub unit: i64,
    /// What is to be paid for all of it: `list` less all `shares`.
    pub pay: i64,
    /// What each promotion takes off it (3.0-8).
    pub shares: Vec<Share>,
}

/// What a promotion takes off a line, and who pays for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Which.
    pub promotion: PromotionId,
    /// Of which kind.
    pub kind: PromotionKind,
    /// By which coupon.
    pub coupon: Option<CouponId>,
    /// Minor units, more than 0.
    pub minor: i64,
    /// Sum to `minor` (M1).
    pub funders: Vec<(Funder, i64)>,
}

/// A promotion that took something off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Which.
    pub promotion: PromotionId,
    /// Of which kind.
    pub kind: PromotionKind,
    /// By which coupon.
    pub coupon: Option<CouponId>,
    /// Off the whole cart.
    pub minor: i64,
}

/// A promotion that took nothing off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Which.
    pub promotion: PromotionId,
    /// Of which kind.
    pub kind: PromotionKind,
    /// The coupon that was shown.
    pub coupon: Option<CouponId>,
    /// Of which SKU it speaks, where it is about one.
    pub sku: Option<SkuId>,
    /// Why.
    pub reason: PromotionReason,
}

/// What a coupon of the wallet would do to this cart by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Which coupon.
    pub coupon: CouponId,
    /// Of which promotion.
    pub promotion: PromotionId,
    /// How much it takes off, or why nothing.
    pub outcome: Result<i64, PromotionReason>,
}

impl Priced {
    /// What is to be paid for all goods.
    pub fn pay(&self) -> i64 {
        self.lines.iter().map(|line| line.pay).sum()
    }

    /// What all promotions take off.
    pub fn discount(&self) -> i64 {
        self.applied.iter().map(|applied| applied.minor).sum()
    }
}

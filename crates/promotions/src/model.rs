//! What the engine is told: the cart, who asks, and the promotions as they stand.

use std::collections::BTreeMap;

use contract::promotions::PromotionKind;
use contract::{CategoryId, CommunityId, CouponId, ProductId, PromotionId, SkuId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::split::Funding;
use crate::window::Schedule;

/// What somebody would buy. All amounts are minor units of one currency.
#[derive(Clone, Debug, Default)]
pub struct Cart {
    /// Each SKU once.
    pub lines: Vec<CartLine>,
    /// Coupons out of the wallet that are to be used; their order means nothing.
    pub coupons: Vec<CouponId>,
}

/// One SKU of the cart.
#[derive(Clone, Debug)]
pub struct CartLine {
    /// What.
    pub sku: SkuId,
    /// Its product.
    pub product: ProductId,
    /// Its product's category.
    pub category: CategoryId,
    /// How many, at least 1.
    pub quantity: u32,
    /// The shop's own price of one.
    pub unit: i64,
    /// Below this no promotion takes the price of one (features.md 67).
    pub floor: i64,
    /// It is bought at the price of a group-buy or a live flash price, which shuts other prices out (3.0-7).
    pub exclusive: Option<Exclusive>,
}

/// The price of an activity that the engine does not decide itself.
#[derive(Clone, Debug)]
pub struct Exclusive {
    /// What the books call it.
    pub id: PromotionId,
    /// Group-buy or live flash.
    pub kind: PromotionKind,
    /// Price of one.
    pub price: i64,
    /// Who pays for the difference (M1).
    pub funding: Funding,
    /// Whether promotions of the whole cart may come on top (G14).
    pub more: bool,
}

/// Who asks.
#[derive(Clone, Debug, Default)]
pub struct Customer {
    /// Guests have neither wallet nor level.
    pub signed_in: bool,
    /// Has bought nothing yet and is not here for long.
    pub is_new: bool,
    /// Level of membership; 0 for none.
    pub tier: u32,
    /// Neighbourhoods that the customer lives in.
    pub communities: Vec<CommunityId>,
    /// Coupons that were claimed.
    pub wallet: Vec<Held>,
    /// What the customer had of each promotion: pieces of a flash sale, uses of others (F2).
    pub had: BTreeMap<PromotionId, u32>,
}

/// A coupon of the wallet.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which.
    pub coupon: CouponId,
    /// Of which promotion.
    pub promotion: PromotionId,
    /// Holds from then on.
    pub from: Timestamp,
    /// Holds until then.
    pub until: Timestamp,
    /// An order has it.
    pub used: bool,
}

/// Where a promotion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being written; shoppers know nothing of it.
    Draft,
    /// Holds by its dates.
    Live,
    /// Stopped by staff, for now.
    Paused,
    /// Over.
    Ended,
}

/// A promotion.
#[derive(Clone, Debug)]
pub struct Promotion {
    /// Its id.
    pub id: PromotionId,
    /// Where it stands.
    pub stage: Stage,
    /// When it holds.
    pub schedule: Schedule,
    /// Whom it is for.
    pub audience: Audience,
    /// Who pays for it (M1).
    pub funding: Funding,
    /// What is left to give (M8).
    pub budget: Budget,
    /// The most that one customer may have: pieces of a flash sale, uses of others (F2).
    pub per_customer: Option<u32>,
    /// What it does.
    pub rule: Rule,
}

/// Whom a promotion is for; everybody unless it says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Audience {
    /// Only people who are new to the shop.
    pub new_only: bool,
    /// Only members from this level on.
    pub min_tier: u32,
    /// Only people of these neighbourhoods, when it names any.
    pub communities: Vec<CommunityId>,
}

/// What is left of a promotion's budget; `None` is without end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Minor units.
    pub spend_left: Option<i64>,
    /// Orders.
    pub uses_left: Option<i64>,
}

/// What a promotion does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rule {
    /// Prices in daily slots, from a quota of their own (3.5).
    FlashSale {
        /// The goods.
        prices: Vec<UnitPrice>,
    },
    /// A lower price for members.
    MemberPrice {
        /// Of what.
        scope: Scope,
        /// Off the shop's own price, in hundredths of a percent.
        off_bp: u32,
    },
    /// So much off from so much on.
    FullReduction {
        /// Of what.
        scope: Scope,
        /// The steps.
        tiers: Vec<Tier>,
    },
    /// Off for who shows a coupon.
    Coupon {
        /// Of what.
        scope: Scope,
        /// From this worth of goods on.
        threshold: i64,
        /// How much.
        benefit: Benefit,
        /// Holds only by itself, not with another coupon.
        alone: bool,
    },
}

/// A SKU in a flash sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitPrice {
    /// What.
    pub sku: SkuId,
    /// Price of one.
    pub price: i64,
    /// How many are left at it.
    pub left: u32,
}

/// What a promotion is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "ids", rename_all = "snake_case")]
pub enum Scope {
    /// Everything that the shop sells.
    All,
    /// Goods of these categories.
    Categories(Vec<CategoryId>),
    /// These products.
    Products(Vec<ProductId>),
}

/// A step of a full-reduction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// From this worth of goods on.
    pub from: i64,
    /// So much off.
    pub off: i64,
}

/// How much a coupon takes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Benefit {
    /// An amount.
    Fixed {
        /// Minor units.
        off: i64,
    },
    /// A share, rounded down.
    Percent {
        /// Hundredths of a percent.
        off_bp: u32,
        /// At most so much.
        cap: Option<i64>,
    },
}

impl Promotion {
    /// Its kind, for the shopper and the books.
    pub fn kind(&self) -> PromotionKind {
        match self.rule {
            Rule::FlashSale { .. } => PromotionKind::FlashSale,
            Rule::MemberPrice { .. } => PromotionKind::MemberPrice,
            Rule::FullReduction { .. } => PromotionKind::FullReduction,
            Rule::Coupon { .. } => PromotionKind::Coupon,
        }
    }
}

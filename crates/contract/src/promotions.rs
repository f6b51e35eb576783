//! Promotions as shoppers know them: what took something off, what did not and why, coupons, flash sales.

use crate::catalog::Picture;
use crate::macros::wire;
use crate::{CouponId, Money, ProductId, PromotionId, SkuId, Timestamp};

wire! {
    /// What a promotion is.
    #[derive(Copy, Eq, PartialOrd, Ord, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum PromotionKind {
        /// Prices in daily slots.
        FlashSale,
        /// A price for members.
        MemberPrice,
        /// So much off from so much on.
        FullReduction,
        /// Off for who shows a coupon.
        Coupon,
        /// The price of a group-buy.
        GroupBuy,
        /// A flash price of a live room.
        LiveFlash,
        /// A kind that this build does not know.
        #[serde(other)]
        Other,
    }

    /// Why a promotion takes nothing off.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum PromotionReason {
        /// It has not begun, or its next hours have not.
        NotYet {
            /// When it does.
            starts_at: Timestamp,
        },
        /// It is over.
        Ended,
        /// The shop has stopped it for now.
        Paused,
        /// The shop does not offer it.
        NotOffered,
        /// It asks who you are.
        SignIn,
        /// For people who are new to the shop.
        NewOnly,
        /// For members from a level on.
        MembersOnly {
            /// Which level.
            level: u32,
        },
        /// For people of other neighbourhoods.
        OtherCommunity,
        /// All of it was given away.
        UsedUp,
        /// You have had as many as one may.
        Limit {
            /// How many you may still have.
            left: u32,
        },
        /// Fewer are left at this price.
        SoldOut {
            /// How many.
            left: u32,
        },
        /// Goods for this much more are needed, minor units.
        Threshold {
            /// How much.
            missing: i64,
        },
        /// It is about other goods.
        OutOfScope,
        /// Goods at the price of an activity take no other promotion.
        NotWithActivity,
        /// It does not go together with another coupon of this order.
        NotWithOthers,
        /// The goods cost less already.
        BetterPrice,
        /// Another offer takes more off.
        BetterOffer,
        /// The goods cost as little as they can.
        Floor,
        /// The coupon is used.
        Used,
        /// There is no such coupon in your wallet.
        NotYours,
        /// A reason that this build does not know.
        #[serde(other)]
        Other,
    }

    /// A promotion that took something off.
    #[derive(Eq)]
    pub struct AppliedPromotion {
        /// Which.
        pub promotion: PromotionId,
        /// Of which kind.
        pub kind: PromotionKind,
        /// Its name.
        pub title: String,
        /// The coupon that was used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub coupon: Option<CouponId>,
        /// How much.
        pub amount: Money,
    }

    /// A promotion that took nothing off.
    #[derive(Eq)]
    pub struct RejectedPromotion {
        /// Which; empty for a coupon that is not there.
        pub promotion: PromotionId,
        /// Of which kind.
        pub kind: PromotionKind,
        /// Its name.
        pub title: String,
        /// The coupon that was shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub coupon: Option<CouponId>,
        /// The SKU that it would be about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sku: Option<SkuId>,
        /// Why.
        pub reason: PromotionReason,
    }

    /// A coupon of the wallet, held against a cart.
    #[derive(Eq)]
    pub struct CouponTried {
        /// Which.
        pub coupon: CouponId,
        /// What it is.
        pub offer: CouponOffer,
        /// What it would take off by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub saves: Option<Money>,
        /// Why it would not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<PromotionReason>,
    }

    /// How much a coupon takes off.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum CouponBenefit {
        /// An amount.
        Fixed {
            /// How much.
            off: Money,
        },
        /// A share.
        Percent {
            /// Hundredths of a percent.
            off_bp: u32,
            /// At most so much.
            cap: Option<Money>,
        },
    }

    /// What a coupon is about.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum CouponScope {
        /// Everything.
        All,
        /// Some goods, in words.
        Some {
            /// Names of categories or products.
            names: Vec<String>,
        },
    }

    /// What a coupon offers.
    #[derive(Eq)]
    pub struct CouponOffer {
        /// The promotion.
        pub promotion: PromotionId,
        /// Its name.
        pub title: String,
        /// From this worth of goods on.
        pub threshold: Money,
        /// How much.
        pub benefit: CouponBenefit,
        /// Of what.
        pub scope: CouponScope,
    }

    /// A coupon that can be claimed (`list_coupons`).
    #[derive(Eq)]
    pub struct CouponCard {
        /// What it offers.
        pub offer: CouponOffer,
        /// How many are left to claim; absent when there is no end.
        pub left: Option<u32>,
        /// How many the viewer has claimed.
        pub mine: u32,
        /// How many one may claim.
        pub per_customer: u32,
        /// Can be claimed until then.
        pub ends_at: Timestamp,
    }

    /// The coupon centre.
    pub struct CouponList {
        /// Coupons that can be claimed now.
        pub items: Vec<CouponCard>,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// Where a coupon of the wallet stands.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum CouponState {
        /// Can be used, or will be.
        Unused,
        /// An order has it.
        Used,
        /// Its time is over.
        Expired,
    }

    /// A coupon of the wallet.
    #[derive(Eq)]
    pub struct WalletCoupon {
        /// Which.
        pub id: CouponId,
        /// What it offers.
        pub offer: CouponOffer,
        /// Where it stands.
        pub state: CouponState,
        /// Holds from then on.
        pub from: Timestamp,
        /// Holds until then.
        pub until: Timestamp,
    }

    /// The wallet (`list_wallet`).
    pub struct Wallet {
        /// Newest first.
        pub items: Vec<WalletCoupon>,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// One span of a flash sale.
    #[derive(Copy, Eq)]
    pub struct FlashSlot {
        /// From this moment on.
        pub from: Timestamp,
        /// Until this moment.
        pub until: Timestamp,
    }

    /// Goods of a flash sale.
    pub struct FlashGoods {
        /// Which sale.
        pub promotion: PromotionId,
        /// What.
        pub sku: SkuId,
        /// Its product.
        pub product: ProductId,
        /// The product's word in URLs.
        pub slug: String,
        /// Its title.
        pub title: String,
        /// The SKU in words.
        pub label: String,
        /// What it looks like.
        pub picture: Option<Picture>,
        /// Price of one in the sale.
        pub price: Money,
        /// Price of one otherwise.
        pub usual: Money,
        /// How many there are in all.
        pub quota: u32,
        /// How many are left.
        pub left: u32,
        /// How many one may have.
        pub per_customer: Option<u32>,
    }

    /// A slot of the flash-sale page, with what is sold in it.
    pub struct FlashSlotGoods {
        /// When.
        pub slot: FlashSlot,
        /// What.
        pub goods: Vec<FlashGoods>,
    }

    /// The flash-sale page (`list_flash_sales`).
    pub struct FlashSales {
        /// The slot that is open and those that come, soonest first.
        pub slots: Vec<FlashSlotGoods>,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// What one SKU costs the viewer by promotions that hold now or come.
    #[derive(Eq)]
    pub struct SkuOffer {
        /// Which.
        pub sku: SkuId,
        /// Price of one.
        pub price: Money,
        /// Price of one without promotions.
        pub usual: Money,
        /// Until when the price holds, where a promotion makes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<Timestamp>,
        /// What makes the price.
        pub applied: Vec<AppliedPromotion>,
        /// What does not, and why: a sale that comes says when.
        pub rejected: Vec<RejectedPromotion>,
    }

    /// What a product costs the viewer by promotions (`list_offers`).
    #[derive(Eq)]
    pub struct ProductOffers {
        /// Its SKUs.
        pub items: Vec<SkuOffer>,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// Who pays for a promotion.
    #[derive(Copy, Eq, PartialOrd, Ord, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum FunderKind {
        /// The shop itself.
        Store,
        /// Who supplies the goods.
        Supplier,
        /// The platform.
        Platform,
    }

    /// Who pays for a promotion, and which one.
    #[derive(Eq, PartialOrd, Ord, Hash)]
    #[serde(deny_unknown_fields)]
    pub struct Funder {
        /// What it is.
        pub kind: FunderKind,
        /// Its name in statements; empty where there is but one.
        #[serde(default)]
        pub party: String,
    }

    /// A part of what a promotion costs (rules.md M1).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct FundingPart {
        /// Who pays it.
        pub funder: Funder,
        /// Hundredths of a percent; all parts are 10,000.
        pub share_bp: u32,
    }
}

impl Funder {
    /// The shop itself.
    pub fn store() -> Self {
        Self {
            kind: FunderKind::Store,
            party: String::new(),
        }
    }

    /// The platform.
    pub fn platform() -> Self {
        Self {
            kind: FunderKind::Platform,
            party: String::new(),
        }
    }

    /// A supplier.
    pub fn supplier(party: &str) -> Self {
        Self {
            kind: FunderKind::Supplier,
            party: party.to_owned(),
        }
    }
}

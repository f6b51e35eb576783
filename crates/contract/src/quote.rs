//! What a basket costs right now, by the server's prices (rules.md 3.0-1).

use crate::catalog::{Picture, StoreCard};
use crate::fulfilment::{FulfilmentChoice, FulfilmentOption};
use crate::macros::wire;
use crate::promotions::{AppliedPromotion, CouponTried, RejectedPromotion};
use crate::{CouponId, Money, ProductId, Quantity, SkuId, Timestamp};

wire! {
    /// One line of a basket.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct BasketLine {
        /// What.
        pub sku: SkuId,
        /// How many; several lines of one SKU are summed.
        pub quantity: Quantity,
    }

    /// Asks for a quote.
    #[serde(deny_unknown_fields)]
    pub struct QuoteRequest {
        /// 1 to 100 lines.
        pub lines: Vec<BasketLine>,
        /// How to get it; without it the quote holds no shipping fee.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fulfilment: Option<FulfilmentChoice>,
        /// Coupons of the wallet that are to be used, at most 5.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub coupons: Vec<CouponId>,
    }

    /// Why a line cannot be bought as asked.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum LineIssue {
        /// The shop does not sell this, or no longer.
        Gone,
        /// None left.
        SoldOut,
        /// Fewer left than asked for.
        OnlyLeft {
            /// How many can be bought.
            available: u32,
        },
        /// More than one order may hold.
        OverLimit {
            /// How many it may hold.
            limit: u32,
        },
    }

    /// A line's goods as the shop knows them.
    pub struct QuoteItem {
        /// The product.
        pub product: ProductId,
        /// Its word in URLs.
        pub slug: String,
        /// Its title.
        pub title: String,
        /// The SKU in words.
        pub label: String,
        /// What it looks like.
        pub picture: Option<Picture>,
        /// Who packs it.
        pub store: StoreCard,
        /// Price of one.
        pub unit_price: Money,
        /// Former or reference price of one, when higher.
        pub list_price: Option<Money>,
        /// Price of all of the line.
        pub line_total: Money,
        /// How many can be bought now.
        pub available: u32,
        /// How many one order may hold.
        pub limit: u32,
    }

    /// One priced line; lines of one SKU are summed into one.
    pub struct QuoteLine {
        /// What.
        pub sku: SkuId,
        /// How many.
        pub quantity: u32,
        /// Absent when the shop does not sell it.
        pub item: Option<QuoteItem>,
        /// Absent when it can be bought as asked. A line with an issue is not in the totals.
        pub issue: Option<LineIssue>,
    }

    /// What promotions do to a basket.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct QuotePromotions {
        /// What comes off `goods_total`; absent when nothing does.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub discount: Option<Money>,
        /// What took something off: `goods_total`, or the price of a line before that.
        pub applied: Vec<AppliedPromotion>,
        /// What did not, and why.
        pub rejected: Vec<RejectedPromotion>,
        /// The wallet's coupons, each tried by itself.
        pub wallet: Vec<CouponTried>,
    }

    /// What a basket costs.
    pub struct Quote {
        /// The lines, in the order asked for.
        pub lines: Vec<QuoteLine>,
        /// All goods.
        pub goods_total: Money,
        /// What the goods would have cost at their reference prices, less `goods_total`.
        pub saved: Money,
        /// Shipping; absent until a way was chosen.
        pub shipping_fee: Option<Money>,
        /// What is to be paid.
        pub total: Money,
        /// Ways to get these goods.
        pub options: Vec<FulfilmentOption>,
        /// What promotions take off, what others do not and why, and what coupons would.
        #[serde(default)]
        pub promotions: QuotePromotions,
        /// No line has an issue and the chosen way is open.
        pub orderable: bool,
        /// The server's clock.
        pub server_now: Timestamp,
    }
}

//! Goods as staff keeps them: stock, cost and floor of every SKU.

use crate::catalog::Picture;
use crate::macros::wire;
use crate::{Money, ProductId, SkuId};

wire! {
    /// A SKU as staff sees it.
    pub struct StudioSku {
        /// Its id.
        pub id: SkuId,
        /// In words.
        pub label: String,
        /// It is sold.
        pub on_sale: bool,
        /// What one is sold for.
        pub price: Money,
        /// What one costs the shop.
        pub cost: Money,
        /// The least that promotions may leave of its price.
        pub floor: Money,
        /// Where its pieces are.
        pub stock: SkuStock,
    }

    /// Where the pieces of a SKU are: `on_hand` less `reserved` and `sold` can be bought.
    #[derive(Copy, Eq)]
    pub struct SkuStock {
        /// All that the shop ever had.
        pub on_hand: i64,
        /// Kept for unpaid orders and for sales.
        pub reserved: i64,
        /// Sold.
        pub sold: i64,
        /// Can be bought.
        pub available: i64,
    }

    /// A product with its SKUs.
    pub struct StudioProduct {
        /// Its id.
        pub id: ProductId,
        /// Its word in URLs.
        pub slug: String,
        /// Its title.
        pub title: String,
        /// What it looks like.
        pub picture: Option<Picture>,
        /// It is sold.
        pub on_sale: bool,
        /// In the product's order.
        pub skus: Vec<StudioSku>,
    }

    /// Why the stock is another than before.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum StockReason {
        /// Goods arrived.
        Delivery,
        /// They were counted.
        Stocktake,
        /// They went bad or broke.
        Spoilage,
        /// Something else; the note says what.
        Other,
    }

    /// Adds pieces of a SKU or takes some away (`adjust_stock`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct AdjustStock {
        /// How many came; negative for those that are gone.
        pub by: i64,
        /// Why.
        pub reason: StockReason,
        /// In words, at most 200 characters.
        #[serde(default)]
        pub note: String,
    }
}

impl SkuStock {
    /// Of what there is of each kind.
    pub fn of(on_hand: i64, reserved: i64, sold: i64) -> Self {
        Self {
            on_hand,
            reserved,
            sold,
            available: on_hand - reserved - sold,
        }
    }
}

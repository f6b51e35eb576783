//! The cart's copy on the server, for signed-in customers (rules.md 3.8). The browser's copy leads.

use crate::macros::wire;
use crate::{Quantity, SkuId, Timestamp};

/// The most lines that a cart holds.
pub const MAX_LINES: usize = 100;

wire! {
    /// One line: what and how many, never a price as truth.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct CartLine {
        /// What.
        pub sku: SkuId,
        /// How many.
        pub quantity: Quantity,
        /// When it was first added.
        pub added_at: Timestamp,
    }

    /// A cart.
    #[derive(Eq, Default)]
    #[serde(deny_unknown_fields)]
    pub struct Cart {
        /// At most [`MAX_LINES`], one a SKU.
        pub lines: Vec<CartLine>,
    }

    /// What merging changed about one line, to be told to the customer.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum MergeChange {
        /// Both carts held it; the sum is what stands now.
        Summed {
            /// What.
            sku: SkuId,
            /// How many now.
            quantity: u32,
        },
        /// The sum went over what can be bought.
        Capped {
            /// What.
            sku: SkuId,
            /// How many now.
            quantity: u32,
            /// How many the two carts held together.
            wanted: u32,
        },
        /// It can no longer be bought.
        Dropped {
            /// What.
            sku: SkuId,
        },
    }

    /// The merged cart and every change.
    #[derive(Eq)]
    pub struct MergedCart {
        /// What stands now.
        pub cart: Cart,
        /// What changed against the two carts.
        pub changes: Vec<MergeChange>,
    }
}

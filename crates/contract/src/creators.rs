//! Creators: people who show goods, and their page (features.md 83).

use crate::catalog::{Picture, ProductCard};
use crate::macros::wire;

wire! {
    /// A creator's page.
    pub struct CreatorPage {
        /// The creator's word in URLs.
        pub handle: String,
        /// Name.
        pub name: String,
        /// Picture.
        pub avatar: Option<Picture>,
        /// A sentence about the creator.
        pub bio: String,
        /// Where from.
        pub city: String,
        /// Followers.
        pub followers: u64,
        /// What the creator shows, best first.
        pub products: Vec<ProductCard>,
    }
}

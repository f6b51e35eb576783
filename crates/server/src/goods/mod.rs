//! Goods as lists show them: what the feed, the catalogue and whatever lists products later share.

mod store;

pub use store::{GroupPrices, Shelf, Tags, find_card, product_of, read_card, reviews};
pub(crate) use store::{card_columns, card_joins};

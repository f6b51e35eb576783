//! Goods as lists show them: what the feed, the catalogue and whatever lists products later share.

mod store;

pub use store::{Tags, read_card, reviews};
pub(crate) use store::{card_columns, card_joins};

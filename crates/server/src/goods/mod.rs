//! Goods as lists show them: what the feed, the catalogue and whatever lists products later share.

mod card;
pub mod reviews;
mod tags;

pub use card::read_card;
pub(crate) use card::{card_columns, card_joins};
pub use tags::Tags;

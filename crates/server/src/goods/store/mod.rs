//! SQL of goods as lists show them: cards, labels, reviews.

mod card;
pub mod reviews;
mod tags;

pub use card::read_card;
pub(crate) use card::{card_columns, card_joins};
pub use tags::Tags;

//! SQL of goods as lists show them: cards, labels, reviews.

mod card;
mod offers;
pub mod reviews;
mod tags;

pub(crate) use card::{card_columns, card_joins};
pub use card::{find_card, product_of, read_card};
pub use offers::GroupPrices;
pub use tags::Tags;

use contract::Timestamp;

use crate::AppError;
use crate::db::Db;

/// What every card is labelled with, read once for all of a list.
pub struct Shelf {
    /// The shop's labels.
    pub tags: Tags,
    /// What is sold in groups now.
    pub groups: GroupPrices,
}

impl Shelf {
    /// Reads it as it is at `now`.
    pub async fn read(db: &Db, now: Timestamp) -> Result<Self, AppError> {
        Ok(Self {
            tags: Tags::read(db).await?,
            groups: GroupPrices::read(db, now).await?,
        })
    }
}

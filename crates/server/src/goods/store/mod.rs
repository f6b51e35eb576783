//! SQL of goods as lists show them: cards, labels, reviews.

mod card;
mod offers;
pub mod reviews;
mod tags;

pub(crate) use card::{card_columns, card_joins};
pub use card::{find_card, product_of, read_card};
pub use offers::GroupPrices;
pub use tags::Tags;

use crate::campaigns::offers::SalePrices;
use crate::preview::Moment;
use crate::{AppError, AppState};

/// What every card is labelled and priced with, read once for all of a list.
pub struct Shelf {
    /// The shop's labels.
    pub tags: Tags,
    /// What is sold in groups now.
    pub groups: GroupPrices,
    /// What flash sales make cheaper now.
    pub sales: SalePrices,
}

impl Shelf {
    /// Reads it as it is at a moment.
    pub async fn read(state: &AppState, moment: &Moment) -> Result<Self, AppError> {
        Ok(Self {
            tags: Tags::read(&state.db).await?,
            groups: GroupPrices::read(&state.db, moment.now).await?,
            sales: SalePrices::read(state, moment).await?,
        })
    }
}

//! A page of the feed (features.md 1).
//!
//! Every product has a place in the feed that it is given once. A cursor holds the moment at which the
//! browse began and the last place seen; what came into the shop later waits for the next browse. So
//! nothing moves while one reads, and no card can come twice.

use contract::feed::FeedCard;
use contract::{Cursor, Page, Timestamp};
use serde::{Deserialize, Serialize};

use super::store;
use crate::goods::Shelf;
use crate::http::language::Lang;
use crate::http::page_size;
use crate::{AppError, AppState, cursor};

/// Where one browse of the feed stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Place {
    /// When the browse began.
    pub began: Timestamp,
    /// The place of the last card seen, and what breaks a tie.
    pub after: (i64, String),
}

/// The page after `cursor`, the first one without.
pub(super) async fn page(
    state: &AppState,
    lang: Lang,
    cursor: Option<&Cursor>,
    limit: Option<u32>,
) -> Result<Page<FeedCard>, AppError> {
    let limit = page_size(limit)?;
    let secret = &state.config.server_secret;
    let place = match cursor {
        Some(cursor) => cursor::decode(secret, "feed", cursor)?,
        None => Place {
            began: state.clock.now(),
            after: (i64::MIN, String::new()),
        },
    };
    let shelf = Shelf::read(&state.db, state.clock.now()).await?;
    let mut cards = store::products(&state.db, lang, &shelf, &place, limit + 1).await?;
    let more = cards.len() > limit;
    cards.truncate(limit);
    let next = match cards.last() {
        Some((rank, card)) if more => {
            let after = (*rank, card.id.to_string());
            Some(cursor::encode(secret, "feed", &Place { after, ..place })?)
        }
        _ => None,
    };
    let items = cards
        .into_iter()
        .map(|(_, card)| FeedCard::Product(card))
        .collect();
    Ok(Page { items, next })
}

//! The feed's requests, named after the server's operations.

use contract::feed::FeedCard;
use contract::{Cursor, Page};

use crate::api::{self, ApiError, Batch};
use crate::routes::query;

/// One page of the mixed feed.
pub async fn list_feed(cursor: Option<Cursor>) -> Result<Batch<FeedCard, ()>, ApiError> {
    let at: Vec<_> = cursor
        .iter()
        .map(|cursor| ("cursor", cursor.0.as_str()))
        .collect();
    let page: Page<FeedCard> = api::get(&format!("/api/feed{}", query(&at))).await?;
    let known = |card: &FeedCard| !matches!(card, FeedCard::Unknown);
    Ok(Batch {
        items: page.items.into_iter().filter(known).collect(),
        next: page.next,
        head: (),
    })
}

//! The feed's requests, named after the server's operations.

use contract::feed::FeedCard;
use contract::{Cursor, Page};

use super::last_seen;
use crate::api::{self, ApiError, Batch};
use crate::routes::query;

/// One page of the mixed feed.
pub async fn list_feed(cursor: Option<Cursor>) -> Result<Batch<FeedCard, ()>, ApiError> {
    let at: Vec<_> = cursor
        .iter()
        .map(|cursor| ("cursor", cursor.0.as_str()))
        .collect();
    let answer = api::fetch(&format!("/api/feed{}", query(&at))).await?;
    let page: Page<FeedCard> = api::read(&answer)?;
    if cursor.is_none() {
        last_seen::keep(&answer.body);
    }
    Ok(Batch {
        items: page.items.into_iter().filter(FeedCard::is_known).collect(),
        next: page.next,
        head: (),
    })
}

//! A page of reviews.

use contract::reviews::Review;
use contract::{Cursor, Page, ProductId, Timestamp};

use crate::goods::reviews;
use crate::http::language::Lang;
use crate::http::page_size;
use crate::{AppError, AppState, cursor};

/// The page after `cursor`, the newest reviews without.
pub(super) async fn page(
    state: &AppState,
    lang: Lang,
    product: &ProductId,
    cursor: Option<&Cursor>,
    limit: Option<u32>,
) -> Result<Page<Review>, AppError> {
    let limit = page_size(limit)?;
    let secret = &state.config.server_secret;
    let (at, id): (Timestamp, String) = match cursor {
        Some(cursor) => cursor::decode(secret, "reviews", cursor)?,
        None => (Timestamp(i64::MAX), String::new()),
    };
    let mut items = reviews::after(&state.db, lang, product, at, &id, limit + 1).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = match items.last() {
        Some(last) if more => Some(cursor::encode(secret, "reviews", &(last.at, &last.id))?),
        _ => None,
    };
    Ok(Page { items, next })
}

//! The open groups of a product, a page at a time.

use contract::groups::OpenGroup;
use contract::{Cursor, Page};

use crate::goods;
use crate::groups::store::shown::{self, Place};
use crate::http::language::Lang;
use crate::http::page_size;
use crate::{AppError, AppState, cursor};

/// What its cursors are called.
const LIST: &str = "groups";

/// The page after `cursor`, the most urgent groups without.
pub(super) async fn page(
    state: &AppState,
    lang: Lang,
    product: &str,
    cursor: Option<&Cursor>,
    limit: Option<u32>,
) -> Result<Page<OpenGroup>, AppError> {
    let limit = page_size(limit)?;
    let secret = &state.config.server_secret;
    let after: Option<Place> = match cursor {
        Some(cursor) => Some(cursor::decode(secret, LIST, cursor)?),
        None => None,
    };
    let now = state.clock.now();
    let mut conn = state.db.reader().acquire().await?;
    let product = goods::product_of(&mut conn, product)
        .await?
        .ok_or_else(|| AppError::not_found("product"))?;
    let mut items =
        shown::open_groups(&mut conn, lang, &product, now, after.as_ref(), limit + 1).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = match items.last() {
        Some(last) if more => Some(cursor::encode(secret, LIST, &Place::of(last))?),
        _ => None,
    };
    Ok(Page { items, next })
}

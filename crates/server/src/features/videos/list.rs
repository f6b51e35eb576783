//! A page of the swipe feed (features.md 10).
//!
//! A cursor holds the moment at which the browse began, the video that it began with, and the last one seen: what is
//! published later waits for the next browse, and nothing comes twice.

use contract::videos::Video;
use contract::{Page, Timestamp};
use serde::{Deserialize, Serialize};

use super::http::VideoQuery;
use crate::goods::Shelf;
use crate::http::language::Lang;
use crate::http::page_size;
use crate::preview::Moment;
use crate::videos::not_found;
use crate::videos::store::show::{self, Part, Reader};
use crate::{AppError, AppState, cursor};

/// What its cursors are called.
const LIST: &str = "videos";

/// Where one browse stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    began: Timestamp,
    first: String,
    creator: String,
    after: (i64, String),
}

/// The page after the query's cursor, the first one without.
pub(super) async fn page(
    state: &AppState,
    principal: &str,
    lang: Lang,
    query: &VideoQuery,
) -> Result<Page<Video>, AppError> {
    let limit = page_size(query.limit)?;
    let secret = &state.config.server_secret;
    let shelf = Shelf::read(state, &Moment::now(state)).await?;
    let reader = Reader {
        principal,
        lang,
        shelf: &shelf,
    };
    let mut conn = state.db.reader().acquire().await?;
    let mut items = Vec::new();
    let mut place: Place = match &query.cursor {
        Some(cursor) => cursor::decode(secret, LIST, cursor)?,
        None => {
            if let Some(id) = &query.from {
                let first = show::find(&mut conn, reader, id).await?;
                items.push(first.ok_or_else(not_found)?);
            }
            Place {
                began: state.clock.now(),
                first: query.from.clone().unwrap_or_default(),
                creator: query.creator.clone().unwrap_or_default(),
                after: (i64::MAX, String::new()),
            }
        }
    };
    let wanted = limit.saturating_sub(items.len());
    // One too many says that there is a page after.
    let part = Part {
        began: place.began,
        but: &place.first,
        creator: &place.creator,
        after: (place.after.0, &place.after.1),
        limit: i64::try_from(wanted + 1).unwrap_or(i64::MAX),
    };
    let mut found = show::page(&mut conn, reader, part).await?;
    let more = found.len() > wanted;
    found.truncate(wanted);
    if let Some(last) = found.last() {
        place.after = (last.at.0, last.id.0.clone());
    }
    items.append(&mut found);
    let next = match more {
        true => Some(cursor::encode(secret, LIST, &place)?),
        false => None,
    };
    Ok(Page { items, next })
}

/// One video.
pub(super) async fn one(
    state: &AppState,
    principal: &str,
    lang: Lang,
    id: &str,
) -> Result<Video, AppError> {
    let shelf = Shelf::read(state, &Moment::now(state)).await?;
    let reader = Reader {
        principal,
        lang,
        shelf: &shelf,
    };
    let mut conn = state.db.reader().acquire().await?;
    show::find(&mut conn, reader, id)
        .await?
        .ok_or_else(not_found)
}

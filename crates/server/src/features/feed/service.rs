//! A page of the feed (features.md 1).
//!
//! Every product has a place in the feed that it is given once. A cursor holds the moment at which the
//! browse began and the last place seen; what came into the shop later waits for the next browse. So
//! nothing moves while one reads, and no card can come twice. Between the products stand the groups that
//! were forming when the browse began, the most urgent first, the live rooms that were on air, and the short videos:
//! what has ended since keeps its place and says so.

use contract::feed::FeedCard;
use contract::{Cursor, Page, Timestamp};
use serde::{Deserialize, Serialize};

use super::store;
use super::weave::{Between, Passed, weave};
use crate::goods::Shelf;
use crate::http::language::Lang;
use crate::http::page_size;
use crate::live::tally;
use crate::preview::Moment;
use crate::{AppError, AppState, cursor};

/// Where one browse of the feed stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Place {
    /// When the browse began.
    pub began: Timestamp,
    /// The place of the last product seen, and what breaks a tie.
    pub after: (i64, String),
    /// How many cards of each kind were passed.
    #[serde(default)]
    pub passed: Passed,
}

/// The page after `cursor`, the first one without.
pub(super) async fn page(
    state: &AppState,
    moment: &Moment,
    lang: Lang,
    cursor: Option<&Cursor>,
    limit: Option<u32>,
) -> Result<Page<FeedCard>, AppError> {
    let limit = page_size(limit)?;
    let secret = &state.config.server_secret;
    let place = match cursor {
        Some(cursor) => cursor::decode(secret, "feed", cursor)?,
        None => Place {
            began: moment.now,
            after: (i64::MIN, String::new()),
            passed: Passed::default(),
        },
    };
    let shelf = Shelf::read(state, moment).await?;
    let products = store::products(&state.db, lang, &shelf, &place, limit + 1).await?;
    let slots = place.passed.slots(limit);
    let groups = store::groups(&state.db, lang, &shelf, place.began, &slots).await?;
    let viewers = |room: &_| tally::shown_viewers(state.live.watching(room));
    let passed = place.passed.rooms();
    let rooms = store::rooms(&state.db, lang, place.began, passed, viewers).await?;
    let passed = place.passed.videos();
    let videos = store::videos(&state.db, lang, &shelf, place.began, passed, limit).await?;
    let between = Between {
        groups,
        rooms,
        videos,
    };
    let woven = weave(&place, products, between, limit);
    let next = match woven.next {
        Some(next) => Some(cursor::encode(secret, "feed", &next)?),
        None => None,
    };
    Ok(Page {
        items: woven.items,
        next,
    })
}

//! What stands between the products of the feed: after the third product and every sixth from there on a slot for a
//! group; after the first and every second from there on a live room, as long as there are any. Pure.

use std::ops::Range;

use contract::catalog::ProductCard;
use contract::feed::{FeedCard, GroupCard, LiveCard};
use serde::{Deserialize, Serialize};

use super::service::Place;

/// How many products stand before the first slot.
const FIRST: i64 = 3;
/// How many products stand between two slots.
const BETWEEN: i64 = 6;

/// How many products stand before the first room.
const FIRST_ROOM: i64 = 1;
/// How many products stand between two rooms.
const BETWEEN_ROOMS: i64 = 2;

/// How far a browse has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Passed {
    /// Products seen.
    products: i64,
    /// Slots seen, with or without a group in them.
    slots: i64,
    /// Live rooms seen.
    #[serde(default)]
    rooms: i64,
}

/// A page of the feed.
pub(super) struct Woven {
    /// Its cards.
    pub items: Vec<FeedCard>,
    /// Where the next page starts, when there is one.
    pub next: Option<Place>,
}

impl Passed {
    /// The slots that a page of `limit` cards may reach.
    pub fn slots(self, limit: usize) -> Range<i64> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.slots..self.slots + limit / BETWEEN + 2
    }

    /// Live rooms seen.
    pub fn rooms(self) -> i64 {
        self.rooms
    }

    /// Whether the next room, if there is one, comes before the next product.
    fn room_due(self) -> bool {
        self.products >= FIRST_ROOM + self.rooms * BETWEEN_ROOMS
    }

    /// Whether the next slot comes before the next product.
    fn slot_due(self) -> bool {
        self.products >= FIRST + self.slots * BETWEEN
    }
}

/// Weaves a page of at most `limit` cards from `place` on. `groups` are those of [`Passed::slots`],
/// `rooms` those after [`Passed::rooms`].
pub(super) fn weave(
    place: &Place,
    products: Vec<(i64, ProductCard)>,
    groups: Vec<GroupCard>,
    rooms: Vec<LiveCard>,
    limit: usize,
) -> Woven {
    let mut at = place.clone();
    let mut items = Vec::with_capacity(limit);
    let mut products = products.into_iter().peekable();
    let mut groups = groups.into_iter().peekable();
    let mut rooms = rooms.into_iter().peekable();
    while items.len() < limit {
        if at.passed.room_due()
            && let Some(room) = rooms.next()
        {
            at.passed.rooms += 1;
            items.push(FeedCard::Live(room));
        } else if at.passed.slot_due() {
            at.passed.slots += 1;
            items.extend(groups.next().map(FeedCard::Group));
        } else if let Some((rank, card)) = products.next() {
            at.passed.products += 1;
            at.after = (rank, card.id.to_string());
            items.push(FeedCard::Product(card));
        } else {
            break;
        }
    }
    let group_left = at.passed.slot_due() && groups.peek().is_some();
    let room_left = at.passed.room_due() && rooms.peek().is_some();
    let more = products.peek().is_some() || group_left || room_left;
    Woven {
        items,
        next: more.then_some(at),
    }
}

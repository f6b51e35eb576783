//! What stands between the products of the feed: after the third product and every sixth from there on a slot for a
//! group; after the first and every second from there on a live room, after the second and every third from there on a
//! short video, as long as there are any. Pure.

use std::ops::Range;

use contract::catalog::ProductCard;
use contract::feed::{FeedCard, GroupCard, LiveCard, VideoCard};
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

/// How many products stand before the first short video.
const FIRST_VIDEO: i64 = 2;
/// How many products stand between two short videos.
const BETWEEN_VIDEOS: i64 = 3;

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
    /// Short videos seen.
    #[serde(default)]
    videos: i64,
}

/// What may stand between the products of a page.
pub(super) struct Between {
    /// Groups of [`Passed::slots`].
    pub groups: Vec<GroupCard>,
    /// Live rooms after [`Passed::rooms`].
    pub rooms: Vec<LiveCard>,
    /// Short videos after [`Passed::videos`].
    pub videos: Vec<VideoCard>,
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

    /// Short videos seen.
    pub fn videos(self) -> i64 {
        self.videos
    }

    /// Whether the next short video, if there is one, comes before the next product.
    fn video_due(self) -> bool {
        self.products >= FIRST_VIDEO + self.videos * BETWEEN_VIDEOS
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

/// Weaves a page of at most `limit` cards from `place` on.
pub(super) fn weave(
    place: &Place,
    products: Vec<(i64, ProductCard)>,
    between: Between,
    limit: usize,
) -> Woven {
    let mut at = place.clone();
    let mut items = Vec::with_capacity(limit);
    let mut products = products.into_iter().peekable();
    let mut groups = between.groups.into_iter().peekable();
    let mut rooms = between.rooms.into_iter().peekable();
    let mut videos = between.videos.into_iter().peekable();
    while items.len() < limit {
        if at.passed.room_due()
            && let Some(room) = rooms.next()
        {
            at.passed.rooms += 1;
            items.push(FeedCard::Live(room));
        } else if at.passed.video_due()
            && let Some(video) = videos.next()
        {
            at.passed.videos += 1;
            items.push(FeedCard::Video(video));
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
    let video_left = at.passed.video_due() && videos.peek().is_some();
    let more = products.peek().is_some() || group_left || room_left || video_left;
    Woven {
        items,
        next: more.then_some(at),
    }
}

//! The mixed feed (features.md 1): one list of typed cards behind an opaque cursor.

use crate::catalog::{Picture, ProductCard};
use crate::macros::wire;
use crate::{GroupId, LiveId, Money, Timestamp, VideoId};

wire! {
    /// One card of the feed: an object whose one member is named after the card's kind. A reader skips kinds
    /// that it does not know.
    #[serde(rename_all = "snake_case", from = "Card")]
    pub enum FeedCard {
        /// A product.
        Product(ProductCard),
        /// A short video.
        Video(VideoCard),
        /// A live room.
        Live(LiveCard),
        /// A group that can be joined.
        Group(GroupCard),
        /// Of a kind that this build does not know, from a newer server.
        Unknown,
    }

    /// A short video in the feed.
    pub struct VideoCard {
        /// Its id.
        pub id: VideoId,
        /// Its caption.
        pub title: String,
        /// Shown until it plays.
        pub poster: Picture,
        /// Length in milliseconds.
        pub duration_ms: u32,
        /// Who made it.
        pub creator: String,
        /// What it shows, when it can be bought.
        pub product: Option<Box<ProductCard>>,
    }

    /// A live room in the feed.
    pub struct LiveCard {
        /// Its id.
        pub id: LiveId,
        /// Its title.
        pub title: String,
        /// Shown until it plays.
        pub poster: Picture,
        /// Who hosts it.
        pub host: String,
        /// On air now.
        pub on_air: bool,
        /// When it starts or started.
        pub starts_at: Timestamp,
        /// People watching.
        pub viewers: u64,
    }

    /// A forming group in the feed.
    pub struct GroupCard {
        /// Its id.
        pub id: GroupId,
        /// What is bought together.
        pub product: Box<ProductCard>,
        /// The group's price of one.
        pub price: Money,
        /// Seats in all.
        pub size: u32,
        /// Seats paid.
        pub filled: u32,
        /// When it ends unless filled.
        pub expires_at: Timestamp,
    }
}

/// A card as it is read: a kind that is not known leaves every member empty.
#[derive(serde::Deserialize)]
struct Card {
    #[serde(default)]
    product: Option<ProductCard>,
    #[serde(default)]
    video: Option<VideoCard>,
    #[serde(default)]
    live: Option<LiveCard>,
    #[serde(default)]
    group: Option<GroupCard>,
}

impl From<Card> for FeedCard {
    fn from(card: Card) -> Self {
        let product = card.product.map(Self::Product);
        product
            .or(card.video.map(Self::Video))
            .or(card.live.map(Self::Live))
            .or(card.group.map(Self::Group))
            .unwrap_or(Self::Unknown)
    }
}

impl FeedCard {
    /// What makes the card the same card: kind and id.
    pub fn key(&self) -> String {
        match self {
            Self::Product(card) => format!("product:{}", card.id),
            Self::Video(card) => format!("video:{}", card.id),
            Self::Live(card) => format!("live:{}", card.id),
            Self::Group(card) => format!("group:{}", card.id),
            Self::Unknown => "unknown".to_owned(),
        }
    }

    /// Whether this build knows its kind.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_of_a_newer_server_is_read_as_unknown() {
        let card: FeedCard = serde_json::from_str(r#"{"poem": {"lines": []}}"#).unwrap();
        assert_eq!(card, FeedCard::Unknown);
    }
}

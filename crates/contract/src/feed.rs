//! The mixed feed (features.md 1): one list of typed cards behind an opaque cursor.

use crate::catalog::{Picture, ProductCard};
use crate::macros::wire;
use crate::{GroupId, LiveId, Money, Timestamp, VideoId};

wire! {
    /// One card of the feed. A reader skips kinds that it does not know.
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum FeedCard {
        /// A product.
        Product(ProductCard),
        /// A short video.
        Video(VideoCard),
        /// A live room.
        Live(LiveCard),
        /// A group that can be joined.
        Group(GroupCard),
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

impl FeedCard {
    /// What makes the card the same card: kind and id.
    pub fn key(&self) -> String {
        match self {
            Self::Product(card) => format!("product:{}", card.id),
            Self::Video(card) => format!("video:{}", card.id),
            Self::Live(card) => format!("live:{}", card.id),
            Self::Group(card) => format!("group:{}", card.id),
        }
    }
}

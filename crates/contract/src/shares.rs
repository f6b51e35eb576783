//! Share links: who shared what, and what came of it (rules.md 3.2).

use crate::catalog::{Picture, ProductCard};
use crate::macros::wire;
use crate::{GroupId, LiveId, Money, ShareToken, Timestamp, VideoId};

wire! {
    /// What a link leads to.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
    pub enum ShareTarget {
        /// A product.
        Product {
            /// Its word in URLs.
            slug: String,
        },
        /// A group.
        Group {
            /// Which.
            id: GroupId,
        },
        /// A live room.
        Live {
            /// Which.
            id: LiveId,
        },
        /// A short video.
        Video {
            /// Which.
            id: VideoId,
        },
        /// A creator's page.
        Creator {
            /// The creator's handle.
            handle: String,
        },
        /// A page of the shop: `/`, or a category's path.
        Page {
            /// Its path.
            path: String,
        },
    }

    /// Where a link is posted.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum ShareChannel {
        /// A message to a friend.
        Chat,
        /// A post to all friends (朋友圈).
        Moments,
        /// A printed or saved poster.
        Poster,
        /// Copied to somewhere.
        Copy,
        /// The system's share sheet.
        System,
    }

    /// Makes a link, or finds the one made before for the same target, channel and sub-id.
    #[serde(deny_unknown_fields)]
    pub struct ShareRequest {
        /// What it leads to.
        pub target: ShareTarget,
        /// Where it will be posted.
        pub channel: ShareChannel,
        /// The sharer's own word for it, at most 32 characters of `a-z A-Z 0-9 - _`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sub_id: Option<String>,
    }

    /// What a sharer may earn on one unit (features.md 79).
    #[derive(Copy, Eq)]
    pub struct EarningEstimate {
        /// Basis points of what is paid for the goods.
        pub rate_bp: u32,
        /// For the cheapest SKU.
        pub from: Money,
        /// For the dearest SKU.
        pub to: Money,
    }

    /// A rate that will fall (rules.md A11).
    #[derive(Copy, Eq)]
    pub struct RateChange {
        /// The coming rate in basis points.
        pub rate_bp: u32,
        /// From when.
        pub at: Timestamp,
    }

    /// What a link shows before it is opened: what a poster, a chat and a crawler see.
    pub struct ShareCard {
        /// Its title.
        pub title: String,
        /// One line about it, such as "2 of 3, ¥39.9, 5 h left".
        pub text: String,
        /// Its picture.
        pub picture: Option<Picture>,
        /// What it costs: in the group for a group, else alone.
        pub price: Option<Money>,
        /// What it costs alone, where `price` is lower.
        pub price_alone: Option<Money>,
        /// Seats still to be paid, of a group.
        pub need: Option<u32>,
        /// Seats in all, of a group or an offer.
        pub size: Option<u32>,
        /// Where it leads within the shop.
        pub href: String,
    }

    /// A link.
    pub struct Share {
        /// Its token.
        pub token: ShareToken,
        /// Its whole address, to be copied.
        pub url: String,
        /// Where it is posted.
        pub channel: ShareChannel,
        /// What it shows.
        pub card: ShareCard,
        /// Name of the sharer, as the poster says it.
        pub sharer: String,
        /// What a sale by it brings; absent where the shop pays nothing.
        pub estimate: Option<EarningEstimate>,
    }

    /// The page was opened by a link, by a person (rules.md A2): told by the page itself.
    #[serde(deny_unknown_fields)]
    pub struct OpenShare {
        /// The link's token.
        pub token: ShareToken,
    }

    /// Who brought a visitor.
    pub struct Attribution {
        /// The sharer's name as shown to others.
        pub sharer: String,
        /// The sharer may earn: the page says so (features.md 85).
        pub paid_promotion: bool,
        /// The attribution ends then.
        pub until: Timestamp,
    }

    /// Whether this browser's next order is attributed, and to whom.
    pub struct AttributionState {
        /// Absent when nobody brought the visitor.
        pub attribution: Option<Attribution>,
    }

    /// One link with what came of it.
    pub struct ShareStats {
        /// The link's token.
        pub token: ShareToken,
        /// Its whole address.
        pub url: String,
        /// What it leads to.
        pub target: ShareTarget,
        /// What it shows.
        pub card: ShareCard,
        /// The product, when the target has one.
        pub product: Option<ProductCard>,
        /// Where it is posted.
        pub channel: ShareChannel,
        /// The sharer's own word for it.
        pub sub_id: Option<String>,
        /// When it was made.
        pub created_at: Timestamp,
        /// Times that a person's or a crawler's request asked for the link.
        pub views: u64,
        /// People who opened the page by it.
        pub clicks: u64,
        /// Orders placed after it.
        pub joins: u64,
        /// Orders paid after it.
        pub paid: u64,
        /// What it earned, reversed earnings taken off.
        pub earned: Money,
        /// Today's rate in basis points.
        pub rate_bp: u32,
        /// A lower rate to come.
        pub rate_change: Option<RateChange>,
        /// No longer counted.
        pub revoked: bool,
    }
}

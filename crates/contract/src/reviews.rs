//! Reviews of products by people who bought them.

use crate::catalog::Picture;
use crate::macros::wire;
use crate::{ReviewId, Timestamp};

wire! {
    /// Stars given so far.
    #[derive(Copy)]
    pub struct Rating {
        /// Average of 1 to 5, in tenths: 49 is 4.9 stars.
        pub tenths: u32,
        /// How many people gave stars.
        pub count: u64,
    }

    /// One review.
    pub struct Review {
        /// Its id.
        pub id: ReviewId,
        /// The author's name as shown to others.
        pub author: String,
        /// The author's picture.
        pub avatar: Option<Picture>,
        /// 1 to 5.
        pub stars: u8,
        /// The author's words.
        pub text: String,
        /// Language tag of `text`.
        pub lang: String,
        /// What was bought, in words.
        pub sku_label: Option<String>,
        /// When it was written.
        pub at: Timestamp,
        /// How many found it useful.
        pub likes: u32,
    }
}

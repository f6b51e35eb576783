//! A creator's own short videos: sending one in, what becomes of it, and what it shows.

use crate::catalog::Picture;
use crate::macros::wire;
use crate::videos::{ShownProduct, Subtitles, VideoFile};
use crate::{Timestamp, VideoId};

/// The most characters of a caption.
pub const CAPTION_MAX: usize = 200;
/// The most products of one video.
pub const PRODUCTS_MAX: usize = 10;
/// The largest piece of a file that one request may bring, in bytes.
pub const PIECE_MAX: u32 = 1024 * 1024;
/// The largest text of subtitles, in bytes.
pub const SUBTITLES_MAX: usize = 48 * 1024;

wire! {
    /// Where a video stands.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum VideoState {
        /// Its file is being sent.
        Uploading,
        /// The file is here and waits to be made ready.
        Waiting,
        /// It is being made ready.
        Working,
        /// It cannot be used; `fault` says why.
        Failed,
        /// Ready to be published.
        Ready,
        /// Everybody can see it.
        Published,
        /// Of a kind that this build does not know, from a newer server.
        #[serde(other)]
        Unknown,
    }

    /// Why a file cannot be used.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum VideoFault {
        /// It holds no film.
        NotAVideo,
        /// It breaks off or holds nonsense.
        Damaged,
        /// It is longer than the shop takes.
        TooLong,
        /// It is over before it began.
        TooShort,
        /// Its picture is larger than the shop takes.
        TooLarge,
        /// Making it ready took more time or memory than it may.
        TooHeavy,
        /// The shop cannot make it ready now, through no fault of the file.
        Ours,
        /// Of a kind that this build does not know, from a newer server.
        #[serde(other)]
        Unknown,
    }

    /// A video as its maker sees it.
    pub struct OwnVideo {
        /// Its id.
        pub id: VideoId,
        /// Where it stands.
        pub state: VideoState,
        /// Why it failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fault: Option<VideoFault>,
        /// The name that its file had.
        pub name: String,
        /// The sender's own word for the file, so that it is known again.
        pub mark: String,
        /// Bytes in all.
        pub size: u64,
        /// Bytes that are here.
        pub received: u64,
        /// Of 100, how much of it is made ready.
        pub progress: u32,
        /// What is said of it.
        pub caption: String,
        /// Shown until it plays.
        pub poster: Option<Picture>,
        /// Length in milliseconds; 0 until that is known.
        pub duration_ms: u32,
        /// The film in sizes, once it is ready.
        pub files: Vec<VideoFile>,
        /// What is spoken in it, to be read.
        pub subtitles: Vec<Subtitles>,
        /// What it shows, by when.
        pub products: Vec<ShownProduct>,
        /// Likes so far.
        pub likes: u64,
        /// Comments that stand.
        pub comments: u64,
        /// How often it was on screen for a second.
        pub views: u64,
        /// How often one of its product cards was.
        pub card_views: u64,
        /// When it was begun.
        pub created_at: Timestamp,
    }

    /// A creator's own videos, newest first, and what the shop takes (`list_own_videos`).
    pub struct OwnVideos {
        /// The videos.
        pub items: Vec<OwnVideo>,
        /// The largest file, in bytes.
        pub size_max: u64,
        /// The longest film, in seconds.
        pub seconds_max: u32,
        /// The creator's word in URLs.
        pub handle: String,
    }

    /// Begins to send a video (`start_video`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct NewVideo {
        /// The file's name.
        pub name: String,
        /// Its size in bytes.
        pub size: u64,
        /// The sender's own word for the file, at most 200 characters.
        #[serde(default)]
        pub mark: String,
    }

    /// Says what a video shows (`update_video`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct VideoChange {
        /// What is said of it, at most 200 characters.
        pub caption: String,
        /// Its products, at most 10.
        pub products: Vec<ProductMark>,
        /// Whether everybody shall see it; only what is ready can be published.
        pub published: bool,
    }

    /// A product of a video, by when.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct ProductMark {
        /// The product's word in URLs.
        pub slug: String,
        /// From when on, in milliseconds of the video.
        pub start_ms: u32,
        /// Until when.
        pub end_ms: u32,
    }

    /// Sets the subtitles of one language (`put_subtitles`); none with an empty text.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct SubtitlesText {
        /// In which language, `zh-CN` or `en`.
        pub lang: String,
        /// WebVTT.
        pub vtt: String,
    }
}

//! Short videos as a viewer knows them (features.md 10 to 18): what plays, what is sold in it, what is said of it.

use crate::catalog::{Picture, ProductCard};
use crate::macros::wire;
use crate::{CommentId, ProductId, Timestamp, VideoId};

/// The most characters of a comment: as many as of a line of chat (L8).
pub const COMMENT_MAX: usize = crate::live::CHAT_MAX;
/// The least time between two comments of one person, in milliseconds.
pub const COMMENT_EVERY_MS: i64 = 5_000;
/// The most sightings that one request may tell of.
pub const SIGHTS_MAX: usize = 50;
/// A video or a card counts as seen after this long, in milliseconds (features.md 14).
pub const SEEN_AFTER_MS: u32 = 1_000;

wire! {
    /// A short video with all that its page shows.
    pub struct Video {
        /// Its id.
        pub id: VideoId,
        /// What its maker says of it.
        pub caption: String,
        /// Its hashtags, without the sign.
        pub tags: Vec<String>,
        /// Shown until it plays.
        pub poster: Option<Picture>,
        /// Length in milliseconds.
        pub duration_ms: u32,
        /// The same film in sizes, the largest first.
        pub files: Vec<VideoFile>,
        /// What is spoken in it, to be read.
        pub subtitles: Vec<Subtitles>,
        /// Who made it.
        pub creator: VideoMaker,
        /// What it shows, by when.
        pub products: Vec<ShownProduct>,
        /// Likes so far.
        pub likes: u64,
        /// Whether the viewer is one of them.
        pub liked: bool,
        /// Comments that stand.
        pub comments: u64,
        /// How often it was shared.
        pub shares: u64,
        /// When it was published.
        pub at: Timestamp,
    }

    /// A film in one size: MP4 with H.264.
    #[derive(Eq)]
    pub struct VideoFile {
        /// Its address below the shop's origin, hashed and cacheable for ever.
        pub src: String,
        /// Width in pixels.
        pub width: u32,
        /// Height in pixels.
        pub height: u32,
    }

    /// Subtitles of a video, as WebVTT.
    #[derive(Eq)]
    pub struct Subtitles {
        /// In which language, `zh-CN` or `en`.
        pub lang: String,
        /// Address of the file.
        pub src: String,
    }

    /// Who made a video.
    pub struct VideoMaker {
        /// The creator's word in URLs.
        pub handle: String,
        /// Name.
        pub name: String,
        /// Picture.
        pub avatar: Option<Picture>,
    }

    /// A product while it is shown. Its price is of the moment of the answer.
    pub struct ShownProduct {
        /// Which.
        pub product: ProductCard,
        /// From when on, in milliseconds of the video.
        pub start_ms: u32,
        /// Until when.
        pub end_ms: u32,
    }

    /// Whether somebody likes a video, and how many do (`like_video`, `unlike_video`).
    #[derive(Copy, Eq)]
    pub struct VideoLikes {
        /// This one does.
        pub liked: bool,
        /// So many do.
        pub likes: u64,
    }

    /// A comment. The text is plain: whatever it looks like, it is shown as text.
    pub struct Comment {
        /// Its id; grows with time.
        pub id: CommentId,
        /// When it was written.
        pub at: Timestamp,
        /// Who wrote it.
        pub author: String,
        /// What the author looks like, where that is known.
        pub avatar: Option<Picture>,
        /// The video's maker wrote it.
        pub by_creator: bool,
        /// The reader may take it away.
        pub removable: bool,
        /// What was written.
        pub text: String,
        /// What was answered, oldest first; answers have none of their own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "openapi", schema(no_recursion))]
        pub replies: Vec<Comment>,
    }

    /// Says something about a video (`comment_video`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct NewComment {
        /// What, at most 200 characters.
        pub text: String,
        /// Which comment it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reply_to: Option<CommentId>,
    }

    /// What is wrong with something that people put up.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum ReportKind {
        /// Advertising that has nothing to do with it.
        Spam,
        /// Insults or threats.
        Abuse,
        /// Sexual content.
        Sexual,
        /// Says what is not so about goods.
        Misleading,
        /// Somebody else's work.
        Rights,
        /// Something else.
        Other,
    }

    /// A reason to report something, in words (`list_report_reasons`).
    #[derive(Eq)]
    pub struct ReportReason {
        /// Which.
        pub kind: ReportKind,
        /// In words.
        pub text: String,
    }

    /// Reports a video or a comment on it (`report_video`). Reporting again changes nothing.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct VideoReport {
        /// The comment; without it the video.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub comment: Option<CommentId>,
        /// What is wrong.
        pub kind: ReportKind,
    }

    /// Tells what was on screen long enough to count (`note_sights`, features.md 14).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Sights {
        /// What, at most 50.
        pub seen: Vec<Sight>,
    }

    /// A video, or a product's card on it, that was on screen for at least a second.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Sight {
        /// Names this sighting: told twice it counts once. At most 64 characters.
        pub event: String,
        /// Which video.
        pub video: VideoId,
        /// Which product's card; without it the video itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub product: Option<ProductId>,
    }
}

impl ReportKind {
    /// In the order of lists.
    pub const ALL: [Self; 6] = [
        Self::Spam,
        Self::Misleading,
        Self::Abuse,
        Self::Sexual,
        Self::Rights,
        Self::Other,
    ];
}

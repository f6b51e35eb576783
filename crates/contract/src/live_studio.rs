//! Live rooms as their hosts know them: scheduling, the shelf, flash prices, moderation, figures.

use crate::catalog::Picture;
use crate::live::{FlashOffer, LiveHost, LiveRoom, LiveState, Playback};
use crate::macros::wire;
use crate::{ChatId, LiveId, Money, SkuId, Timestamp};

wire! {
    /// What somebody of the shop's staff may do.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum StaffRole {
        /// Runs live rooms.
        Host,
        /// Writes and publishes promotions.
        CampaignEditor,
        /// Looks after orders and refunds.
        Support,
        /// Reads the books and closes their periods.
        Accountant,
        /// Everything.
        Owner,
    }

    /// Who asks, as staff (`get_staff`).
    #[derive(Copy, Eq)]
    pub struct Staff {
        /// In which role.
        pub role: StaffRole,
    }

    /// A text in both of the shop's languages.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct BothTexts {
        /// In Chinese.
        pub zh: String,
        /// In English.
        pub en: String,
    }

    /// Plans a room (`create_live`).
    #[serde(deny_unknown_fields)]
    pub struct NewLive {
        /// Its title.
        pub title: BothTexts,
        /// What the host announces; may be empty.
        pub notice: BothTexts,
        /// The creator who hosts it.
        pub host: String,
        /// When it is to start; a rehearsal may start at once.
        pub starts_at: Timestamp,
        /// A rehearsal that only staff can see (L10).
        #[serde(default)]
        pub practice: bool,
        /// The products of its shelf by id or slug, numbered from 1.
        pub shelf: Vec<String>,
    }

    /// A room in the list of rooms.
    pub struct LiveSummary {
        /// Its id.
        pub id: LiveId,
        /// Its title.
        pub title: String,
        /// Shown for it.
        pub poster: Option<Picture>,
        /// Where it stands.
        pub state: LiveState,
        /// A rehearsal.
        pub practice: bool,
        /// When it is to start.
        pub starts_at: Timestamp,
    }

    /// Every room, newest first.
    pub struct LiveList {
        /// The rooms.
        pub items: Vec<LiveSummary>,
        /// Who can host one.
        pub hosts: Vec<LiveHost>,
    }

    /// A room as its host sees it.
    pub struct StudioRoom {
        /// What viewers see.
        pub room: LiveRoom,
        /// Flash prices, prepared and over ones too.
        pub flash: Vec<FlashOffer>,
        /// What the room made so far.
        pub figures: LiveFigures,
        /// Words that nobody may say.
        pub blocklist: Vec<String>,
        /// Whether a picture is being sent.
        pub ingest: bool,
        /// Where to send the picture to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ingest_url: Option<String>,
        /// The secret that lets it in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub stream_key: Option<String>,
        /// The picture that comes in before the room is on air.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub preview: Option<Playback>,
    }

    /// Where the picture is sent from now on (`renew_stream_key`); the secret before it is dead.
    #[derive(Eq)]
    pub struct StreamKey {
        /// Where to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ingest_url: Option<String>,
        /// The secret that lets it in.
        pub stream_key: String,
    }

    /// Where a host takes a room.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum LiveCommand {
        /// Announce it.
        Schedule,
        /// Go on air, or go on after a pause.
        Start,
        /// Take a break.
        Pause,
        /// End it.
        End,
        /// Call it off before it began.
        Cancel,
        /// Shut it; for the shop's owner alone.
        Ban,
    }

    /// Takes a room to another state (`move_live`).
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct MoveLive {
        /// Where to.
        pub command: LiveCommand,
    }

    /// Pins what has this number, or nothing (`pin_product`). Pinning one unpins the other (L2).
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Pin {
        /// Which.
        pub number: Option<u32>,
    }

    /// Puts a product on the shelf; it is given the next number, or the one that it had (`put_on_shelf`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct PutOnShelf {
        /// Id or slug of the product.
        pub product: String,
    }

    /// Puts the shelf in another order (`order_shelf`); every product keeps its number.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct ShelfOrder {
        /// Numbers, the first at the top; what is left out follows.
        pub numbers: Vec<u32>,
    }

    /// Prepares a flash price (`arm_flash`, L3).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct NewFlash {
        /// Of which SKU.
        pub sku: SkuId,
        /// Price of one; less than the SKU costs any other way.
        pub price: Money,
        /// Units in all.
        pub quota: u32,
        /// The most that one person may have.
        pub per_user: u32,
        /// Seconds from its announcement to its beginning: 0, or 10 to 300.
        pub countdown_s: u32,
        /// How long it lasts, in seconds: 60 to 1200.
        pub duration_s: u32,
    }

    /// Pins a line of chat, or none (`pin_comment`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct PinComment {
        /// Which line.
        pub chat: Option<ChatId>,
    }

    /// What to do about who said something.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Sanction {
        /// Take the line away.
        Delete,
        /// The person may no longer speak in this room.
        Mute,
        /// The person may no longer be in the host's rooms; all that was said here goes.
        Ban,
    }

    /// Moderates a line of chat (`moderate_chat`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Moderate {
        /// Which line.
        pub chat: ChatId,
        /// What to do.
        pub sanction: Sanction,
    }

    /// How a room's chat is kept (`set_chat_rules`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct ChatRules {
        /// Seconds between two lines of one person, 2 to 300.
        pub every_s: u32,
        /// Words that nobody may say in the host's rooms, at most 200.
        pub blocklist: Vec<String>,
    }

    /// What a room made so far.
    pub struct LiveFigures {
        /// People watching now, exactly.
        pub viewers: u64,
        /// The most that watched at once.
        pub peak_viewers: u64,
        /// Likes.
        pub likes: u64,
        /// Orders that were placed in the room.
        pub orders: u64,
        /// Those of them that were paid.
        pub paid_orders: u64,
        /// What was paid for them.
        pub revenue: Money,
        /// What each pinned product sold while it was pinned.
        pub pins: Vec<PinFigure>,
        /// What is about to run out.
        pub alarms: Vec<StockAlarm>,
    }

    /// What a pinned product sold while it was pinned.
    #[derive(Eq)]
    pub struct PinFigure {
        /// Its number.
        pub number: u32,
        /// How long it was pinned, in milliseconds.
        pub pinned_ms: i64,
        /// The most people who watched when it was pinned.
        pub viewers: u64,
        /// Orders of it meanwhile.
        pub orders: u64,
        /// Orders of a hundred viewers, in hundredths of a percent.
        pub conversion_bp: u32,
    }

    /// A product that is about to run out: at most a tenth or five units are left.
    #[derive(Eq)]
    pub struct StockAlarm {
        /// Its number.
        pub number: u32,
        /// Units left.
        pub left: u64,
    }

    /// A change was made.
    #[derive(Copy, Eq)]
    pub struct LiveSeq {
        /// The room's last event after it.
        pub seq: i64,
    }

    /// A product is on the shelf.
    #[derive(Copy, Eq)]
    pub struct OnShelf {
        /// Its number.
        pub number: u32,
        /// The room's last event after it.
        pub seq: i64,
    }
}

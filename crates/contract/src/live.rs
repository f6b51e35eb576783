//! Live rooms as a viewer knows them (rules.md 3.3): state, shelf, pin, flash prices, chat.

use crate::catalog::{Picture, ProductCard};
use crate::fulfilment::FulfilmentChoice;
use crate::live_giveaway::{Giveaway, GiveawayCount};
use crate::macros::wire;
use crate::orders::OrderDetail;
use crate::quote::Quote;
use crate::{ChatId, FlashId, LiveId, Money, Quantity, SkuId, Timestamp};

/// The most characters of a line of chat (L8).
pub const CHAT_MAX: usize = 200;
/// The least time between two lines of one person, in milliseconds (L8).
pub const CHAT_EVERY_MS: i64 = 2000;
/// The most likes that one request may bring.
pub const LIKES_MAX: u32 = 50;

wire! {
    /// Where a room stands.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum LiveState {
        /// Being prepared; nobody but staff sees it.
        Draft,
        /// Announced.
        Scheduled,
        /// On air.
        Live,
        /// On air, but the host is away or the picture is lost.
        Paused,
        /// Over.
        Ended,
        /// Over, and its recording can be watched.
        ReplayReady,
        /// Called off before it began.
        Cancelled,
        /// Its time came, and nobody sent a picture.
        Missed,
        /// Shut by the shop.
        Banned,
    }

    /// Who hosts a room.
    pub struct LiveHost {
        /// The host's word in URLs.
        pub handle: String,
        /// The host's name.
        pub name: String,
        /// The host's face.
        pub avatar: Option<Picture>,
        /// People who follow the host.
        pub followers: u64,
    }

    /// One entry of a room's shelf.
    pub struct ShelfItem {
        /// Its number, which it keeps as long as the room lasts.
        pub number: u32,
        /// What it is.
        pub product: ProductCard,
        /// When it was first shown, for the replay to go there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub shown_at: Option<Timestamp>,
    }

    /// Where a flash price stands.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum FlashState {
        /// Prepared; viewers do not know of it.
        Armed,
        /// Announced: it begins at `starts_at`.
        Countdown,
        /// Can be bought until `ends_at`.
        Active,
        /// Every unit was taken.
        SoldOut,
        /// Its time is over.
        Expired,
        /// The host stopped it, or the room ended.
        Stopped,
    }

    /// A price that holds for a while, for so many units (L3).
    #[derive(Eq)]
    pub struct FlashOffer {
        /// Its id.
        pub id: FlashId,
        /// The shelf number of its product.
        pub number: u32,
        /// Of which SKU.
        pub sku: SkuId,
        /// Price of one while it lasts.
        pub price: Money,
        /// Price of one without it.
        pub usual: Money,
        /// Where it stands.
        pub state: FlashState,
        /// Units in all.
        pub quota: u32,
        /// Units that nobody has taken.
        pub left: u32,
        /// The most that one person may have.
        pub per_user: u32,
        /// When it begins or began; absent while armed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub starts_at: Option<Timestamp>,
        /// When it ends or ended; absent while armed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ends_at: Option<Timestamp>,
    }

    /// A line of chat. The text is plain: whatever it looks like, it is shown as text.
    #[derive(Eq)]
    pub struct ChatLine {
        /// Its id; grows with time.
        pub id: ChatId,
        /// When it was said.
        pub at: Timestamp,
        /// The number in the name of who said it; the host has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub neighbour: Option<i64>,
        /// What was said.
        pub text: String,
    }

    /// Where a room's picture comes from; each address is tried in turn.
    #[derive(Eq, Default)]
    pub struct Playback {
        /// Fragmented MP4 over one response.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mp4: Option<String>,
        /// An HLS playlist.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hls: Option<String>,
        /// A recording that is over, as an HLS playlist.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vod: Option<String>,
        /// How much later than its picture the picture's clock is, in milliseconds.
        #[serde(default)]
        pub offset_ms: i64,
    }

    /// A room as its page shows it (L1): all that the events change, at one `seq`.
    pub struct LiveRoom {
        /// Its id.
        pub id: LiveId,
        /// The last commerce event that this knows of.
        pub seq: i64,
        /// Where it stands.
        pub state: LiveState,
        /// A rehearsal that only staff can see (L10).
        pub practice: bool,
        /// Its title.
        pub title: String,
        /// What the host announces.
        pub notice: String,
        /// Shown until there is a picture.
        pub poster: Option<Picture>,
        /// Who hosts it.
        pub host: LiveHost,
        /// When it is to start.
        pub starts_at: Timestamp,
        /// When it went on air.
        pub live_at: Option<Timestamp>,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
        /// The number that is pinned.
        pub pinned: Option<u32>,
        /// Since when it is pinned.
        pub pinned_at: Option<Timestamp>,
        /// The line of chat that is pinned.
        pub pinned_comment: Option<ChatLine>,
        /// What is sold, by number.
        pub shelf: Vec<ShelfItem>,
        /// Flash prices that were announced and are not over.
        pub flash: Vec<FlashOffer>,
        /// The latest giveaway.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub giveaway: Option<Giveaway>,
        /// The number of the viewer's entry in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub entered: Option<u32>,
        /// People watching; above a thousand only about.
        pub viewers: u64,
        /// Likes so far.
        pub likes: u64,
        /// Seconds between two lines of one person.
        pub chat_every_s: u32,
        /// The latest lines, oldest first.
        pub chat: Vec<ChatLine>,
        /// Whether the viewer asked to be reminded.
        pub reminded: bool,
        /// People who asked to be reminded.
        pub reminders: u64,
        /// Where the picture comes from; absent while there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub playback: Option<Playback>,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// A commerce event of a room. None is ever lost: one whose `seq` is not the last one's and one more means
    /// that the room must be fetched anew (L1).
    #[derive(Eq)]
    pub struct LiveEvent {
        /// Which room.
        pub live: LiveId,
        /// Its place among the room's events.
        pub seq: i64,
        /// What changed.
        pub change: LiveChange,
    }

    /// What changed in a room.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case", try_from = "Changed")]
    pub enum LiveChange {
        /// Where the room stands.
        State {
            /// Where it stands now.
            state: LiveState,
        },
        /// What is pinned; nothing without a number.
        Pin {
            /// The number that is pinned.
            number: Option<u32>,
        },
        /// A flash price came, changed or ended.
        Flash {
            /// As it is now.
            offer: FlashOffer,
        },
        /// The shelf holds something else.
        Shelf,
        /// A room that has not begun has other words, another time or another poster.
        Plan,
        /// A giveaway opened, was drawn or came to nothing (L9).
        Giveaway {
            /// As it is now.
            giveaway: Giveaway,
        },
        /// A line of chat is pinned, or none.
        Comment {
            /// The line.
            line: Option<ChatLine>,
        },
        /// Lines of chat were taken away.
        ChatRemoved {
            /// Which.
            ids: Vec<ChatId>,
        },
        /// How often one person may speak.
        SlowMode {
            /// Seconds between two lines.
            seconds: u32,
        },
    }

    /// Lines of chat that came since the last batch. Under load some are left out, and it says how many.
    #[derive(Eq)]
    pub struct ChatBatch {
        /// Which room.
        pub live: LiveId,
        /// The lines, oldest first.
        pub lines: Vec<ChatLine>,
        /// How many more were said.
        #[serde(default)]
        pub left_out: u32,
    }

    /// What a room counts: told now and then, and not kept.
    #[derive(Eq)]
    pub struct LiveCounts {
        /// Which room.
        pub live: LiveId,
        /// People watching; above a thousand only about.
        pub viewers: u64,
        /// Likes so far.
        pub likes: u64,
        /// Units left of the flash prices that run.
        pub flash_left: Vec<FlashLeft>,
        /// Numbers on the shelf that nothing is left of.
        pub sold_out: Vec<u32>,
        /// How many entered the giveaway that is open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub giveaway: Option<GiveawayCount>,
    }

    /// Units left of a flash price.
    #[derive(Eq)]
    pub struct FlashLeft {
        /// Which.
        pub id: FlashId,
        /// How many.
        pub left: u32,
    }

    /// What happens in a room, in the past tense.
    #[derive(Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum LiveTold {
        /// State, shelf, prices or chat rules changed (L1).
        LiveChanged(LiveEvent),
        /// Lines were said; not kept, and some may be missing.
        LiveChatted(ChatBatch),
        /// What the room counts; not kept.
        LiveCounted(LiveCounts),
    }

    /// What happens in a room, on its way: the `data` of one SSE frame named `live`.
    #[derive(Eq)]
    pub struct LiveEnvelope {
        /// When it happened, by the server's clock: pins and prices are shown with the picture of that moment.
        pub at: Timestamp,
        /// What happened.
        pub told: LiveTold,
    }

    /// What a room showed and said, for whoever watches its recording (`get_live_replay`).
    #[derive(Eq)]
    pub struct LiveReplay {
        /// When it went on air: where the recording begins.
        pub live_at: Timestamp,
        /// When it ended.
        pub ended_at: Timestamp,
        /// What changed when, oldest first.
        pub marks: Vec<ReplayMark>,
        /// What was said, oldest first, from a moment on.
        pub chat: Vec<ChatLine>,
    }

    /// Something that changed while the room was on air.
    #[derive(Eq)]
    pub struct ReplayMark {
        /// When.
        pub at: Timestamp,
        /// What.
        pub change: LiveChange,
    }

    /// Says something (`say_in_room`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Say {
        /// What, at most 200 characters.
        pub text: String,
    }

    /// Likes the room a few times (`like_room`).
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Like {
        /// How often, at most 50.
        pub count: u32,
    }

    /// Whether somebody is reminded when a room starts.
    #[derive(Copy, Eq)]
    pub struct Reminder {
        /// Is.
        pub reminded: bool,
    }

    /// Asks what a flash price comes to (`quote_flash`).
    #[serde(deny_unknown_fields)]
    pub struct FlashQuoteRequest {
        /// How many.
        pub quantity: Quantity,
        /// How to get it; without it the quote holds no shipping fee.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fulfilment: Option<FulfilmentChoice>,
    }

    /// What a flash price comes to.
    pub struct FlashQuote {
        /// The price of it all.
        pub quote: Quote,
        /// Shows that the price was quoted in time; goes with the order (L4).
        pub ticket: String,
        /// The offer as it stands.
        pub offer: FlashOffer,
    }

    /// Buys at a flash price: one SKU, never a cart (`buy_flash`).
    #[serde(deny_unknown_fields)]
    pub struct FlashRequest {
        /// How many.
        pub quantity: Quantity,
        /// How to get it.
        pub fulfilment: FulfilmentChoice,
        /// A note to the shop, at most 200 characters.
        #[serde(default)]
        pub remark: String,
        /// What the buyer was shown. When the server's total differs it answers `PRICE_CHANGED`.
        pub expected_total: Money,
        /// The quote's ticket.
        #[serde(default)]
        pub ticket: String,
    }

    /// Bought at a flash price.
    pub struct FlashTaken {
        /// The order, to be paid within five minutes.
        pub order: OrderDetail,
    }
}

/// A change of any kind as it is read, for the reason that [`Told`](crate::notifications::Told) has.
#[derive(serde::Deserialize)]
struct Changed {
    kind: String,
    state: Option<LiveState>,
    number: Option<u32>,
    offer: Option<FlashOffer>,
    giveaway: Option<Giveaway>,
    line: Option<ChatLine>,
    ids: Option<Vec<ChatId>>,
    seconds: Option<u32>,
}

/// A change is of a kind that is not known here, or lacks what its kind has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a change of a kind that is not known here")]
struct UnknownChange;

impl TryFrom<Changed> for LiveChange {
    type Error = UnknownChange;

    fn try_from(changed: Changed) -> Result<Self, UnknownChange> {
        changed.change().ok_or(UnknownChange)
    }
}

impl Changed {
    fn change(self) -> Option<LiveChange> {
        Some(match self.kind.as_str() {
            "state" => LiveChange::State { state: self.state? },
            "pin" => LiveChange::Pin {
                number: self.number,
            },
            "flash" => LiveChange::Flash { offer: self.offer? },
            "shelf" => LiveChange::Shelf,
            "plan" => LiveChange::Plan,
            "giveaway" => LiveChange::Giveaway {
                giveaway: self.giveaway?,
            },
            "comment" => LiveChange::Comment { line: self.line },
            "chat_removed" => LiveChange::ChatRemoved { ids: self.ids? },
            "slow_mode" => LiveChange::SlowMode {
                seconds: self.seconds?,
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_every_kind_is_read_as_it_was_written() {
        for text in [
            r#"{"kind":"pin","number":2}"#,
            r#"{"kind":"pin","number":null}"#,
            r#"{"kind":"shelf"}"#,
            r#"{"kind":"plan"}"#,
            r#"{"kind":"comment","line":null}"#,
            r#"{"kind":"chat_removed","ids":["c1","c2"]}"#,
            r#"{"kind":"slow_mode","seconds":5}"#,
        ] {
            let change: LiveChange = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&change).unwrap(), text);
        }
        for text in [r#"{"kind":"of_tomorrow"}"#, r#"{"kind":"slow_mode"}"#, "{}"] {
            assert!(serde_json::from_str::<LiveChange>(text).is_err(), "{text}");
        }
    }
}

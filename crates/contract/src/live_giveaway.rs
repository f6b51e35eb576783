//! Giveaways of live rooms (rules.md L9): what is given, who may enter, and how anybody can check the draw.

use crate::macros::wire;
use crate::{GiveawayId, LiveId, Timestamp};

/// The most characters of what a prize is called.
pub const PRIZE_MAX: usize = 60;

wire! {
    /// What somebody must have done to enter. A purchase is never asked for.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum GiveawayEntry {
        /// Nothing: whoever is signed in enters by a press.
        Anyone,
        /// Said something in this room.
        Spoke,
    }

    /// Where a giveaway stands.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum GiveawayState {
        /// It can be entered until `closes_at`.
        Open,
        /// It was drawn.
        Drawn,
        /// The room ended before the draw; nobody won.
        Void,
    }

    /// Somebody who won. Both numbers are public.
    #[derive(Copy, Eq)]
    pub struct GiveawayWinner {
        /// Which entry was drawn.
        pub entry: u32,
        /// The number in the winner's name.
        pub neighbour: i64,
    }

    /// A giveaway. Everything but its state is fixed when it is opened.
    ///
    /// The draw: entries are numbered from 1 as they came. Their order in the draw is that of SHA-256 of
    /// `seed:entry`, the smallest first, and the first ones whose owners are in the room win. `seed` is told after the
    /// draw; its SHA-256 is `seed_hash`, which is told when the giveaway opens.
    #[derive(Eq)]
    pub struct Giveaway {
        /// Its id.
        pub id: GiveawayId,
        /// What is given.
        pub prize: String,
        /// Who may enter.
        pub entry: GiveawayEntry,
        /// How many win.
        pub winners: u32,
        /// When it opened.
        pub opened_at: Timestamp,
        /// When it closes and is drawn.
        pub closes_at: Timestamp,
        /// Where it stands.
        pub state: GiveawayState,
        /// SHA-256 of the seed, in hexadecimal.
        pub seed_hash: String,
        /// What the draw was made from, in hexadecimal; absent before the draw.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub seed: Option<String>,
        /// How many entered.
        pub entries: u32,
        /// Who won, in the order of the draw.
        pub won: Vec<GiveawayWinner>,
    }

    /// Opens a giveaway (`open_giveaway`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct NewGiveaway {
        /// What is given, at most 60 characters.
        pub prize: String,
        /// Who may enter.
        pub entry: GiveawayEntry,
        /// How many win, 1 to 100.
        pub winners: u32,
        /// Seconds until it closes and is drawn, 30 to 1800.
        pub open_s: u32,
    }

    /// Somebody entered (`enter_giveaway`).
    #[derive(Copy, Eq)]
    pub struct GiveawayEntered {
        /// The number of the entry.
        pub entry: u32,
        /// How many entered so far.
        pub entries: u32,
    }

    /// How many entered: told now and then, and not kept.
    #[derive(Eq)]
    pub struct GiveawayCount {
        /// Which giveaway.
        pub id: GiveawayId,
        /// How many.
        pub entries: u32,
    }

    /// A giveaway as the room's host sees it.
    #[derive(Eq)]
    pub struct StudioGiveaway {
        /// In which room.
        pub live: LiveId,
        /// As everybody sees it.
        pub giveaway: Giveaway,
        /// Whom to hand the prizes to: phone numbers, in the order of the draw.
        pub phones: Vec<String>,
    }
}

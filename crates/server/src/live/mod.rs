//! Live rooms: sessions with a state, a shelf and a pin, prices that hold for a while, and what is said
//! (rules.md 3.3).
//!
//! `lifecycle`, `flash`, `giveaway::draw`, `talk` and `tally` decide and are pure. [`change`] makes what was decided last: it takes
//! the session's row, gives every event the session's next number, and writes the log that the replay and the
//! record are read from. Whatever changes a flash price and its session takes the flash price first, then stock,
//! then the session. `hub` and `pump` carry what is told in passing: lines of chat, likes, how many watch.

pub mod change;
pub mod due;
pub mod flash;
pub mod giveaway;
pub mod hub;
pub mod ingest;
pub mod lifecycle;
pub mod marks;
pub mod pump;
pub mod room;
pub mod sale;
pub mod store;
pub mod talk;
pub mod tally;
pub mod view;

use contract::{ErrorCode, LiveId};

use crate::AppError;

/// The topic of one room.
pub fn live_topic(id: &LiveId) -> String {
    format!("live:{id}")
}

/// A secret that lets a picture in: 192 bits.
pub fn stream_key() -> String {
    let (a, b): (u128, u64) = (rand::random(), rand::random());
    format!("{a:032x}{b:016x}")
}

/// The state that a room or a flash price is in does not allow what is asked.
pub fn conflict(message: &str) -> AppError {
    AppError::refused(ErrorCode::LiveStateConflict, message)
}

/// What is asked for is not on the room's shelf (L2).
pub fn not_on_shelf() -> AppError {
    AppError::refused(
        ErrorCode::NotOnShelf,
        "This is not on the room's shelf, or no longer sold. Load the room again.",
    )
}

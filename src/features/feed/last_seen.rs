//! The last feed that arrived, kept in this browser for the next time without a network.

use contract::Timestamp;
use contract::feed::FeedCard;
use serde::{Deserialize, Serialize};

use crate::i18n::lang;
use crate::platform::{json, page, storage};

/// Cards kept; enough for two screens.
const KEPT: usize = 12;

/// What was kept, and when.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct LastSeen {
    /// By this device's clock: only shown.
    pub at: Timestamp,
    /// The first cards.
    pub cards: Vec<FeedCard>,
}

fn key() -> String {
    format!("feed:v2:{}", lang().tag())
}

/// Keeps the first cards.
pub fn keep(cards: &[FeedCard]) {
    let cards = cards.iter().take(KEPT).cloned().collect();
    let seen = LastSeen {
        at: Timestamp(page::device_now_ms()),
        cards,
    };
    if let Ok(text) = serde_json::to_string(&seen) {
        // A full or forbidden storage leaves the page as it is without one.
        let _ = storage::write(&key(), &text);
    }
}

/// What was kept, unless it is missing or from another version.
pub fn last() -> Option<LastSeen> {
    decode(&storage::read(&key()).ok()??)
}

fn decode(text: &str) -> Option<LastSeen> {
    json::read(text).filter(|seen: &LastSeen| !seen.cards.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_counts_as_nothing() {
        for damaged in [
            "",
            "{",
            "null",
            "{\"at\":1}",
            "{\"at\":1,\"cards\":[{\"product\":{}}]}",
        ] {
            assert_eq!(decode(damaged), None, "{damaged}");
        }
        assert_eq!(
            decode("{\"at\":1,\"cards\":[]}"),
            None,
            "an empty feed is no feed"
        );
    }
}

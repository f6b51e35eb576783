//! The last feed that arrived, kept in this browser for the next time without a network.

use contract::feed::FeedCard;
use contract::{Page, Timestamp};

use crate::i18n::lang;
use crate::platform::{json, page, storage};

/// Cards shown; enough for two screens.
const SHOWN: usize = 12;

/// What was kept, and when.
#[derive(Debug, PartialEq)]
pub struct LastSeen {
    /// By this device's clock: only shown.
    pub at: Timestamp,
    /// The first cards.
    pub cards: Vec<FeedCard>,
}

fn key() -> String {
    format!("feed:v3:{}", lang().tag())
}

/// Keeps the feed's first page as the shop's words, behind the time: what writes cards need not be downloaded.
pub fn keep(first: &str) {
    // A full or forbidden storage leaves the page as it is without one.
    let _ = storage::write(&key(), &format!("{}\n{first}", page::device_now_ms()));
}

/// What was kept, unless it is missing or from another version.
pub fn last() -> Option<LastSeen> {
    decode(&storage::read(&key()).ok()??)
}

fn decode(text: &str) -> Option<LastSeen> {
    let (at, first) = text.split_once('\n')?;
    let Page { items, .. } = json::read::<Page<FeedCard>>(first)?;
    let known = items.into_iter().filter(FeedCard::is_known);
    let seen = LastSeen {
        at: Timestamp(at.parse().ok()?),
        cards: known.take(SHOWN).collect(),
    };
    (!seen.cards.is_empty()).then_some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: &str = r#"{"live":{"id":"r1","title":"Peaches","poster":{"src":"/m/a","width":1,"height":1,"tint":""},
        "host":"Lin","on_air":false,"starts_at":1,"viewers":0}}"#;

    #[test]
    fn what_cannot_be_read_counts_as_nothing() {
        for damaged in [
            "",
            "{",
            "null",
            "1",
            "1\n",
            "\n{\"items\":[]}",
            "x\n{\"items\":[]}",
            "{\"at\":1,\"cards\":[]}",
            "1\n{\"items\":[{\"product\":{}}]}",
        ] {
            assert_eq!(decode(damaged), None, "{damaged}");
        }
        assert_eq!(
            decode("1\n{\"items\":[]}"),
            None,
            "an empty feed is no feed"
        );
    }

    #[test]
    fn the_first_cards_of_a_kind_that_is_known_are_shown() {
        let rooms = [ROOM; SHOWN + 1].join(",");
        let seen = decode(&format!("7\n{{\"items\":[{{\"poem\":{{}}}},{rooms}]}}")).unwrap();
        assert_eq!(seen.at, Timestamp(7));
        assert_eq!(seen.cards.len(), SHOWN);
        assert!(matches!(&seen.cards[0], FeedCard::Live(room) if room.host == "Lin"));
    }
}

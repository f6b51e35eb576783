//! Ids out of other shops' words. The same word always makes the same id, so that importing again updates.

use sha2::{Digest, Sha256};

use crate::import::check::is_id;

/// What of a word stays legible.
const LEGIBLE: usize = 48;

/// The word itself where it can be an id; else its legible part and a hash of the whole.
pub(super) fn id_of(word: &str) -> String {
    if is_id(word) && !word.starts_with('.') {
        return word.to_owned();
    }
    made_of(word)
}

/// An id that nobody wrote: the legible part of a text and a hash of the whole.
pub(super) fn made_of(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let slug = words
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let legible: String = slug.chars().take(LEGIBLE).collect();
    let hash: String = Sha256::digest(text)
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    match legible.trim_end_matches('-') {
        "" => format!("x-{hash}"),
        legible => format!("{legible}-{hash}"),
    }
}

/// A word as a fixed number of bits, to know it again without keeping it.
pub(super) fn mark_of(word: &str) -> u128 {
    let digest = Sha256::digest(word);
    digest
        .iter()
        .take(16)
        .fold(0, |bits, byte| (bits << 8) | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fine_word_stays_and_others_keep_what_can_be_read() {
        assert_eq!(id_of("burton-2016"), "burton-2016");
        assert!(id_of("T-Shirt / Größe M").starts_with("t-shirt-gr-e-m-"));
        assert!(id_of("草莓").starts_with("x-"));
        assert_ne!(id_of("a b"), id_of("a  b"));
    }

    proptest! {
        #[test]
        fn whatever_the_word_its_id_is_one(word in ".{0,200}") {
            prop_assert!(is_id(&id_of(&word)) && is_id(&made_of(&word)));
            prop_assert_eq!(id_of(&word), id_of(&word));
        }
    }
}

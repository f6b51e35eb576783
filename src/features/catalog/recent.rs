//! The shopper's last searches, kept in this browser alone.

use crate::platform::{json, storage};

const KEY: &str = "searches:v1";
const KEPT: usize = 10;

/// The last searches, newest first.
pub fn all() -> Vec<String> {
    let stored = storage::read(KEY).ok().flatten().unwrap_or_default();
    json::read(&stored).unwrap_or_default()
}

/// Puts a search first.
pub fn add(words: &str) {
    if let Ok(text) = serde_json::to_string(&with_first(all(), words)) {
        // A full or forbidden storage forgets; nothing depends on it.
        let _ = storage::write(KEY, &text);
    }
}

/// Forgets all of them.
pub fn clear() {
    // Nothing to forget where there is no storage.
    let _ = storage::remove(KEY);
}

fn with_first(mut all: Vec<String>, words: &str) -> Vec<String> {
    all.retain(|old| old != words);
    all.insert(0, words.to_owned());
    all.truncate(KEPT);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_search_moves_to_the_front() {
        let all = ["草莓", "tea"].map(str::to_owned).to_vec();
        assert_eq!(with_first(all, "tea"), ["tea", "草莓"]);
    }

    #[test]
    fn only_the_last_ten_are_kept() {
        let all: Vec<_> = (0..10).map(|n| n.to_string()).collect();
        let all = with_first(all, "new");
        assert_eq!(
            (all.len(), all.first().map(String::as_str)),
            (10, Some("new"))
        );
    }
}

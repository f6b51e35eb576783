//! Which live session is meant: a word that may stand in an address and in a folder's name.

use std::fmt;
use std::sync::Arc;

/// The longest id.
const LONGEST: usize = 64;

/// A live session's public id. Never the key that publishes to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(Arc<str>);

impl SessionId {
    /// Letters, digits, `-` and `_`, at most 64 of them; nothing else is an id.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=LONGEST).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        fits.then(|| Self(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_out_of_no_folder() {
        for bad in ["", "..", "a/b", "a.b", "a b", "é", &"a".repeat(65)] {
            assert_eq!(SessionId::parse(bad), None, "{bad}");
        }
        let id = SessionId::parse("019a-Room_7").unwrap();
        assert_eq!(id.to_string(), "019a-Room_7");
    }
}

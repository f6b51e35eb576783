//! The studio's addresses, all below `/studio`.

use contract::LiveId;
use storefront::routes::encoded;

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// All live rooms.
    Rooms,
    /// One of them.
    Room(LiveId),
    /// Nothing.
    Missing,
}

/// What a path leads to.
pub fn find(path: &str) -> Place {
    let path = path.trim_end_matches('/');
    match path.strip_prefix("/studio") {
        Some("" | "/live") => Place::Rooms,
        Some(rest) => match rest.strip_prefix("/live/") {
            Some(id) if !id.contains('/') => Place::Room(id.into()),
            _ => Place::Missing,
        },
        None => Place::Missing,
    }
}

/// All live rooms.
pub fn rooms() -> &'static str {
    "/studio/live"
}

/// One of them.
pub fn room(id: &LiveId) -> String {
    format!("/studio/live/{}", encoded(id.as_str()))
}

/// A room as viewers see it: in the shopper's app.
pub fn in_shop(id: &LiveId) -> String {
    storefront::routes::live(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_place() {
        assert_eq!(find(rooms()), Place::Rooms);
        assert_eq!(find("/studio"), Place::Rooms);
        assert_eq!(find("/studio/"), Place::Rooms);
        assert_eq!(find(&room(&"a1".into())), Place::Room("a1".into()));
        for odd in ["/studio/live/a/b", "/studio/orders", "/live", "/studios"] {
            assert_eq!(find(odd), Place::Missing, "{odd}");
        }
    }
}

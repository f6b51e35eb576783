//! What the engine tells whoever runs the rooms.

use crate::SessionId;

/// Something happened to a session's ingest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaEvent {
    /// Which session.
    pub session: SessionId,
    /// When, milliseconds since 1970 by the server's clock.
    pub at_ms: i64,
    /// What.
    pub kind: MediaEventKind,
}

/// What happened to a session's ingest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaEventKind {
    /// Pictures arrive, for the first time or again.
    Published {
        /// Pixels.
        width: u16,
        /// Pixels.
        height: u16,
    },
    /// The publisher is gone. It may come back until [`MediaEventKind::Ended`].
    Lost {
        /// Why, where the publisher should know: a codec that is refused for one.
        reason: Option<String>,
    },
    /// Nobody came back within the grace, or the session was ended: its playlist is closed.
    Ended,
}

/// Something that viewers' players find in the playlist at its moment (EXT-X-DATERANGE).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mark {
    /// Its own word, the same for all playlists.
    pub id: String,
    /// What kind, such as `jishi.pin`.
    pub class: String,
    /// When, milliseconds since 1970 by the server's clock.
    pub at_ms: i64,
    /// What it says; percent-encoded in the playlist.
    pub data: String,
}

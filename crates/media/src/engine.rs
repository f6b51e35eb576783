//! The seam between a shop's rooms and whatever carries their pictures: this process, or somebody else's
//! server that is told of by addresses alone.

use std::time::Duration;

use axum::Router;
use tokio::sync::broadcast;

use crate::embedded::Embedded;
use crate::external::External;
use crate::live::{Recording, Status};
use crate::{Mark, MediaEvent, SessionId};

/// Where an encoder sends to, as a host types it into OBS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ingest {
    /// The server, `rtmp://shop.example:1935/live`.
    pub url: String,
    /// The stream key.
    pub key: String,
}

/// Where players fetch from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playback {
    /// Fragmented MP4 over one response, for Media Source Extensions: the shortest delay.
    pub mp4: Option<String>,
    /// The live playlist.
    pub hls: String,
    /// The replay's playlist.
    pub vod: Option<String>,
    /// How much later than its picture the playlist's clock says a frame was, milliseconds: players take it
    /// off before they compare it with an event's time.
    pub clock_offset_ms: i64,
}

/// Whatever carries the pictures. Cheap to clone.
#[derive(Clone, Debug)]
pub enum MediaEngine {
    /// This process.
    Embedded(Embedded),
    /// A media server or a CDN, by configuration alone.
    External(External),
}

impl MediaEngine {
    /// What a host types into the encoder. Where nobody listens there is nothing to type.
    pub fn ingest(&self, session: &SessionId, key: &str) -> Option<Ingest> {
        match self {
            Self::Embedded(embedded) => embedded.ingest(key),
            Self::External(external) => Some(external.ingest(session, key)),
        }
    }

    /// Where players fetch a session from.
    pub fn playback(&self, session: &SessionId) -> Playback {
        match self {
            Self::Embedded(embedded) => embedded.playback(session),
            Self::External(external) => external.playback(session),
        }
    }

    /// Published, lost and ended, from now on. Who lags behind asks [`MediaEngine::status`].
    pub fn events(&self) -> broadcast::Receiver<MediaEvent> {
        match self {
            Self::Embedded(embedded) => embedded.hub().events(),
            Self::External(external) => external.events(),
        }
    }

    /// How a session's ingest is.
    pub fn status(&self, session: &SessionId) -> Status {
        match self {
            Self::Embedded(embedded) => embedded.hub().status(session),
            Self::External(external) => external.status(session),
        }
    }

    /// Puts a mark into a session's playlists, at its moment; false when this engine cannot.
    pub fn mark(&self, session: &SessionId, mark: Mark) -> bool {
        match self {
            Self::Embedded(embedded) => embedded.hub().mark(session, mark),
            Self::External(_) => false,
        }
    }

    /// What a session's replay has, where this engine knows.
    pub async fn recording(&self, session: &SessionId) -> Option<Recording> {
        match self {
            Self::Embedded(embedded) => embedded.hub().recording(session).await,
            Self::External(_) => None,
        }
    }

    /// Sends a session's publisher away, as when its key was revoked. The gate decides about the next one.
    pub fn cut_off(&self, session: &SessionId) {
        if let Self::Embedded(embedded) = self {
            embedded.hub().cut_off(session);
        }
    }

    /// Ends a session: its publisher is sent away and its playlists are closed.
    pub fn end(&self, session: &SessionId) {
        match self {
            Self::Embedded(embedded) => embedded.hub().end(session),
            Self::External(external) => external.end(session),
        }
    }

    /// What players fetch from this process; empty where another one serves them.
    pub fn router(&self) -> Router {
        match self {
            Self::Embedded(embedded) => embedded.router(),
            Self::External(_) => Router::new(),
        }
    }

    /// Origins other than the shop's that players fetch from, for its content policy.
    pub fn origins(&self) -> Vec<String> {
        match self {
            Self::Embedded(_) => Vec::new(),
            Self::External(external) => external.origins(),
        }
    }

    /// For how long a session's publisher may be gone before the session ends.
    pub fn grace(&self) -> Option<Duration> {
        match self {
            Self::Embedded(embedded) => Some(embedded.hub().keeping().grace),
            Self::External(_) => None,
        }
    }
}

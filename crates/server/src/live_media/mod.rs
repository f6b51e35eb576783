//! Live pictures: the engine that carries them, and whose stream keys it takes.

pub mod doors;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use media::{Embedded, Gate, MediaEngine, SessionId, Settings};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::AppState;
use crate::config::Config;
use crate::live::lifecycle;
use crate::serve::{ServeError, listen_with};

/// Where players fetch from.
pub const MOUNT: &str = "/live-media";

/// The engine of a configuration, at rest.
pub fn engine(config: &Config) -> MediaEngine {
    let live = &config.live;
    if let Some(external) = &live.external {
        return MediaEngine::External(external.clone());
    }
    let mut settings = Settings::new(&live.dir);
    settings.retention = live.retention.clone();
    settings.mount = MOUNT.to_owned();
    // As long as a room waits for its picture (rules.md 3.3).
    settings.grace = Duration::from_millis(lifecycle::ENDED_AFTER_MS.unsigned_abs());
    settings.ingest_url = live.rtmp_url.clone();
    settings.ingest_delay_ms = live.delay_ms;
    MediaEngine::Embedded(Embedded::new(settings))
}

/// Takes the encoders' address, when there is one; nobody is answered yet.
pub async fn listen(config: &Config) -> Result<Option<TcpListener>, ServeError> {
    match (config.live.rtmp_listen, &config.live.external) {
        (Some(address), None) => Ok(Some(listen_with(address, "--rtmp-listen").await?)),
        _ => Ok(None),
    }
}

/// Carries pictures until told to stop; returns when every encoder is gone and every recording is on disk.
pub async fn run(state: AppState, listener: Option<TcpListener>, stop: CancellationToken) {
    if let MediaEngine::Embedded(embedded) = state.media.clone() {
        embedded.run(listener, Arc::new(Keys(state)), stop).await;
    }
}

/// Whose stream key is good: the live rooms know.
struct Keys(AppState);

#[async_trait]
impl Gate for Keys {
    async fn admit(&self, key: &str) -> Option<SessionId> {
        self.0.stream_keys.session_of(key).await
    }
}

/// Knows which room a stream key opens now.
#[async_trait]
pub trait StreamKeys: Send + Sync {
    /// None when the key is unknown, revoked, or its room is over.
    async fn session_of(&self, key: &str) -> Option<SessionId>;
}

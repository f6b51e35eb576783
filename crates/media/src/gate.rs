//! Whose stream key is good: the question that the engine asks whoever runs the rooms.

use async_trait::async_trait;

use crate::SessionId;

/// Knows the stream keys.
#[async_trait]
pub trait Gate: Send + Sync + 'static {
    /// The session that `key` opens now. None sends the encoder away: the key is unknown, revoked, or its
    /// session is over. That somebody publishes with it already is the engine's own concern.
    async fn admit(&self, key: &str) -> Option<SessionId>;
}

//! The bus: carries committed events from the outbox's relay to the pages that listen.
//!
//! It is a hint, never the truth: a listener that misses something reads it from the outbox. Within one
//! process it is a ring of bounded size; a server of many nodes puts another [`Bus`] behind the trait.

use std::sync::Arc;

use contract::Timestamp;
use tokio::sync::broadcast;

use crate::outbox::Event;

/// How many events a listener may lag behind before it is cut off and resumes from the outbox (inv.E3).
const RING: usize = 1024;

/// The number of what is told in passing: it is in no outbox, and who misses it misses it.
pub const PASSING: i64 = 0;

/// An event as the outbox holds it, or one in passing.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its place in the shop's one order of events; [`PASSING`] for what has none.
    pub seq: i64,
    /// What it is about, such as `order:<id>`.
    pub topic: String,
    /// The user who may hear it, [`crate::outbox::STAFF`] or [`crate::outbox::EVERYBODY`].
    pub audience: String,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// Carries events to whoever listens.
pub trait Bus: Send + Sync {
    /// Tells all listeners. Nobody listening is no error.
    fn publish(&self, event: Arc<Recorded>);

    /// Listens from now on.
    fn subscribe(&self) -> broadcast::Receiver<Arc<Recorded>>;
}

/// The bus of a single process.
pub struct InProcessBus(broadcast::Sender<Arc<Recorded>>);

impl Default for InProcessBus {
    fn default() -> Self {
        Self(broadcast::Sender::new(RING))
    }
}

impl Bus for InProcessBus {
    fn publish(&self, event: Arc<Recorded>) {
        // The only error is that nobody listens.
        let _ = self.0.send(event);
    }

    fn subscribe(&self) -> broadcast::Receiver<Arc<Recorded>> {
        self.0.subscribe()
    }
}

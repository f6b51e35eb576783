//! The relay: reads committed events in their order and hands them to the bus.
//!
//! It polls, and a commit in this process wakes it at once. Its place is not stored: whoever listens on
//! this process's bus went away with the process, and reads what it missed from the outbox when it
//! comes back (inv.O2, O4).

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::store;
use crate::{AppError, AppState};

/// Events read at a time.
const BATCH: i64 = 256;

/// How long to wait after the database failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// The relay and how far it has come.
pub struct Relay {
    state: AppState,
    cursor: i64,
}

impl Relay {
    /// A relay that publishes everything committed from now on.
    pub async fn start(state: AppState) -> Result<Self, AppError> {
        let cursor = store::latest(&mut *state.db.reader().acquire().await?).await?;
        Ok(Self { state, cursor })
    }

    /// Publishes what was committed since; answers how many events that were.
    pub async fn publish_new(&mut self) -> Result<usize, AppError> {
        let mut conn = self.state.db.reader().acquire().await?;
        let mut published = 0;
        loop {
            let events = store::after(&mut conn, self.cursor, BATCH).await?;
            if events.is_empty() {
                return Ok(published);
            }
            for event in events {
                self.cursor = event.seq;
                published += 1;
                self.state.bus.publish(Arc::new(event));
            }
        }
    }

    /// Publishes until told to stop, looking every `poll`, and at once after a commit of this process.
    pub async fn run(mut self, poll: Duration, stop: CancellationToken) {
        loop {
            let pause = match self.publish_new().await {
                Ok(_) => poll,
                Err(error) => {
                    tracing::error!(%error, "the relay cannot read the outbox");
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.state.outbox_hint.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}

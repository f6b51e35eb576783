//! The server's clock as a store (rules.md 3.0-5).

use std::future::{Future, poll_fn};
use std::pin::pin;

use contract::Timestamp;
use leptos::prelude::*;

use super::clock::ServerClock;
use crate::api::{ApiError, given};
use crate::platform::{page, timers};

/// The server's clock.
#[derive(Clone, Copy)]
pub struct ServerTime(RwSignal<ServerClock>);

pub(super) fn provide() -> ServerTime {
    let mut clock = ServerClock::default();
    if let Some(now) = given::made_at() {
        clock.observe(0.0, page::monotonic_ms(), now);
    }
    let time = ServerTime(RwSignal::new(clock));
    provide_context(time);
    time
}

/// The server's clock, from the shell's context.
pub fn use_server_time() -> ServerTime {
    use_context().unwrap_or_else(provide)
}

impl ServerTime {
    /// Waits for an answer and takes note of the server's time in it.
    ///
    /// # Errors
    /// What `asking` fails with.
    pub async fn timed<T>(
        self,
        asking: impl Future<Output = Result<T, ApiError>>,
        server_now: impl FnOnce(&T) -> Timestamp,
    ) -> Result<T, ApiError> {
        let asked = page::monotonic_ms();
        let mut asking = pin!(asking);
        let mut waited = false;
        let answer = poll_fn(|task| {
            let answer = asking.as_mut().poll(task);
            waited |= answer.is_pending();
            answer
        });
        let answer = answer.await?;
        // An answer that came with the page is as old as that.
        if waited {
            let now = server_now(&answer);
            self.0
                .try_update(|clock| clock.observe(asked, page::monotonic_ms(), now));
        }
        Ok(answer)
    }

    /// The server's time now; before the first answer the device's, which then only marks an order of
    /// additions to the cart.
    pub fn now(self) -> Timestamp {
        let known = self
            .0
            .with_untracked(|clock| clock.at(page::monotonic_ms()));
        known.unwrap_or_else(|| Timestamp(page::device_now_ms()))
    }

    /// Whole seconds until a deadline, counting down while the current owner lives; absent without a
    /// deadline or before the first answer.
    pub fn seconds_until(
        self,
        deadline: impl Fn() -> Option<Timestamp> + Send + Sync + 'static,
    ) -> Signal<Option<u64>> {
        let beat = RwSignal::new(());
        timers::every(1_000, move || beat.set(()));
        let left = Memo::new(move |_| {
            beat.track();
            let deadline = deadline()?;
            self.0
                .with(|clock| clock.seconds_left(deadline, page::monotonic_ms()))
        });
        left.into()
    }
}

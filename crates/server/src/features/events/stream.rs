//! One listener's stream: listen live first, then replay from the outbox, then go on live.
//!
//! Listening first means that whatever the replay does not see yet arrives live; numbers that were sent
//! are dropped (inv.E1). A listener that lags behind the bus's ring is cut off and resumes from the outbox
//! (inv.E3, R7). A stream ends by itself after a while, so that what its listener may hear is checked
//! anew.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use async_stream::stream;
use axum::response::sse::Event;
use contract::events::EventEnvelope;
use contract::{GroupId, OrderId, UserId};
use futures_util::Stream;
use rand::RngExt;
use tokio::sync::broadcast;

use super::position::{Position, Resume, resume};
use crate::bus::Recorded;
use crate::groups::group_topic;
use crate::outbox::{EVERYBODY, epoch, order_topic, store};
use crate::{AppError, AppState};

/// How often a silent stream says that it lives (inv.E6: at most every 15 s).
pub const HEARTBEAT: Duration = Duration::from_secs(10);
/// How long a stream lasts before its listener must come back.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Between which waits, in milliseconds, a listener that was cut off comes back: spread, so that all of
/// them do not come at once (inv.E5).
const RETRY_MS: std::ops::Range<u64> = 500..3000;
/// Events replayed at a time.
const BATCH: i64 = 128;

/// What a listener asked for.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    /// Everything for this user.
    pub user: bool,
    /// Single orders of this user.
    pub orders: Vec<OrderId>,
    /// Groups, whoever sits in them.
    pub groups: Vec<GroupId>,
}

impl Topics {
    /// Under which topic an event that the listener may hear is told, if it asked for it.
    fn name(&self, event: &Recorded) -> Option<String> {
        if event.audience == EVERYBODY {
            let asked = |group: &GroupId| group_topic(group.as_str()) == event.topic;
            return self.groups.iter().any(asked).then(|| event.topic.clone());
        }
        let asked = |order: &OrderId| order_topic(order.as_str()) == event.topic;
        if self.orders.iter().any(asked) {
            Some(event.topic.clone())
        } else {
            self.user.then(|| "user:me".to_owned())
        }
    }
}

/// Opens a stream for `listener`, who may be a guest, after `last`, a `Last-Event-ID`.
pub async fn open(
    state: &AppState,
    listener: Option<UserId>,
    topics: Topics,
    last: Option<&str>,
) -> Result<impl Stream<Item = Result<Event, Infallible>> + use<>, AppError> {
    let live = state.bus.subscribe();
    let epoch = epoch(state).await?;
    let mut conn = state.db.reader().acquire().await?;
    let oldest = store::oldest(&mut conn).await?;
    let latest = store::latest(&mut conn).await?;
    drop(conn);
    let resume = resume(last, &epoch, oldest, latest);
    let listening = Listening {
        state: state.clone(),
        listener: listener.map_or_else(|| EVERYBODY.to_owned(), |user| user.0),
        topics,
        epoch,
        live,
    };
    Ok(listening.run(resume, latest))
}

/// Everything that one stream needs.
struct Listening {
    state: AppState,
    /// The audience that the listener belongs to besides everybody.
    listener: String,
    topics: Topics,
    epoch: String,
    live: broadcast::Receiver<Arc<Recorded>>,
}

impl Listening {
    fn run(mut self, resume: Resume, latest: i64) -> impl Stream<Item = Result<Event, Infallible>> {
        stream! {
            let mut seq = match resume {
                Resume::After(seq) => seq,
                Resume::Reset => latest,
            };
            yield Ok(self.greeting(resume, seq));
            loop {
                let Ok(missed) = self.missed(seq).await else { return };
                if missed.is_empty() {
                    break;
                }
                for event in missed {
                    seq = event.seq;
                    if let Some(frame) = self.frame(&event) {
                        yield Ok(frame);
                    }
                }
            }
            let end = tokio::time::sleep(LIFETIME);
            tokio::pin!(end);
            loop {
                tokio::select! {
                    () = &mut end => return,
                    () = self.state.stop.cancelled() => return,
                    heard = self.live.recv() => match heard {
                        Ok(event) if event.seq > seq => {
                            seq = event.seq;
                            if let Some(frame) = self.frame(&event) {
                                yield Ok(frame);
                            }
                        }
                        Ok(_) => {}
                        Err(_) => return,
                    },
                }
            }
        }
    }

    /// The first frame says where the stream stands, even before there is an event, and when to come back.
    fn greeting(&self, resume: Resume, seq: i64) -> Event {
        let retry = Duration::from_millis(rand::rng().random_range(RETRY_MS));
        let event = Event::default().id(self.position(seq)).retry(retry);
        match resume {
            Resume::After(_) => event,
            Resume::Reset => event.event("reset").data(seq.to_string()),
        }
    }

    async fn missed(&self, seq: i64) -> Result<Vec<Recorded>, AppError> {
        let mut conn = self.state.db.reader().acquire().await?;
        store::after_for(&mut conn, seq, &self.listener, BATCH).await
    }

    /// The event as the listener gets it; `None` when it is not for this listener.
    fn frame(&self, event: &Recorded) -> Option<Event> {
        if event.audience != self.listener && event.audience != EVERYBODY {
            return None;
        }
        let envelope = EventEnvelope {
            seq: event.seq,
            topic: self.topics.name(event)?,
            at: event.at,
            event: event.event.clone(),
        };
        Event::default()
            .id(self.position(event.seq))
            .event("shop")
            .json_data(envelope)
            .ok()
    }

    fn position(&self, seq: i64) -> String {
        let epoch = self.epoch.clone();
        Position { epoch, seq }.to_string()
    }
}

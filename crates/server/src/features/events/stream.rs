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
use contract::live::LiveEnvelope;
use contract::live_studio::StaffRole;
use contract::{GroupId, LiveId, OrderId, UserId};
use futures_util::Stream;
use rand::RngExt;
use tokio::sync::broadcast;

use super::position::{Position, Resume, resume};
use crate::bus::{PASSING, Recorded};
use crate::groups::group_topic;
use crate::live::hub::{Present, TurnedOut};
use crate::live::live_topic;
use crate::outbox::{EVERYBODY, Event as Told, STAFF, epoch, order_topic, store};
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
    /// Live rooms.
    pub rooms: Vec<LiveId>,
}

/// Who listens: two audiences besides everybody.
#[derive(Clone, Debug)]
pub struct Listener {
    account: String,
    device: Option<String>,
    staff: &'static str,
}

impl Listener {
    /// A customer, a guest, or somebody of the staff.
    pub fn new(account: Option<UserId>, device: Option<&str>, role: Option<StaffRole>) -> Self {
        Self {
            account: account.map_or_else(|| EVERYBODY.to_owned(), |user| user.0),
            device: device.map(str::to_owned),
            staff: role.map_or(EVERYBODY, |_| STAFF),
        }
    }

    fn may_hear(&self, audience: &str) -> bool {
        audience == EVERYBODY || audience == self.account || audience == self.staff
    }
}

impl Topics {
    /// Under which topic an event that the listener may hear is told, if it asked for it.
    fn name(&self, event: &Recorded) -> Option<String> {
        if event.audience == EVERYBODY || event.audience == STAFF {
            let group = |group: &GroupId| group_topic(group.as_str()) == event.topic;
            let room = |room: &LiveId| live_topic(room) == event.topic;
            let asked = self.groups.iter().any(group) || self.rooms.iter().any(room);
            return asked.then(|| event.topic.clone());
        }
        let asked = |order: &OrderId| order_topic(order.as_str()) == event.topic;
        if self.orders.iter().any(asked) {
            Some(event.topic.clone())
        } else {
            self.user.then(|| "user:me".to_owned())
        }
    }
}

/// Opens a stream for `listener` after `last`, a `Last-Event-ID`. Whoever listens to a room is counted as
/// watching it until the stream ends, the staff excepted.
pub async fn open(
    state: &AppState,
    listener: Listener,
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
    // The shop's own people are no audience.
    let watched = match listener.staff == STAFF {
        true => &[][..],
        false => &topics.rooms,
    };
    let listening = Listening {
        state: state.clone(),
        listener,
        _present: state.live.enter(watched),
        leavers: state.live.leavers(),
        topics,
        epoch,
        live,
    };
    Ok(listening.run(resume, latest))
}

/// Everything that one stream needs.
struct Listening {
    state: AppState,
    listener: Listener,
    /// Counts in the rooms that are listened to.
    _present: Present,
    leavers: broadcast::Receiver<TurnedOut>,
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
                    // Whoever was banned from a room comes back and is refused there.
                    Ok(who) = self.leavers.recv() => if self.must_leave(&who) { return },
                    heard = self.live.recv() => match heard {
                        Ok(event) if event.seq == PASSING => {
                            if let Some(frame) = self.frame(&event) {
                                yield Ok(frame);
                            }
                        }
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

    fn must_leave(&self, who: &TurnedOut) -> bool {
        let device = self.listener.device.as_deref();
        !self.topics.rooms.is_empty() && who.is(&self.listener.account, device)
    }

    async fn missed(&self, seq: i64) -> Result<Vec<Recorded>, AppError> {
        let mut conn = self.state.db.reader().acquire().await?;
        let audiences = [self.listener.account.as_str(), self.listener.staff];
        store::after_for(&mut conn, seq, audiences, BATCH).await
    }

    /// The event as the listener gets it; `None` when it is not for this listener.
    fn frame(&self, event: &Recorded) -> Option<Event> {
        if !self.listener.may_hear(&event.audience) {
            return None;
        }
        let topic = self.topics.name(event)?;
        let frame = match &event.event {
            Told::Shop(happened) => Event::default().event("shop").json_data(EventEnvelope {
                seq: event.seq,
                topic,
                at: event.at,
                event: happened.clone(),
            }),
            Told::Live(told) => Event::default().event("live").json_data(LiveEnvelope {
                at: event.at,
                told: told.clone(),
            }),
        };
        // What passes has no place in the stream to come back to.
        let frame = frame.ok()?;
        Some(match event.seq {
            PASSING => frame,
            seq => frame.id(self.position(seq)),
        })
    }

    fn position(&self, seq: i64) -> String {
        let epoch = self.epoch.clone();
        Position { epoch, seq }.to_string()
    }
}

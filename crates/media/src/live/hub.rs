//! All sessions of this process: who may publish to which, and the clockwork that ends the silent ones.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::publication::Publication;
use super::stream::Stream;
use crate::archive::{self, History, Retention, Writer};
use crate::clock::now_ms;
use crate::cmaf::Limits;
use crate::hls::{Timeline, Window};
use crate::{Mark, MediaEvent, MediaEventKind, SessionId};

/// A publisher that was heard this recently is not put aside for another one with the same key.
const FRESH_MS: i64 = 3_000;
/// Events that a listener may lag behind.
const EVENTS: usize = 256;
/// How long a session that has ended is still answered for from memory.
const REMEMBERED: Duration = Duration::from_secs(10 * 60);

/// How the sessions are kept.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// Where segments are written.
    pub folder: PathBuf,
    /// For how long.
    pub retention: Retention,
    /// How long a publisher may be gone before its session ends.
    pub grace: Duration,
    /// How much a live playlist lists.
    pub window: Window,
    /// What one publication may take.
    pub limits: Limits,
}

/// Why somebody with a good key may not publish.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Somebody else does, and was heard just now.
    #[error("somebody publishes with this key already")]
    InUse,
    /// The session's folder cannot be read.
    #[error("the session's recording cannot be read: {0}")]
    Disk(String),
}

/// How a session's ingest is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Somebody is connected with the session's key.
    pub connected: bool,
    /// The picture's width and height, while there is one.
    pub picture: Option<(u16, u16)>,
    /// For how long nobody has been connected.
    pub silent: Option<Duration>,
    /// The session's playlist is closed.
    pub ended: bool,
}

/// What a session's replay has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recording {
    /// When its first picture was, milliseconds since 1970.
    pub at_ms: i64,
    /// How long it is, milliseconds; pauses of the encoder between two publications are not in it.
    pub duration_ms: i64,
    /// Whether all of it is there.
    pub ended: bool,
}

/// All sessions of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    keeping: Keeping,
    sessions: Mutex<HashMap<SessionId, Entry>>,
    events: broadcast::Sender<MediaEvent>,
    next: AtomicU64,
}

#[derive(Debug)]
struct Entry {
    stream: Arc<Stream>,
    publisher: Option<Publisher>,
}

#[derive(Debug)]
struct Publisher {
    number: u64,
    heard_ms: Arc<AtomicI64>,
    stop: CancellationToken,
}

impl Hub {
    /// No sessions yet.
    pub fn new(keeping: Keeping) -> Self {
        Self(Arc::new(Shared {
            keeping,
            sessions: Mutex::default(),
            events: broadcast::Sender::new(EVENTS),
            next: AtomicU64::new(1),
        }))
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<SessionId, Entry>> {
        self.0
            .sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// How the sessions are kept.
    pub fn keeping(&self) -> &Keeping {
        &self.0.keeping
    }

    /// Listens from now on.
    pub fn events(&self) -> broadcast::Receiver<MediaEvent> {
        self.0.events.subscribe()
    }

    pub(super) fn tell(&self, session: &SessionId, kind: MediaEventKind) {
        // Nobody listening is no error.
        let _ = self.0.events.send(MediaEvent {
            session: session.clone(),
            at_ms: now_ms(),
            kind,
        });
    }

    /// A session on air, or that was until a while ago.
    pub fn stream(&self, session: &SessionId) -> Option<Arc<Stream>> {
        self.sessions()
            .get(session)
            .map(|entry| entry.stream.clone())
    }

    /// Lets a publisher whose key was found good into its session.
    pub async fn publish(&self, session: &SessionId) -> Result<Publication, Refused> {
        let known = self.stream(session).is_some();
        // Read outside the lock: it may take a while.
        let before = if known {
            None
        } else {
            Some(self.history(session).await?)
        };
        let number = self.0.next.fetch_add(1, Ordering::Relaxed);
        let heard_ms = Arc::new(AtomicI64::new(now_ms()));
        let stop = CancellationToken::new();
        let stream = {
            let mut sessions = self.sessions();
            let entry = sessions
                .entry(session.clone())
                .or_insert_with(|| self.entry(session, before.unwrap_or_default()));
            if let Some(other) = &entry.publisher {
                let heard = other.heard_ms.load(Ordering::Relaxed);
                if now_ms().saturating_sub(heard) < FRESH_MS {
                    return Err(Refused::InUse);
                }
                other.stop.cancel();
                entry.stream.pause();
            }
            entry.publisher = Some(Publisher {
                number,
                heard_ms: heard_ms.clone(),
                stop: stop.clone(),
            });
            entry.stream.resume();
            entry.stream.clone()
        };
        let limits = self.0.keeping.limits;
        Ok(Publication::new(
            self.clone(),
            stream,
            number,
            heard_ms,
            stop,
            limits,
        ))
    }

    /// What is on disk of a session.
    pub async fn history(&self, session: &SessionId) -> Result<History, Refused> {
        let folder = archive::folder(&self.0.keeping.folder, session);
        let retention = self.0.keeping.retention.clone();
        tokio::task::spawn_blocking(move || archive::read(&folder, &retention))
            .await
            .map_err(|error| Refused::Disk(error.to_string()))?
            .map_err(|error| Refused::Disk(error.to_string()))
    }

    fn entry(&self, session: &SessionId, before: History) -> Entry {
        let keeping = &self.0.keeping;
        let folder = archive::folder(&keeping.folder, session);
        let writer = Writer::start(folder, keeping.retention.clone(), &before.segments);
        let timeline = Timeline::new(keeping.window, before.next_msn, before.next_init);
        Entry {
            stream: Arc::new(Stream::new(session.clone(), timeline, writer)),
            publisher: None,
        }
    }

    pub(super) fn publishes(&self, stream: &Stream, number: u64) -> bool {
        let sessions = self.sessions();
        let publisher = sessions
            .get(&stream.session)
            .and_then(|it| it.publisher.as_ref());
        publisher.is_some_and(|publisher| publisher.number == number)
    }

    pub(super) fn lost(&self, stream: &Stream, number: u64, reason: Option<String>) {
        {
            let mut sessions = self.sessions();
            let Some(entry) = sessions.get_mut(&stream.session) else {
                return;
            };
            if entry
                .publisher
                .as_ref()
                .is_none_or(|it| it.number != number)
            {
                return; // somebody else took over
            }
            entry.publisher = None;
            entry.stream.pause();
        }
        self.tell(&stream.session, MediaEventKind::Lost { reason });
    }

    /// Sends a session's publisher away, as when its key was revoked. It may come back with a good key.
    pub fn cut_off(&self, session: &SessionId) {
        let sessions = self.sessions();
        if let Some(publisher) = sessions.get(session).and_then(|it| it.publisher.as_ref()) {
            publisher.stop.cancel();
        }
    }

    /// Ends a session: its publisher is sent away and its playlists are closed. One that was on air before this
    /// program started is ended on disk.
    pub fn end(&self, session: &SessionId) {
        self.cut_off(session);
        match self.stream(session) {
            Some(stream) => self.end_stream(&stream),
            None => drop(tokio::spawn(self.clone().end_recording(session.clone()))),
        }
    }

    fn end_stream(&self, stream: &Stream) {
        if stream.end() {
            self.tell(&stream.session, MediaEventKind::Ended);
        }
    }

    async fn end_recording(self, session: SessionId) {
        let history = match self.history(&session).await {
            Ok(history) => history,
            Err(error) => {
                tracing::error!(%error, %session, "a recording cannot be ended");
                return;
            }
        };
        if history.ended || history.segments.is_empty() {
            return;
        }
        let stream = {
            let mut sessions = self.sessions();
            let entry = sessions
                .entry(session.clone())
                .or_insert_with(|| self.entry(&session, history));
            entry.stream.clone()
        };
        self.end_stream(&stream);
    }

    /// What a session's replay has; none when there is none.
    pub async fn recording(&self, session: &SessionId) -> Option<Recording> {
        let history = self.history(session).await.ok()?;
        let first = history.segments.first()?;
        Some(Recording {
            at_ms: first.at_ms,
            duration_ms: history.segments.iter().map(|kept| kept.duration_ms).sum(),
            ended: history.ended,
        })
    }

    /// Puts a mark into a session's playlists; false when the session is not on air.
    pub fn mark(&self, session: &SessionId, mark: Mark) -> bool {
        let stream = self.stream(session);
        stream.is_some_and(|stream| {
            stream.mark(mark);
            true
        })
    }

    /// How a session's ingest is.
    pub fn status(&self, session: &SessionId) -> Status {
        let sessions = self.sessions();
        sessions
            .get(session)
            .map_or_else(Status::default, |entry| Status {
                connected: entry.publisher.is_some(),
                picture: entry.stream.size(),
                silent: entry.stream.silent_for(),
                ended: entry.stream.is_ended(),
            })
    }

    /// One round of the clockwork: who was silent for longer than the grace has ended, and what ended long
    /// ago is forgotten.
    pub fn tick(&self) {
        let all: Vec<Arc<Stream>> = self
            .sessions()
            .values()
            .map(|it| it.stream.clone())
            .collect();
        for stream in all {
            let Some(silent) = stream.silent_for() else {
                continue;
            };
            if silent >= self.0.keeping.grace {
                self.end_stream(&stream);
            }
            if stream.is_ended() && silent >= self.0.keeping.grace.saturating_add(REMEMBERED) {
                stream.forget();
                let mut sessions = self.sessions();
                let is_idle = |entry: &Entry| entry.publisher.is_none() && entry.stream.is_ended();
                if sessions.get(&stream.session).is_some_and(is_idle) {
                    sessions.remove(&stream.session);
                }
            }
        }
    }

    /// The names of the sessions whose folders are in use.
    pub fn names(&self) -> HashSet<String> {
        let sessions = self.sessions();
        sessions.keys().map(|it| it.as_str().to_owned()).collect()
    }

    /// Sends everybody away and waits until the disk has everything.
    pub async fn close(&self) {
        let all: Vec<Arc<Stream>> = {
            let sessions = self.sessions();
            for publisher in sessions.values().filter_map(|it| it.publisher.as_ref()) {
                publisher.stop.cancel();
            }
            sessions.values().map(|it| it.stream.clone()).collect()
        };
        for stream in all {
            stream.pause();
            stream.flush().await;
        }
    }
}

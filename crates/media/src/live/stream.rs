//! One session on air: the timeline, the bytes since the last key frame, and everybody who waits for more.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::{broadcast, watch};

use crate::archive::Writer;
use crate::clock::{Anchor, now_ms};
use crate::cmaf::{Chunk, Init, Out};
use crate::hls::{self, Timeline};
use crate::{Mark, SessionId};

/// Chunks that a viewer of the one long response may lag behind before it is cut off: about four seconds.
const FEED: usize = 64;

/// One session on air.
#[derive(Debug)]
pub struct Stream {
    /// Which session.
    pub session: SessionId,
    inner: Mutex<Inner>,
    changed: watch::Sender<u64>,
    writer: Writer,
}

#[derive(Debug)]
struct Inner {
    timeline: Timeline,
    on_air: Option<OnAir>,
    inits: Vec<(u64, Bytes)>,
    /// Since when nobody publishes.
    silent: Option<Instant>,
    /// The live playlist until something changes: hundreds of viewers ask for the same one at the same moment.
    playlist: Option<Bytes>,
}

/// Between the beginning of a publication and its end.
#[derive(Debug)]
struct OnAir {
    init: Bytes,
    codecs: String,
    size: (u16, u16),
    anchor: Anchor,
    /// Chunks since the last key frame.
    group: Vec<Bytes>,
    feed: broadcast::Sender<Bytes>,
}

/// What a viewer of the one long response is given.
#[derive(Debug)]
pub struct Joined {
    /// The initialisation segment, and everything since the last key frame.
    pub head: Vec<Bytes>,
    /// What comes.
    pub feed: broadcast::Receiver<Bytes>,
    /// The wall clock at media time 0, milliseconds since 1970.
    pub anchor_ms: i64,
    /// For `video/mp4; codecs="…"`.
    pub codecs: String,
}

impl Stream {
    /// A session with what it had before.
    pub fn new(session: SessionId, timeline: Timeline, writer: Writer) -> Self {
        Self {
            session,
            inner: Mutex::new(Inner {
                timeline,
                on_air: None,
                inits: Vec::new(),
                silent: Some(Instant::now()),
                playlist: None,
            }),
            changed: watch::Sender::new(0),
            writer,
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A frame of `dts_ms` has arrived now.
    pub fn arrived(&self, dts_ms: i64) {
        if let Some(on_air) = &mut self.inner().on_air {
            on_air.anchor.note(now_ms(), dts_ms);
        }
    }

    /// Takes what the packager made. Gives back the picture's size when a publication began with it.
    pub fn take(&self, made: Vec<Out>) -> Option<(u16, u16)> {
        if made.is_empty() {
            return None;
        }
        let mut began = None;
        // Chunks alone change no playlist and are what nobody waits for.
        let is_listed = made.iter().any(|out| !matches!(out, Out::Chunk(_)));
        let mut inner = self.inner();
        for out in made {
            match out {
                Out::Init(init) => {
                    began = Some((init.width, init.height));
                    inner.begin(init, &self.writer);
                }
                Out::Chunk(chunk) => {
                    if let Some(whole) = inner.push(&chunk) {
                        self.writer.segment(&whole);
                    }
                }
                Out::PartEnd => inner.timeline.end_part(),
            }
        }
        if is_listed {
            self.tell(inner);
        }
        began
    }

    /// The publisher is gone.
    pub fn pause(&self) {
        let mut inner = self.inner();
        inner.on_air = None;
        inner.silent = Some(Instant::now());
        if let Some(whole) = inner.timeline.pause() {
            self.writer.segment(&whole);
        }
        self.tell(inner);
    }

    /// Somebody publishes again.
    pub fn resume(&self) {
        self.inner().silent = None;
    }

    /// Nothing comes any more. False when that was known.
    pub fn end(&self) -> bool {
        let mut inner = self.inner();
        if inner.timeline.is_ended() {
            return false;
        }
        inner.on_air = None;
        inner.silent.get_or_insert_with(Instant::now);
        if let Some(whole) = inner.timeline.end() {
            self.writer.segment(&whole);
        }
        self.writer.ended();
        self.tell(inner);
        true
    }

    /// Adds a mark.
    pub fn mark(&self, mark: Mark) {
        let mut inner = self.inner();
        inner.timeline.mark(mark.clone());
        self.writer.mark(mark);
        self.tell(inner);
    }

    /// For how long nobody has published; none while somebody does.
    pub fn silent_for(&self) -> Option<Duration> {
        self.inner().silent.map(|since| since.elapsed())
    }

    /// Whether nothing comes any more.
    pub fn is_ended(&self) -> bool {
        self.inner().timeline.is_ended()
    }

    /// The picture's size while there is one.
    pub fn size(&self) -> Option<(u16, u16)> {
        self.inner().on_air.as_ref().map(|on_air| on_air.size)
    }

    /// Bytes held in memory.
    pub fn bytes(&self) -> usize {
        let inner = self.inner();
        let group = inner.on_air.iter().flat_map(|on_air| &on_air.group);
        inner.timeline.bytes() + group.map(Bytes::len).sum::<usize>()
    }

    /// Waits until the disk has everything.
    pub async fn flush(&self) {
        self.writer.flush().await;
    }

    /// Joins at the last key frame; none while nobody publishes.
    pub fn join(&self) -> Option<Joined> {
        let inner = self.inner();
        let on_air = inner.on_air.as_ref().filter(|it| !it.group.is_empty())?;
        let init = std::iter::once(on_air.init.clone());
        Some(Joined {
            head: init.chain(on_air.group.iter().cloned()).collect(),
            feed: on_air.feed.subscribe(),
            anchor_ms: on_air.anchor.at_ms(),
            codecs: on_air.codecs.clone(),
        })
    }

    /// The live playlist as it is now; none before anything can be listed.
    pub fn playlist(&self) -> Option<Bytes> {
        let mut inner = self.inner();
        if inner.playlist.is_none() {
            let timeline = &inner.timeline;
            let has_parts = timeline.open().is_some_and(|open| !open.parts.is_empty());
            let has_any = has_parts || timeline.segments().len() > 0;
            inner.playlist = has_any.then(|| hls::live(timeline).into());
        }
        inner.playlist.clone()
    }

    /// Looks at the timeline.
    pub fn look<T>(&self, at: impl FnOnce(&Timeline) -> T) -> T {
        at(&self.inner().timeline)
    }

    /// An initialisation segment that is held.
    pub fn init(&self, number: u64) -> Option<Bytes> {
        let inner = self.inner();
        let mut held = inner.inits.iter();
        held.find(|(init, _)| *init == number)
            .map(|(_, bytes)| bytes.clone())
    }

    /// Waits until `ready` or `limit`; true when it is ready.
    pub async fn wait_for(&self, limit: Duration, ready: impl Fn(&Timeline) -> bool) -> bool {
        let mut changes = self.changed.subscribe();
        let waiting = async {
            while !self.look(&ready) {
                if changes.changed().await.is_err() {
                    return;
                }
            }
        };
        let _ = tokio::time::timeout(limit, waiting).await;
        self.look(&ready)
    }

    /// Lets go of the bytes of a session that has ended.
    pub fn forget(&self) {
        let mut inner = self.inner();
        inner.timeline.forget_bytes();
        inner.inits.clear();
        self.tell(inner);
    }

    /// What a playlist says has changed.
    fn tell(&self, mut inner: MutexGuard<'_, Inner>) {
        inner.playlist = None;
        drop(inner);
        self.changed
            .send_modify(|version| *version = version.wrapping_add(1));
    }
}

/// Initialisation segments that are held: those of the window's segments are among them.
const INITS: usize = 16;

impl Inner {
    fn begin(&mut self, init: Init, writer: &Writer) {
        let (number, whole) = self.timeline.begin();
        if let Some(whole) = whole {
            writer.segment(&whole);
        }
        writer.init(number, init.bytes.clone());
        self.inits.push((number, init.bytes.clone()));
        if self.inits.len() > INITS {
            self.inits.remove(0);
        }
        self.on_air = Some(OnAir {
            init: init.bytes,
            codecs: init.codecs,
            size: (init.width, init.height),
            anchor: Anchor::new(),
            group: Vec::new(),
            feed: broadcast::Sender::new(FEED),
        });
    }

    fn push(&mut self, chunk: &Chunk) -> Option<hls::Segment> {
        let on_air = self.on_air.as_mut()?;
        if chunk.independent {
            on_air.group.clear();
        }
        on_air.group.push(chunk.bytes.clone());
        // The only error is that nobody watches.
        let _ = on_air.feed.send(chunk.bytes.clone());
        self.timeline.push(chunk, on_air.anchor.at_ms())
    }
}

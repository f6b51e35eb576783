//! What there is of a session: its segments with their parts, numbers that only rise, and marks. Knows no
//! clock; what is told to it is in the order of the stream.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::Mark;
use crate::cmaf::Chunk;

/// Complete segments whose parts a low-latency playlist still lists.
const WITH_PARTS: usize = 3;
/// The newest marks that a live playlist carries.
const MARKS: usize = 64;
/// The shortest target duration, seconds: players wait half of it between two looks.
const SHORTEST_TARGET: i64 = 2;

/// How much of the end of a session a live playlist lists.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Complete segments.
    pub segments: usize,
    /// Bytes of complete segments; three of them are listed whatever they weigh.
    pub bytes: usize,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            segments: 6,
            bytes: 48 << 20,
        }
    }
}

/// One part of a segment.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its chunks, one after the other.
    pub chunks: Vec<Bytes>,
    /// Milliseconds.
    pub duration_ms: i64,
    /// Whether it begins with a key frame.
    pub independent: bool,
}

/// One segment.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Its number: rises by one for ever, over publications and restarts.
    pub msn: u64,
    /// Which initialisation segment it needs.
    pub init: u64,
    /// Whether nothing connects it with the one before.
    pub discontinuity: bool,
    /// When its first frame was, milliseconds since 1970.
    pub at_ms: i64,
    /// Its beginning on the publication's clock, milliseconds.
    pub start_ms: i64,
    /// Milliseconds, as far as it goes.
    pub duration_ms: i64,
    /// The parts that are whole.
    pub parts: Vec<Part>,
}

impl Segment {
    /// How much it weighs.
    pub fn bytes(&self) -> usize {
        let chunks = self.parts.iter().flat_map(|part| &part.chunks);
        chunks.map(Bytes::len).sum()
    }

    /// All its bytes in order.
    pub fn chunks(&self) -> Vec<Bytes> {
        let parts = self.parts.iter();
        parts.flat_map(|part| part.chunks.iter().cloned()).collect()
    }
}

/// What there is of a session.
#[derive(Debug)]
pub struct Timeline {
    window: Window,
    /// Complete ones.
    segments: VecDeque<Segment>,
    /// The one that grows.
    open: Option<Segment>,
    part: Part,
    next_msn: u64,
    next_init: u64,
    init: u64,
    breaks: bool,
    /// Discontinuities that have left the window.
    gone_breaks: u64,
    longest_ms: i64,
    marks: VecDeque<Mark>,
    ended: bool,
}

impl Timeline {
    /// Goes on after what an earlier run of the program left: the next segment's number and the next
    /// initialisation segment's.
    pub fn new(window: Window, next_msn: u64, next_init: u64) -> Self {
        Self {
            window,
            segments: VecDeque::new(),
            open: None,
            part: Part::default(),
            next_msn,
            next_init,
            init: next_init,
            breaks: next_msn > 0,
            gone_breaks: 0,
            longest_ms: 0,
            marks: VecDeque::new(),
            ended: false,
        }
    }

    /// A publication begins: its initialisation segment gets a number. Gives back that number and the segment
    /// that was open, which is complete now.
    pub fn begin(&mut self) -> (u64, Option<Segment>) {
        let whole = self.close(None);
        self.breaks |= self.next_msn > 0;
        self.init = self.next_init;
        self.next_init = self.next_init.saturating_add(1);
        self.ended = false;
        (self.init, whole)
    }

    /// The publication is over: what is open is complete.
    pub fn pause(&mut self) -> Option<Segment> {
        self.close(None)
    }

    /// Nothing comes any more: the playlist is closed until a publication begins.
    pub fn end(&mut self) -> Option<Segment> {
        let whole = self.close(None);
        self.ended = true;
        whole
    }

    /// The next chunk. `anchor_ms` is the wall clock at the publication's beginning. Gives back the segment
    /// that is complete because of it.
    pub fn push(&mut self, chunk: &Chunk, anchor_ms: i64) -> Option<Segment> {
        let whole = if chunk.begins_segment {
            self.close(Some(chunk.start_ms))
        } else {
            None
        };
        if self.open.is_none() {
            self.open = Some(Segment {
                msn: self.next_msn,
                init: self.init,
                discontinuity: std::mem::take(&mut self.breaks),
                at_ms: anchor_ms.saturating_add(chunk.shown_ms),
                start_ms: chunk.start_ms,
                duration_ms: 0,
                parts: Vec::new(),
            });
            self.next_msn = self.next_msn.saturating_add(1);
        }
        if self.part.chunks.is_empty() {
            self.part.independent = chunk.independent;
        }
        self.part.duration_ms = self.part.duration_ms.saturating_add(chunk.duration_ms);
        self.part.chunks.push(chunk.bytes.clone());
        whole
    }

    /// The chunks since the last call of this make a part.
    pub fn end_part(&mut self) {
        let part = std::mem::take(&mut self.part);
        if let Some(open) = self.open.as_mut().filter(|_| !part.chunks.is_empty()) {
            open.duration_ms = open.duration_ms.saturating_add(part.duration_ms);
            open.parts.push(part);
        }
    }

    fn close(&mut self, next_start_ms: Option<i64>) -> Option<Segment> {
        self.end_part();
        let mut whole = self.open.take()?;
        if let Some(next) = next_start_ms {
            whole.duration_ms = next.saturating_sub(whole.start_ms);
        }
        self.longest_ms = self.longest_ms.max(whole.duration_ms);
        self.segments.push_back(whole.clone());
        while self.segments.len() > self.window.segments
            || (self.segments.len() > WITH_PARTS && self.bytes() > self.window.bytes)
        {
            let gone = self.segments.pop_front();
            self.gone_breaks += u64::from(gone.is_some_and(|gone| gone.discontinuity));
        }
        Some(whole)
    }

    /// Adds a mark; the newest are kept.
    pub fn mark(&mut self, mark: Mark) {
        self.marks.push_back(mark);
        while self.marks.len() > MARKS {
            self.marks.pop_front();
        }
    }

    /// Lets go of every byte; what was listed stays known by its numbers.
    pub fn forget_bytes(&mut self) {
        self.segments.clear();
        self.open = None;
        self.part = Part::default();
    }

    /// What everything that is held weighs.
    pub fn bytes(&self) -> usize {
        let all = self.segments.iter().chain(&self.open);
        all.map(Segment::bytes).sum()
    }

    /// The complete segments of the window, the oldest first.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &Segment> + ExactSizeIterator {
        self.segments.iter()
    }

    /// The segment that grows.
    pub fn open(&self) -> Option<&Segment> {
        self.open.as_ref()
    }

    /// The marks that a live playlist carries: those of its pictures. A player that asks three times a second is not
    /// told each time what was an hour ago.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        let first = self.segments.front().or(self.open.as_ref());
        let from_ms = first.map_or(i64::MAX, |first| first.at_ms);
        self.marks.iter().filter(move |mark| mark.at_ms >= from_ms)
    }

    /// Whether nothing comes any more.
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// The number of the segment that comes next, or grows.
    pub fn edge(&self) -> u64 {
        self.open.as_ref().map_or(self.next_msn, |open| open.msn)
    }

    /// The first listed segment's number.
    pub fn first_msn(&self) -> u64 {
        self.segments.front().map_or(self.edge(), |first| first.msn)
    }

    /// Discontinuities before the window.
    pub fn gone_breaks(&self) -> u64 {
        self.gone_breaks
    }

    /// Whole seconds that no segment is longer than.
    pub fn target_s(&self) -> i64 {
        let open = self.open.as_ref().map_or(0, |open| open.duration_ms);
        let longest = self.longest_ms.max(open);
        ((longest + 500) / 1000).max(SHORTEST_TARGET)
    }

    /// Whether a playlist made now lists part `part` of segment `msn`.
    pub fn has(&self, msn: u64, part: usize) -> bool {
        match &self.open {
            Some(open) if open.msn == msn => part < open.parts.len(),
            _ => msn < self.edge(),
        }
    }

    /// A segment that is held.
    pub fn segment(&self, msn: u64) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.msn == msn)
    }

    /// A part that is held.
    pub fn part(&self, msn: u64, part: usize) -> Option<&Part> {
        let mut all = self.segments.iter().chain(&self.open);
        all.find(|segment| segment.msn == msn)?.parts.get(part)
    }

    /// From which complete segment on parts are listed.
    pub(super) fn parts_from(&self) -> u64 {
        self.edge().saturating_sub(WITH_PARTS as u64)
    }
}

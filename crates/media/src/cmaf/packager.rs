//! Cuts a publication into chunks of two frames, parts of at most 300 ms and segments that begin with a
//! key frame. Knows no clock and no network: frames with their times go in, bytes come out.

use bytes::Bytes;

use super::boxes::{self, AAC_FRAME, AudioRun, VideoSample};
use crate::codec::{Audio, AudioTag, Refusal, Video, VideoTag};

/// Frames in a chunk: what a viewer of the one long response waits for.
const CHUNK_FRAMES: usize = 2;
/// The longest part of a low-latency playlist, milliseconds.
pub const PART_MS: i64 = 300;
/// The shortest segment, milliseconds: a key frame that comes earlier does not begin one.
const SEGMENT_MS: i64 = 950;
/// A frame's length until two were seen, milliseconds.
const GUESS_MS: i64 = 33;
/// Audio further than this from where it should be goes on from where it says it is, milliseconds.
const AUDIO_SLACK_MS: i64 = 60;
/// Audio frames that wait for video before they go on alone.
const AUDIO_WAIT: usize = 64;
/// Times further apart than this are of another clock, milliseconds.
const JUMP_MS: i64 = 30_000;

/// What one publication may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest stretch between two key frames, milliseconds.
    pub key_frames_ms: i64,
    /// The most bytes between two key frames.
    pub segment_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            key_frames_ms: 12_000,
            segment_bytes: 24 << 20,
        }
    }
}

/// The beginning of everything a decoder is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Init {
    /// `ftyp` and `moov`.
    pub bytes: Bytes,
    /// For `video/mp4; codecs="…"`.
    pub codecs: String,
    /// Pixels.
    pub width: u16,
    /// Pixels.
    pub height: u16,
}

/// Two frames or fewer, with the audio that came along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// `moof` and `mdat`.
    pub bytes: Bytes,
    /// Decoding time of the first frame, milliseconds from the publication's beginning.
    pub start_ms: i64,
    /// When the first frame is shown, on the same clock.
    pub shown_ms: i64,
    /// To the end of the last frame, milliseconds.
    pub duration_ms: i64,
    /// Whether it begins with a key frame.
    pub independent: bool,
    /// Whether a segment begins with it.
    pub begins_segment: bool,
}

/// What comes out, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    /// A publication begins, or its configuration changed.
    Init(Init),
    /// The next bytes.
    Chunk(Chunk),
    /// The part that the last chunks make is whole.
    PartEnd,
}

/// Packages one publication.
#[derive(Debug)]
pub struct Packager {
    limits: Limits,
    video: Option<Video>,
    audio: Option<Audio>,
    /// A configuration came that the running initialisation segment does not know.
    changed: bool,
    clock: Clock,
    running: Option<Running>,
    sequence: u32,
}

/// Between an initialisation segment and the next.
#[derive(Debug)]
struct Running {
    has_audio: bool,
    /// The first key frame's decoding time on the encoder's clock.
    base_ms: i64,
    frames: Vec<VideoSample>,
    last_dts_ms: i64,
    frame_ms: i64,
    key_ms: i64,
    part_start_ms: Option<i64>,
    segment_start_ms: i64,
    segment_bytes: usize,
    begins_segment: bool,
    audio: AudioRun,
    next_audio: Option<u64>,
}

/// Milliseconds of 32 bits that wrap, made one count that goes on.
#[derive(Debug, Default)]
struct Clock(Option<(u32, i64)>);

impl Clock {
    fn read(&mut self, raw: u32) -> Result<i64, Refusal> {
        let now = match self.0 {
            None => i64::from(raw),
            Some((last, at)) => {
                // Wraps on purpose: the difference has a sign.
                let step = i64::from(raw.wrapping_sub(last).cast_signed());
                if step.abs() > JUMP_MS {
                    return Err(Refusal::Jump(step));
                }
                at.saturating_add(step)
            }
        };
        self.0 = Some((raw, now));
        Ok(now)
    }
}

impl Packager {
    /// Waits for configurations and the first key frame.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            video: None,
            audio: None,
            changed: false,
            clock: Clock::default(),
            running: None,
            sequence: 0,
        }
    }

    /// Whether anything has come out yet.
    pub fn has_begun(&self) -> bool {
        self.running.is_some()
    }

    /// Takes a video tag with its decoding time. Gives back that time counted from the publication's
    /// beginning, when it has begun.
    pub fn video(
        &mut self,
        raw_ms: u32,
        tag: VideoTag,
        out: &mut Vec<Out>,
    ) -> Result<Option<i64>, Refusal> {
        match tag {
            VideoTag::Configuration(video) => {
                self.changed |= self.video.as_ref() != Some(&video);
                self.video = Some(video);
                Ok(None)
            }
            VideoTag::Frame {
                offset_ms,
                key,
                data,
            } => {
                let at = self.clock.read(raw_ms)?;
                if key && self.changed {
                    self.begin(at, out)?;
                }
                let Some(running) = &mut self.running else {
                    return Ok(None);
                };
                let dts_ms = at
                    .saturating_sub(running.base_ms)
                    .max(running.last_dts_ms.saturating_add(1));
                let frame = VideoSample {
                    dts_ms,
                    duration_ms: running.frame_ms,
                    offset_ms,
                    key,
                    data,
                };
                running.take(frame, self.limits, &mut self.sequence, out)?;
                Ok(Some(dts_ms))
            }
            VideoTag::Nothing => Ok(None),
        }
    }

    /// Takes an audio tag with its time.
    pub fn audio(&mut self, raw_ms: u32, tag: AudioTag, out: &mut Vec<Out>) -> Result<(), Refusal> {
        match tag {
            AudioTag::Configuration(audio) => {
                self.changed |= self.audio.as_ref() != Some(&audio);
                self.audio = Some(audio);
            }
            AudioTag::Frame(data) => {
                let at = self.clock.read(raw_ms)?;
                let (Some(running), Some(audio)) = (&mut self.running, &self.audio) else {
                    return Ok(());
                };
                if running.has_audio {
                    let at = at.saturating_sub(running.base_ms);
                    running.take_audio(at, audio.rate, data, &mut self.sequence, out)?;
                }
            }
            AudioTag::Nothing => {}
        }
        Ok(())
    }

    /// Gives out what is still held.
    pub fn finish(&mut self, out: &mut Vec<Out>) -> Result<(), Refusal> {
        if let Some(running) = &mut self.running {
            running.flush(&mut self.sequence, out)?;
            running.end_part(out);
        }
        Ok(())
    }

    fn begin(&mut self, base_ms: i64, out: &mut Vec<Out>) -> Result<(), Refusal> {
        self.finish(out)?;
        let Some(video) = &self.video else {
            return Ok(());
        };
        let names = std::iter::once(video.name.as_str());
        let names: Vec<&str> = names
            .chain(self.audio.as_ref().map(|audio| audio.name.as_str()))
            .collect();
        out.push(Out::Init(Init {
            bytes: boxes::init(video, self.audio.as_ref())?,
            codecs: names.join(","),
            width: video.width,
            height: video.height,
        }));
        self.changed = false;
        self.running = Some(Running {
            has_audio: self.audio.is_some(),
            base_ms,
            frames: Vec::with_capacity(CHUNK_FRAMES),
            last_dts_ms: -1,
            frame_ms: GUESS_MS,
            key_ms: 0,
            part_start_ms: None,
            segment_start_ms: 0,
            segment_bytes: 0,
            begins_segment: true,
            audio: AudioRun::default(),
            next_audio: None,
        });
        Ok(())
    }
}

impl Running {
    fn take(
        &mut self,
        frame: VideoSample,
        limits: Limits,
        sequence: &mut u32,
        out: &mut Vec<Out>,
    ) -> Result<(), Refusal> {
        let dts_ms = frame.dts_ms;
        if self.last_dts_ms >= 0 {
            let step = dts_ms.saturating_sub(self.last_dts_ms);
            // A pause of the encoder is not how long frames are.
            if step <= 1000 {
                self.frame_ms = step;
            }
            if let Some(held) = self.frames.last_mut() {
                held.duration_ms = self.frame_ms;
            }
        }
        self.last_dts_ms = dts_ms;
        if frame.key {
            self.flush(sequence, out)?;
            self.key_ms = dts_ms;
            if dts_ms.saturating_sub(self.segment_start_ms) >= SEGMENT_MS {
                self.end_part(out);
                self.begins_segment = true;
                self.segment_start_ms = dts_ms;
                self.segment_bytes = 0;
            }
        } else if dts_ms.saturating_sub(self.key_ms) > limits.key_frames_ms {
            return Err(Refusal::KeyFrames(limits.key_frames_ms / 1000));
        }
        self.segment_bytes = self.segment_bytes.saturating_add(frame.data.len());
        if self.segment_bytes > limits.segment_bytes {
            return Err(Refusal::TooMuch(limits.segment_bytes >> 20));
        }
        let frame_ms = self.frame_ms;
        let part_with = |start: Option<i64>, frames: i64| {
            let end = dts_ms.saturating_add(frame_ms.saturating_mul(frames));
            start.map_or(0, |start| end.saturating_sub(start))
        };
        if part_with(self.part_start_ms, 1) > PART_MS {
            self.flush(sequence, out)?;
            self.end_part(out);
        }
        self.part_start_ms.get_or_insert(dts_ms);
        self.frames.push(VideoSample {
            duration_ms: frame_ms,
            ..frame
        });
        // The next frame would make the part too long: it is whole now, not when that frame is here.
        let is_whole = part_with(self.part_start_ms, 2) > PART_MS;
        if is_whole || self.frames.len() >= CHUNK_FRAMES {
            self.flush(sequence, out)?;
        }
        if is_whole {
            self.end_part(out);
        }
        Ok(())
    }

    fn take_audio(
        &mut self,
        at_ms: i64,
        rate: u32,
        data: Bytes,
        sequence: &mut u32,
        out: &mut Vec<Out>,
    ) -> Result<(), Refusal> {
        let Ok(at) = u64::try_from(at_ms.saturating_mul(rate.into()) / 1000) else {
            return Ok(()); // before the first key frame
        };
        let slack = u64::try_from(AUDIO_SLACK_MS).unwrap_or_default() * u64::from(rate) / 1000;
        let start = match self.next_audio {
            // Milliseconds are too coarse for samples: frames follow each other without a gap.
            Some(next) if at.abs_diff(next) <= slack => next,
            // It went back: what was heard is not heard again.
            Some(next) if at < next => return Ok(()),
            _ => at,
        };
        let follows = self.audio.start + self.audio.frames.len() as u64 * u64::from(AAC_FRAME);
        if !self.audio.frames.is_empty()
            && (start != follows || self.audio.frames.len() >= AUDIO_WAIT)
        {
            self.flush(sequence, out)?;
        }
        if self.audio.frames.is_empty() {
            self.audio.start = start;
        }
        self.segment_bytes = self.segment_bytes.saturating_add(data.len());
        self.audio.frames.push(data);
        self.next_audio = Some(start.saturating_add(AAC_FRAME.into()));
        Ok(())
    }

    /// Makes a chunk of what is held.
    fn flush(&mut self, sequence: &mut u32, out: &mut Vec<Out>) -> Result<(), Refusal> {
        if self.frames.is_empty() && self.audio.frames.is_empty() {
            return Ok(());
        }
        *sequence = sequence.wrapping_add(1);
        let bytes = boxes::fragment(*sequence, &self.frames, &self.audio)?;
        let (first, last) = (self.frames.first(), self.frames.last());
        let start_ms = first.map_or(self.last_dts_ms, |frame| frame.dts_ms);
        let end_ms = last.map_or(start_ms, |frame| {
            frame.dts_ms.saturating_add(frame.duration_ms)
        });
        out.push(Out::Chunk(Chunk {
            bytes,
            start_ms,
            shown_ms: start_ms.saturating_add(first.map_or(0, |frame| frame.offset_ms.into())),
            duration_ms: end_ms.saturating_sub(start_ms),
            independent: first.is_some_and(|frame| frame.key),
            begins_segment: std::mem::take(&mut self.begins_segment),
        }));
        self.frames.clear();
        self.audio.frames.clear();
        Ok(())
    }

    fn end_part(&mut self, out: &mut Vec<Out>) {
        if self.part_start_ms.take().is_some() {
            out.push(Out::PartEnd);
        }
    }
}

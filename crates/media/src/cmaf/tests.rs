//! What the packager cuts where, on tags that need no encoder.

use bytes::Bytes;

use super::{Chunk, Limits, Out, Packager};
use crate::codec::{self, AudioTag, Refusal, VideoTag};

/// 320 by 240, High.
const AVCC: &[u8] = &[
    0x17, 0, 0, 0, 0, 1, 0x64, 0, 0x0d, 0xff, 0xe1, 0, 24, 0x67, 0x64, 0x00, 0x0d, 0xac, 0xd9,
    0x41, 0x41, 0xfa, 0x10, 0, 0, 3, 0, 0x10, 0, 0, 3, 3, 0x20, 0xf1, 0x42, 0x99, 0x60, 1, 0, 6,
    0x68, 0xeb, 0xe3, 0xcb, 0x22, 0xc0,
];

struct Desk {
    packager: Packager,
    out: Vec<Out>,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            packager: Packager::new(Limits::default()),
            out: Vec::new(),
        };
        let tag = codec::video_tag(&Bytes::from_static(AVCC)).unwrap();
        desk.packager.video(0, tag, &mut desk.out).unwrap();
        desk
    }

    fn with_audio() -> Self {
        let mut desk = Self::new();
        let tag = codec::audio_tag(&Bytes::from_static(&[0xaf, 0, 0x12, 0x10])).unwrap();
        desk.packager.audio(0, tag, &mut desk.out).unwrap();
        desk
    }

    fn frame(&mut self, at: u32, key: bool) -> Result<Option<i64>, Refusal> {
        let tag = VideoTag::Frame {
            offset_ms: 0,
            key,
            data: Bytes::from_static(b"0000 a frame"),
        };
        self.packager.video(at, tag, &mut self.out)
    }

    /// Frames of a rate with a key frame every `keys` frames.
    fn film(&mut self, from: u32, frames: u32, rate: u32, keys: u32) {
        for number in 0..frames {
            let at = from.wrapping_add(number * 1000 / rate);
            self.frame(at, number % keys == 0).unwrap();
        }
    }

    fn chunks(&self) -> Vec<&Chunk> {
        let chunks = self.out.iter().filter_map(|out| match out {
            Out::Chunk(chunk) => Some(chunk),
            _ => None,
        });
        chunks.collect()
    }

    /// How long each part is, milliseconds.
    fn parts(&self) -> Vec<i64> {
        let mut parts = vec![0];
        for out in &self.out {
            match out {
                Out::Chunk(chunk) => *parts.last_mut().unwrap() += chunk.duration_ms,
                Out::PartEnd => parts.push(0),
                Out::Init(_) => {}
            }
        }
        parts.pop();
        parts
    }
}

#[test]
fn nothing_begins_before_a_key_frame() {
    let mut desk = Desk::new();
    desk.frame(0, false).unwrap();
    assert!(desk.out.is_empty() && !desk.packager.has_begun());
    desk.frame(40, true).unwrap();
    let [Out::Init(init)] = desk.out.as_slice() else {
        panic!("{:?}", desk.out);
    };
    assert_eq!((init.width, init.height), (320, 240));
    assert_eq!(init.codecs, "avc1.64000d");
}

#[test]
fn a_chunk_is_two_frames_and_a_part_at_most_300_ms_at_every_rate() {
    for rate in [12, 15, 24, 25, 30, 50, 60] {
        let mut desk = Desk::new();
        desk.film(0, rate * 8, rate, rate * 2);
        let longest = 2 * 1000 / i64::from(rate) + 2;
        for chunk in desk.chunks() {
            assert!(
                chunk.duration_ms <= longest,
                "{rate}: {} ms",
                chunk.duration_ms
            );
        }
        let parts = desk.parts();
        assert!(parts.iter().all(|part| *part <= 300), "{rate}: {parts:?}");
        let whole = parts.iter().filter(|part| **part >= 240).count();
        assert!(whole * 8 >= parts.len() * 6, "{rate}: {parts:?}");
    }
}

#[test]
fn a_segment_begins_with_a_key_frame_and_not_before_950_ms() {
    let mut desk = Desk::new();
    // A key frame every 400 ms.
    desk.film(0, 100, 25, 10);
    let starts: Vec<i64> = desk
        .chunks()
        .iter()
        .filter(|chunk| chunk.begins_segment)
        .map(|chunk| chunk.start_ms)
        .collect();
    assert_eq!(starts, [0, 1200, 2400, 3600]);
    assert!(
        desk.chunks()
            .iter()
            .filter(|it| it.begins_segment)
            .all(|it| it.independent)
    );
    // Every key frame begins a chunk: viewers join there.
    assert_eq!(desk.chunks().iter().filter(|it| it.independent).count(), 10);
}

#[test]
fn a_clock_of_32_bits_that_wraps_goes_on() {
    let mut desk = Desk::new();
    desk.film(u32::MAX - 500, 50, 25, 50);
    let last = desk.chunks().last().unwrap().start_ms;
    assert_eq!(last, 48 * 40);
}

#[test]
fn a_clock_that_jumps_is_refused() {
    let mut desk = Desk::new();
    desk.film(0, 10, 25, 50);
    assert_eq!(desk.frame(3_600_000, false), Err(Refusal::Jump(3_599_640)));
}

#[test]
fn times_never_go_back() {
    let mut desk = Desk::new();
    desk.film(1000, 10, 25, 50);
    desk.frame(1100, false).unwrap();
    desk.frame(1100, false).unwrap();
    let starts: Vec<i64> = desk.chunks().iter().map(|chunk| chunk.start_ms).collect();
    assert!(
        starts.windows(2).all(|pair| pair[1] > pair[0]),
        "{starts:?}"
    );
}

#[test]
fn key_frames_too_far_apart_are_refused_with_what_to_do() {
    let mut desk = Desk::new();
    desk.frame(0, true).unwrap();
    let refused = (1..400).find_map(|number| desk.frame(number * 40, false).err());
    let words = refused.unwrap().to_string();
    assert!(words.contains("key frame interval to 2 s"), "{words}");
}

#[test]
fn audio_frames_follow_each_other_without_a_gap_though_milliseconds_are_coarse() {
    let mut desk = Desk::with_audio();
    for number in 0..200_u32 {
        desk.frame(number * 40, number % 50 == 0).unwrap();
        for audio in [number * 2, number * 2 + 1] {
            let at = audio * 1024 * 1000 / 44_100;
            let tag = AudioTag::Frame(Bytes::from_static(b"sound"));
            desk.packager.audio(at, tag, &mut desk.out).unwrap();
        }
    }
    assert_eq!(audio_starts(&desk), expected(&desk));
}

/// Where each chunk's audio says it begins.
fn audio_starts(desk: &Desk) -> Vec<u64> {
    runs(desk).into_iter().map(|(start, _)| start).collect()
}

/// Where it must begin when every frame follows the one before.
fn expected(desk: &Desk) -> Vec<u64> {
    let mut next = 0;
    let mut starts = Vec::new();
    for (_, frames) in runs(desk) {
        starts.push(next);
        next += frames * 1024;
    }
    starts
}

fn runs(desk: &Desk) -> Vec<(u64, u64)> {
    use mp4_atom::DecodeMaybe;
    let chunks = desk.chunks();
    let boxes = chunks.iter().map(|chunk| {
        mp4_atom::Moof::decode_maybe(&mut &*chunk.bytes)
            .unwrap()
            .unwrap()
    });
    let runs = boxes
        .flat_map(|moof| moof.traf)
        .filter(|traf| traf.tfhd.track_id == 2);
    runs.map(|traf| {
        let start = traf.tfdt.unwrap().base_media_decode_time;
        (start, traf.trun[0].samples.len() as u64)
    })
    .collect()
}

#[test]
fn a_configuration_that_changes_begins_anew_at_the_next_key_frame() {
    let mut desk = Desk::new();
    desk.film(0, 20, 25, 50);
    let tag = codec::audio_tag(&Bytes::from_static(&[0xaf, 0, 0x12, 0x10])).unwrap();
    desk.packager.audio(800, tag, &mut desk.out).unwrap();
    desk.frame(800, false).unwrap();
    let inits = |desk: &Desk| {
        let inits = desk.out.iter().filter_map(|out| match out {
            Out::Init(init) => Some(init.codecs.clone()),
            _ => None,
        });
        inits.collect::<Vec<_>>()
    };
    assert_eq!(inits(&desk).len(), 1);
    desk.frame(840, true).unwrap();
    assert_eq!(inits(&desk), ["avc1.64000d", "avc1.64000d,mp4a.40.2"]);
}

//! MP4 boxes of a live stream: the initialisation segment, and fragments of a few frames.

use bytes::Bytes;
use mp4_atom as mp4;
use mp4_atom::Encode;

use crate::codec::{Audio, Refusal, Video};

/// Ticks of the video track a second; RTMP counts milliseconds.
const VIDEO_SCALE: u32 = 90_000;
/// PCM samples in one AAC frame.
pub(super) const AAC_FRAME: u32 = 1024;

/// Bytes before the samples.
const MDAT_HEADER: usize = 8;

const VIDEO_TRACK: u32 = 1;
const AUDIO_TRACK: u32 = 2;

/// Flags of a sample from which decoding can begin (ISO/IEC 14496-12, 8.8.3.1).
const SYNC: u32 = 0x0200_0000;
/// Flags of one that needs others.
const NOT_SYNC: u32 = 0x0101_0000;

/// A video frame of a fragment.
#[derive(Clone, Debug)]
pub(super) struct VideoSample {
    /// Decoding time, milliseconds.
    pub dts_ms: i64,
    /// Until the next one, milliseconds.
    pub duration_ms: i64,
    /// Presentation less decoding, milliseconds.
    pub offset_ms: i32,
    pub key: bool,
    pub data: Bytes,
}

/// The audio frames of a fragment.
#[derive(Clone, Debug, Default)]
pub(super) struct AudioRun {
    /// Decoding time of the first in PCM samples.
    pub start: u64,
    pub frames: Vec<Bytes>,
}

/// `ftyp` and `moov`.
pub(super) fn init(video: &Video, audio: Option<&Audio>) -> Result<Bytes, Refusal> {
    let mut out = Vec::new();
    let ftyp = mp4::Ftyp {
        major_brand: b"iso6".into(),
        minor_version: 0,
        compatible_brands: vec![b"iso6".into(), b"cmfc".into(), b"mp41".into()],
    };
    ftyp.encode(&mut out).map_err(failed)?;
    let tracks = std::iter::once(VIDEO_TRACK).chain(audio.map(|_| AUDIO_TRACK));
    let moov = mp4::Moov {
        mvhd: mp4::Mvhd {
            timescale: 1000,
            rate: 1.into(),
            volume: 1.into(),
            next_track_id: 3,
            ..Default::default()
        },
        mvex: Some(mp4::Mvex {
            mehd: None,
            trex: tracks
                .map(|track_id| mp4::Trex {
                    track_id,
                    default_sample_description_index: 1,
                    ..Default::default()
                })
                .collect(),
        }),
        trak: std::iter::once(video_track(video))
            .chain(audio.map(audio_track))
            .collect(),
        ..Default::default()
    };
    moov.encode(&mut out).map_err(failed)?;
    Ok(out.into())
}

fn video_track(video: &Video) -> mp4::Trak {
    let entry = mp4::Avc1 {
        visual: mp4::Visual {
            data_reference_index: 1,
            width: video.width,
            height: video.height,
            ..Default::default()
        },
        avcc: video.avcc.clone(),
        ..Default::default()
    };
    let mut track = track(VIDEO_TRACK, VIDEO_SCALE, b"vide", entry.into());
    track.tkhd.width = video.width.into();
    track.tkhd.height = video.height.into();
    track.mdia.minf.vmhd = Some(mp4::Vmhd::default());
    track
}

fn audio_track(audio: &Audio) -> mp4::Trak {
    let entry = mp4::Mp4a {
        audio: mp4::Audio {
            data_reference_index: 1,
            channel_count: audio.channels,
            sample_size: 16,
            // Rates above 65 535 do not fit; decoders take the one of the configuration.
            sample_rate: u16::try_from(audio.rate).unwrap_or_default().into(),
        },
        esds: mp4::esds::Esds {
            es_desc: mp4::esds::EsDescriptor {
                es_id: AUDIO_TRACK as u16,
                dec_config: mp4::esds::DecoderConfig {
                    object_type_indication: 0x40, // MPEG-4 audio
                    stream_type: 5,
                    dec_specific: Some(mp4::esds::DecoderSpecific {
                        raw: audio.config.clone(),
                        ..Default::default()
                    }),
                    ..Default::default()
                },
                ..Default::default()
            },
        },
        btrt: None,
        taic: None,
    };
    let mut track = track(AUDIO_TRACK, audio.rate, b"soun", entry.into());
    track.tkhd.volume = 1.into();
    track.mdia.minf.smhd = Some(mp4::Smhd::default());
    track
}

fn track(track_id: u32, timescale: u32, handler: &[u8; 4], entry: mp4::Codec) -> mp4::Trak {
    mp4::Trak {
        tkhd: mp4::Tkhd {
            track_id,
            enabled: true,
            in_movie: true,
            ..Default::default()
        },
        mdia: mp4::Mdia {
            mdhd: mp4::Mdhd {
                timescale,
                language: "und".to_owned(),
                ..Default::default()
            },
            hdlr: mp4::Hdlr {
                handler: handler.into(),
                name: String::new(),
            },
            minf: mp4::Minf {
                dinf: mp4::Dinf {
                    dref: mp4::Dref {
                        entries: vec![mp4::Url::default().into()],
                    },
                },
                stbl: mp4::Stbl {
                    stsd: mp4::Stsd {
                        codecs: vec![entry],
                    },
                    stco: Some(mp4::Stco::default()),
                    ..Default::default()
                },
                ..Default::default()
            },
        },
        ..Default::default()
    }
}

/// `moof` and `mdat` of some frames of both tracks.
pub(super) fn fragment(
    sequence: u32,
    video: &[VideoSample],
    audio: &AudioRun,
) -> Result<Bytes, Refusal> {
    let video_bytes: usize = video.iter().map(|sample| sample.data.len()).sum();
    let audio_bytes: usize = audio.frames.iter().map(Bytes::len).sum();
    let moof = |at: usize| -> Result<mp4::Moof, Refusal> {
        let runs = [video_run(video, at)?, audio_run(audio, at + video_bytes)?];
        Ok(mp4::Moof {
            mfhd: mp4::Mfhd {
                sequence_number: sequence,
            },
            traf: runs.into_iter().flatten().collect(),
        })
    };
    // Where the samples are is counted from the box's own beginning: its length must be known first.
    let length = length(&moof(0)?)?;
    let moof = moof(length + MDAT_HEADER)?;
    let mut out = Vec::with_capacity(length + MDAT_HEADER + video_bytes + audio_bytes);
    moof.encode(&mut out).map_err(failed)?;
    let mdat = mp4::Header {
        kind: b"mdat".into(),
        size: Some(video_bytes + audio_bytes),
    };
    mdat.encode(&mut out).map_err(failed)?;
    let samples = video.iter().map(|sample| &sample.data);
    for data in samples.chain(&audio.frames) {
        out.extend_from_slice(data);
    }
    Ok(out.into())
}

fn video_run(samples: &[VideoSample], at: usize) -> Result<Option<mp4::Traf>, Refusal> {
    let ticks = |ms: i64| ms.saturating_mul(i64::from(VIDEO_SCALE / 1000));
    let Some(first) = samples.first() else {
        return Ok(None);
    };
    let entries: Vec<mp4::TrunEntry> = samples
        .iter()
        .map(|sample| mp4::TrunEntry {
            duration: Some(u32::try_from(ticks(sample.duration_ms)).unwrap_or(1)),
            size: u32::try_from(sample.data.len()).ok(),
            flags: Some(if sample.key { SYNC } else { NOT_SYNC }),
            cts: Some(ticks(sample.offset_ms.into())),
        })
        .collect();
    let start = u64::try_from(ticks(first.dts_ms)).unwrap_or_default();
    run(VIDEO_TRACK, start, None, entries, at).map(Some)
}

fn audio_run(audio: &AudioRun, at: usize) -> Result<Option<mp4::Traf>, Refusal> {
    if audio.frames.is_empty() {
        return Ok(None);
    }
    let entries: Vec<mp4::TrunEntry> = audio
        .frames
        .iter()
        .map(|frame| mp4::TrunEntry {
            duration: Some(AAC_FRAME),
            size: u32::try_from(frame.len()).ok(),
            ..Default::default()
        })
        .collect();
    run(AUDIO_TRACK, audio.start, Some(SYNC), entries, at).map(Some)
}

fn run(
    track_id: u32,
    start: u64,
    default_sample_flags: Option<u32>,
    entries: Vec<mp4::TrunEntry>,
    at: usize,
) -> Result<mp4::Traf, Refusal> {
    Ok(mp4::Traf {
        tfhd: mp4::Tfhd {
            track_id,
            default_sample_flags,
            default_base_is_moof: true,
            ..Default::default()
        },
        tfdt: Some(mp4::Tfdt {
            base_media_decode_time: start,
        }),
        trun: vec![mp4::Trun {
            data_offset: Some(i32::try_from(at).map_err(failed)?),
            samples: entries.into(),
        }],
        ..Default::default()
    })
}

fn length(moof: &mp4::Moof) -> Result<usize, Refusal> {
    let mut out = Vec::new();
    moof.encode(&mut out).map_err(failed)?;
    Ok(out.len())
}

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::Package(error.to_string())
}

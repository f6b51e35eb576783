//! What a publisher sends, as far as it must be understood: H.264 and AAC configurations out of FLV tags.
//! Anything else is refused in words that say what to change.

use bytes::Bytes;
use h264_reader::avcc::AvcDecoderConfigurationRecord;
use h264_reader::nal::sps::SeqParameterSet;
use h264_reader::nal::{Nal, RefNal};
use mp4_atom::{Atom, Avcc};

/// Why a publisher is sent away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The video is something else.
    #[error("the video is {0}: set the encoder to H.264")]
    Video(String),
    /// The audio is something else.
    #[error("the audio is {0}: set the encoder to AAC")]
    Audio(String),
    /// A decoder configuration that cannot be read.
    #[error("the {0} configuration cannot be read")]
    Configuration(&'static str),
    /// Nothing can begin without a key frame.
    #[error("key frames are more than {0} s apart: set the encoder's key frame interval to 2 s")]
    KeyFrames(i64),
    /// More than is kept in memory for one segment.
    #[error("more than {0} MiB between two key frames: lower the bit rate")]
    TooMuch(usize),
    /// The encoder's clock jumped.
    #[error("timestamps jumped by {0} ms")]
    Jump(i64),
    /// Boxes that cannot be written.
    #[error("cannot be packaged: {0}")]
    Package(String),
}

/// How the video is to be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Video {
    /// For the `avcC` box.
    pub avcc: Avcc,
    /// Pixels.
    pub width: u16,
    /// Pixels.
    pub height: u16,
    /// As RFC 6381 writes it, `avc1.64001f`.
    pub name: String,
}

/// How the audio is to be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audio {
    /// The AudioSpecificConfig as it came.
    pub config: Vec<u8>,
    /// Samples a second.
    pub rate: u32,
    /// How many channels.
    pub channels: u16,
    /// As RFC 6381 writes it, `mp4a.40.2`.
    pub name: String,
}

/// One FLV video tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VideoTag {
    /// A configuration.
    Configuration(Video),
    /// A frame.
    Frame {
        /// Presentation time less decoding time, milliseconds.
        offset_ms: i32,
        /// Whether decoding can begin here.
        key: bool,
        /// NAL units with their lengths in front.
        data: Bytes,
    },
    /// Nothing to keep.
    Nothing,
}

/// One FLV audio tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AudioTag {
    /// A configuration.
    Configuration(Audio),
    /// One AAC frame.
    Frame(Bytes),
    /// Nothing to keep.
    Nothing,
}

/// Reads a video tag.
pub fn video_tag(tag: &Bytes) -> Result<VideoTag, Refusal> {
    let Some((&first, rest)) = tag.split_first() else {
        return Ok(VideoTag::Nothing);
    };
    if first & 0x80 != 0 {
        let kind = rest.get(..4).unwrap_or_default();
        return Err(Refusal::Video(
            String::from_utf8_lossy(kind).escape_debug().to_string(),
        ));
    }
    match first & 0x0f {
        7 => {}
        2 => return Err(Refusal::Video("Sorenson H.263".to_owned())),
        4 => return Err(Refusal::Video("VP6".to_owned())),
        12 => return Err(Refusal::Video("HEVC".to_owned())),
        other => return Err(Refusal::Video(format!("FLV codec {other}"))),
    }
    let [kind, a, b, c, ..] = *rest else {
        return Ok(VideoTag::Nothing);
    };
    let data = tag.slice(5..);
    match kind {
        0 => Ok(VideoTag::Configuration(video(&data)?)),
        1 if !data.is_empty() => Ok(VideoTag::Frame {
            // 24 bits with a sign.
            offset_ms: i32::from_be_bytes([a, b, c, 0]) >> 8,
            key: first >> 4 == 1,
            data,
        }),
        _ => Ok(VideoTag::Nothing),
    }
}

/// Reads an audio tag.
pub fn audio_tag(tag: &Bytes) -> Result<AudioTag, Refusal> {
    let Some(&first) = tag.first() else {
        return Ok(AudioTag::Nothing);
    };
    match first >> 4 {
        10 => {}
        2 | 14 => return Err(Refusal::Audio("MP3".to_owned())),
        11 => return Err(Refusal::Audio("Speex".to_owned())),
        9 => return Err(Refusal::Audio("enhanced RTMP audio".to_owned())),
        other => return Err(Refusal::Audio(format!("FLV codec {other}"))),
    }
    match tag.get(1) {
        Some(0) => Ok(AudioTag::Configuration(audio(&tag.slice(2..))?)),
        Some(1) if tag.len() > 2 => Ok(AudioTag::Frame(tag.slice(2..))),
        _ => Ok(AudioTag::Nothing),
    }
}

/// Reads an AVCDecoderConfigurationRecord.
fn video(record: &[u8]) -> Result<Video, Refusal> {
    const BAD: Refusal = Refusal::Configuration("video");
    let read = AvcDecoderConfigurationRecord::try_from(record).map_err(|_| BAD)?;
    let sps = read.sequence_parameter_sets().next().ok_or(BAD)?;
    let sps = sps.map_err(|_| BAD)?;
    let set = SeqParameterSet::from_bits(RefNal::new(sps, &[], true).rbsp_bits());
    let (width, height) = set.map_err(|_| BAD)?.pixel_dimensions().map_err(|_| BAD)?;
    let avcc = Avcc::decode_body(&mut &*record).map_err(|_| BAD)?;
    let name = format!(
        "avc1.{:02x}{:02x}{:02x}",
        avcc.avc_profile_indication, avcc.profile_compatibility, avcc.avc_level_indication
    );
    Ok(Video {
        avcc,
        width: u16::try_from(width).map_err(|_| BAD)?,
        height: u16::try_from(height).map_err(|_| BAD)?,
        name,
    })
}

/// Samples a second by index (ISO/IEC 14496-3, table 1.18).
const RATES: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// Reads an AudioSpecificConfig.
fn audio(config: &[u8]) -> Result<Audio, Refusal> {
    const BAD: Refusal = Refusal::Configuration("audio");
    let mut bits = Bits(config, 0);
    let kind = match bits.take(5).ok_or(BAD)? {
        31 => bits.take(6).ok_or(BAD)?.saturating_add(32),
        kind => kind,
    };
    // AAC Main, LC, with SBR, with parametric stereo.
    if !matches!(kind, 1 | 2 | 5 | 29) {
        return Err(Refusal::Audio(format!("MPEG-4 audio type {kind}")));
    }
    let rate = match bits.take(4).ok_or(BAD)? {
        15 => bits.take(24).ok_or(BAD)?,
        index => *RATES.get(index as usize).ok_or(BAD)?,
    };
    let channels = match bits.take(4).ok_or(BAD)? {
        channels @ 1..=6 => channels as u16,
        7 => 8,
        _ => return Err(BAD),
    };
    if !(7_350..=96_000).contains(&rate) {
        return Err(BAD);
    }
    Ok(Audio {
        config: config.to_vec(),
        rate,
        channels,
        name: format!("mp4a.40.{kind}"),
    })
}

/// Bits of a slice from the most significant on.
struct Bits<'a>(&'a [u8], usize);

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<u32> {
        let mut value = 0_u32;
        for _ in 0..count {
            let byte = self.0.get(self.1 / 8)?;
            let bit = (byte >> (7 - self.1 % 8)) & 1;
            value = value << 1 | u32::from(bit);
            self.1 += 1;
        }
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aac_is_read_to_its_rate_and_channels() {
        let tag = Bytes::from_static(&[0xaf, 0, 0x12, 0x10]);
        let AudioTag::Configuration(audio) = audio_tag(&tag).unwrap() else {
            panic!("no configuration");
        };
        assert_eq!((audio.rate, audio.channels), (44_100, 2));
        assert_eq!(audio.name, "mp4a.40.2");
    }

    #[test]
    fn what_is_neither_h264_nor_aac_is_refused_by_its_name() {
        let hevc = video_tag(&Bytes::from_static(&[0x1c, 0, 0, 0, 0])).unwrap_err();
        assert_eq!(
            hevc.to_string(),
            "the video is HEVC: set the encoder to H.264"
        );
        let enhanced = video_tag(&Bytes::from_static(b"\x90av01...")).unwrap_err();
        assert!(enhanced.to_string().contains("av01"), "{enhanced}");
        let mp3 = audio_tag(&Bytes::from_static(&[0x2f, 1, 2])).unwrap_err();
        assert_eq!(mp3.to_string(), "the audio is MP3: set the encoder to AAC");
    }

    #[test]
    fn a_frame_shown_before_it_is_decoded_has_a_negative_offset() {
        let tag = Bytes::from_static(&[0x17, 1, 0xff, 0xff, 0xfe, 9]);
        let VideoTag::Frame { offset_ms, key, .. } = video_tag(&tag).unwrap() else {
            panic!("no frame");
        };
        assert_eq!((offset_ms, key), (-2, true));
    }

    #[test]
    fn a_configuration_that_is_cut_off_is_refused() {
        let tag = Bytes::from_static(&[0x17, 0, 0, 0, 0, 1, 0x64, 0]);
        assert_eq!(video_tag(&tag), Err(Refusal::Configuration("video")));
        let tag = Bytes::from_static(&[0xaf, 0, 0x12]);
        assert_eq!(audio_tag(&tag), Err(Refusal::Configuration("audio")));
    }
}

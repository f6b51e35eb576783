//! Looking into a file before anything is made of it: what it holds, how long, how large.

use std::path::Path;
use std::time::Duration;

use contract::videos_own::VideoFault;
use serde::Deserialize;

use super::kind::Kind;
use super::tool::{self, Limits, ToolError};

/// Looking takes no longer.
const LIMITS: Limits = Limits {
    memory_kb: 1024 * 1024,
    time: Duration::from_secs(30),
};
/// The shortest film, in milliseconds.
const SHORTEST_MS: u32 = 1_000;
/// The largest picture: 4K, lying or standing.
const LARGEST: (u32, u32) = (2160, 4096);

/// A film that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Film {
    /// Width as it is shown, turned as the phone was.
    pub width: u32,
    /// Height as it is shown.
    pub height: u32,
    /// Length in milliseconds.
    pub duration_ms: u32,
    /// Whether it has sound.
    pub sound: bool,
}

/// What ffprobe says of a file.
#[derive(Debug, Default, Deserialize)]
struct Probed {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Format,
}

#[derive(Debug, Default, Deserialize)]
struct Format {
    duration: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Stream {
    codec_type: Option<String>,
    codec_name: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    #[serde(default)]
    disposition: Disposition,
    #[serde(default)]
    side_data_list: Vec<SideData>,
}

#[derive(Debug, Default, Deserialize)]
struct Disposition {
    #[serde(default)]
    attached_pic: u8,
}

#[derive(Debug, Default, Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

/// Why a file was not looked into.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// It cannot be used.
    #[error("the file cannot be used: {0:?}")]
    Fault(VideoFault),
    /// The tool cannot be run.
    #[error(transparent)]
    Tool(ToolError),
}

/// Looks into a file of a kind.
pub async fn probe(path: &Path, kind: Kind, longest: Duration) -> Result<Film, ProbeError> {
    let mut args: Vec<&std::ffi::OsStr> = Vec::new();
    for arg in [
        "-v",
        "error",
        "-protocol_whitelist",
        "file",
        "-f",
        kind.reader(),
        "-show_entries",
        "format=duration:stream=codec_type,codec_name,width,height:stream_disposition=attached_pic:stream_side_data=rotation",
        "-of",
        "json",
        "-i",
    ] {
        args.push(arg.as_ref());
    }
    args.push(path.as_os_str());
    let said = match tool::run("ffprobe", args, LIMITS, |_| {}).await {
        Ok(said) => said,
        Err(ToolError::Failed(..)) => return Err(ProbeError::Fault(VideoFault::Damaged)),
        Err(ToolError::TooHeavy(_)) => return Err(ProbeError::Fault(VideoFault::TooHeavy)),
        Err(missing @ ToolError::Missing(..)) => return Err(ProbeError::Tool(missing)),
    };
    judge(&said, longest).map_err(ProbeError::Fault)
}

/// Whether what ffprobe says is a film that the shop takes.
fn judge(said: &str, longest: Duration) -> Result<Film, VideoFault> {
    let probed: Probed = serde_json::from_str(said).map_err(|_| VideoFault::Damaged)?;
    let of_type = |wanted: &str| {
        let is_wanted = |stream: &&Stream| {
            stream.codec_type.as_deref() == Some(wanted)
                && stream.codec_name.is_some()
                && stream.disposition.attached_pic == 0
        };
        probed.streams.iter().find(is_wanted)
    };
    let picture = of_type("video").ok_or(VideoFault::NotAVideo)?;
    let (Some(width @ 1..), Some(height @ 1..)) = (picture.width, picture.height) else {
        return Err(VideoFault::Damaged);
    };
    if width.min(height) > LARGEST.0 || width.max(height) > LARGEST.1 {
        return Err(VideoFault::TooLarge);
    }
    let seconds: f64 = probed
        .format
        .duration
        .as_deref()
        .and_then(|text| text.parse().ok())
        .filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0)
        .ok_or(VideoFault::Damaged)?;
    // A second's grace: a phone that stops by itself after three minutes is a frame late.
    if seconds > longest.as_secs_f64() + 1.0 {
        return Err(VideoFault::TooLong);
    }
    let duration_ms = (seconds * 1000.0).round() as u32;
    if duration_ms < SHORTEST_MS {
        return Err(VideoFault::TooShort);
    }
    let turned = picture
        .side_data_list
        .iter()
        .find_map(|data| data.rotation)
        .is_some_and(|degrees| (degrees.abs() as i64 / 90) % 2 == 1);
    let (width, height) = if turned {
        (height, width)
    } else {
        (width, height)
    };
    Ok(Film {
        width,
        height,
        duration_ms,
        sound: of_type("audio").is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(180);

    fn said(stream: &str, duration: &str) -> String {
        format!(r#"{{"streams":[{stream}],"format":{{"duration":"{duration}"}}}}"#)
    }

    const PHONE: &str = r#"{"codec_type":"video","codec_name":"hevc","width":1920,"height":1080,"side_data_list":[{"rotation":-90}]},
        {"codec_type":"audio","codec_name":"aac"}"#;

    #[test]
    fn a_film_is_shown_as_the_phone_was_held() {
        let film = judge(&said(PHONE, "12.5"), LONGEST).unwrap();
        assert_eq!(
            film,
            Film {
                width: 1080,
                height: 1920,
                duration_ms: 12_500,
                sound: true
            }
        );
    }

    #[test]
    fn what_cannot_be_used_is_told_by_its_reason() {
        let large = PHONE.replace("1920", "8000");
        let cover = r#"{"codec_type":"video","codec_name":"mjpeg","width":500,"height":500,"disposition":{"attached_pic":1}}"#;
        let sound = r#"{"codec_type":"audio","codec_name":"aac"}"#;
        for (said, fault) in [
            (said(PHONE, "181.2"), VideoFault::TooLong),
            (said(PHONE, "0.4"), VideoFault::TooShort),
            (said(PHONE, "N/A"), VideoFault::Damaged),
            (said(PHONE, "nan"), VideoFault::Damaged),
            (said(&large, "5"), VideoFault::TooLarge),
            (said(sound, "5"), VideoFault::NotAVideo),
            // The cover of a song is no film.
            (said(cover, "5"), VideoFault::NotAVideo),
            ("no json".to_owned(), VideoFault::Damaged),
            ("{}".to_owned(), VideoFault::NotAVideo),
        ] {
            assert_eq!(judge(&said, LONGEST), Err(fault), "{said}");
        }
        assert!(judge(&said(PHONE, "180.9"), LONGEST).is_ok());
    }
}

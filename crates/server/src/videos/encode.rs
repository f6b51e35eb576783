//! The films that phones play, and the poster: H.264 in MP4, its index first, in two widths.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use super::kind::Kind;
use super::probe::Film;
use super::tool::{self, Limits, ToolError};

/// Widths of the films, the largest first, and the most bits of a second of each.
pub const SIZES: [(u32, u32); 2] = [(720, 2_000), (480, 900)];
/// The most memory that it may take, in kilobytes of address space.
const MEMORY_KB: u64 = 3 * 1024 * 1024;
/// It takes at most so many times as long as the film, and never less than a minute.
const SLOWEST: u32 = 10;

/// A film in one width; both sides are even, as H.264 wants it.
pub fn size(film: &Film, width: u32) -> (u32, u32) {
    let width = width.min(film.width.max(2));
    let height = u64::from(film.height) * u64::from(width) / u64::from(film.width.max(1));
    let even = |side: u64| u32::try_from((side.max(2) / 2) * 2).unwrap_or(2);
    (even(u64::from(width)), even(height))
}

/// How long a film may take to be made.
pub fn limits(film: &Film) -> Limits {
    let film = Duration::from_millis(u64::from(film.duration_ms));
    Limits {
        memory_kb: MEMORY_KB,
        time: (film * SLOWEST).max(Duration::from_secs(60)),
    }
}

/// Makes the film in one width; `told` hears how many milliseconds of it are made.
pub async fn film(
    from: &Path,
    kind: Kind,
    film: &Film,
    (width, kilobits): (u32, u32),
    to: &Path,
    mut told: impl FnMut(u32),
) -> Result<(), ToolError> {
    let (width, height) = size(film, width);
    let scale = format!("scale={width}:{height}:flags=bicubic,setsar=1,format=yuv420p");
    let (rate, buffer) = (format!("{kilobits}k"), format!("{}k", kilobits * 2));
    let mut args = read_from(from, kind);
    for arg in [
        "-map",
        "0:v:0",
        "-map",
        "0:a:0?",
        "-map_metadata",
        "-1",
        "-sn",
        "-dn",
        "-vf",
        &scale,
        "-fpsmax",
        "30",
        "-c:v",
        "libx264",
        "-profile:v",
        "high",
        "-level",
        "3.1",
        "-preset",
        "veryfast",
        "-crf",
        "24",
        "-maxrate",
        &rate,
        "-bufsize",
        &buffer,
        "-g",
        "60",
        "-threads",
        "2",
        "-c:a",
        "aac",
        "-b:a",
        "96k",
        "-ac",
        "2",
        "-ar",
        "44100",
        "-movflags",
        "+faststart",
        "-progress",
        "pipe:1",
        "-nostats",
        "-f",
        "mp4",
    ] {
        args.push(arg.into());
    }
    args.push(to.into());
    let mut made = 0;
    let heard = |line: &str| {
        let micros = line.strip_prefix("out_time_us=");
        if let Some(micros) = micros.and_then(|text| text.parse::<u64>().ok()) {
            made = u32::try_from(micros / 1000).unwrap_or(u32::MAX);
            told(made);
        }
    };
    tool::run("ffmpeg", args, limits(film), heard).await?;
    // A file whose end is missing promises more than there is, and ffmpeg makes what it finds.
    match u64::from(made) * 10 < u64::from(film.duration_ms) * 9 {
        true => {
            let words = format!("{made} of {} ms could be read", film.duration_ms);
            Err(ToolError::Failed("ffmpeg".to_owned(), words))
        }
        false => Ok(()),
    }
}

/// Takes a picture out of the film, as PNG: where it has got going, but not so late that it is over.
pub async fn still(from: &Path, kind: Kind, film: &Film, to: &Path) -> Result<(), ToolError> {
    let (width, height) = size(
        film,
        SIZES
            .map(|(width, _)| width)
            .into_iter()
            .max()
            .unwrap_or(720),
    );
    let at = f64::from(film.duration_ms.min(6_000)) / 6_000.0;
    let (scale, at) = (
        format!("scale={width}:{height},setsar=1"),
        format!("{at:.3}"),
    );
    let mut args: Vec<OsString> = ["-ss".into(), at.into()].into();
    args.extend(read_from(from, kind));
    for arg in [
        "-map",
        "0:v:0",
        "-frames:v",
        "1",
        "-vf",
        &scale,
        "-f",
        "image2",
        "-c:v",
        "png",
    ] {
        args.push(arg.into());
    }
    args.push(to.into());
    tool::run("ffmpeg", args, limits(film), |_| {}).await?;
    Ok(())
}

/// Reads this file alone, as what it is: whatever it names inside is not opened.
fn read_from(from: &Path, kind: Kind) -> Vec<OsString> {
    let mut args: Vec<OsString> = Vec::new();
    for arg in [
        "-hide_banner",
        "-v",
        "error",
        "-y",
        "-nostdin",
        "-protocol_whitelist",
        "file,pipe",
        "-f",
        kind.reader(),
        "-i",
    ] {
        args.push(arg.into());
    }
    args.push(from.into());
    args
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(width: u32, height: u32) -> Film {
        Film {
            width,
            height,
            duration_ms: 5_000,
            sound: false,
        }
    }

    #[test]
    fn both_sides_are_even_and_nothing_is_made_larger() {
        assert_eq!(size(&of(1080, 1920), 720), (720, 1280));
        assert_eq!(size(&of(1080, 1920), 480), (480, 852));
        assert_eq!(size(&of(1920, 1080), 720), (720, 404));
        assert_eq!(size(&of(405, 721), 720), (404, 720));
        assert_eq!(size(&of(4096, 2), 480), (480, 2));
    }
}

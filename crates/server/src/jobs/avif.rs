//! AVIF beside the shop's WebP pictures, for the browsers that say they take it: a quarter fewer bytes of the
//! same picture (ADR 17).
//!
//! Encoding takes half a second a picture, which is too long to wait for at an import. So it is done here, one
//! picture at a time, while the shop is open; until then, and where it saves nothing, the WebP is served.

use std::ffi::OsStr;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::Duration;

use image::codecs::avif::AvifEncoder;
use image::{ImageFormat, ImageReader};
use tokio_util::sync::CancellationToken;

/// How often new pictures are looked for.
const EVERY: Duration = Duration::from_secs(60);
/// Between two pictures the processor is somebody else's for as long as one takes.
const REST: Duration = Duration::from_millis(200);
/// Of 1 (smallest files) to 10: above 8 the files are as large as WebP's.
const SPEED: u8 = 8;
/// Of 100: looks as WebP's 78 does.
const QUALITY: u8 = 60;
/// Smaller files are not worth a second one.
const SMALLEST: u64 = 4 * 1024;
/// Pictures between two words in the log.
const TELL_EVERY: usize = 50;

/// Makes what is missing below `media_dir`, then waits for more, until told to stop.
pub(super) async fn run(media_dir: PathBuf, stop: CancellationToken) {
    loop {
        let folder = media_dir.clone();
        let wanted = tokio::task::spawn_blocking(move || missing(&folder)).await;
        let wanted = wanted.unwrap_or_default();
        for (done, file) in wanted.iter().enumerate() {
            if stop.is_cancelled() {
                return;
            }
            if done.is_multiple_of(TELL_EVERY) {
                tracing::info!(done, of = wanted.len(), "making pictures in AVIF");
            }
            let this = file.clone();
            let made = tokio::task::spawn_blocking(move || make(&this)).await;
            if !matches!(made, Ok(Ok(()))) {
                tracing::warn!(file = %file.display(), "a picture cannot be made in AVIF");
            }
            tokio::time::sleep(REST).await;
        }
        if !wanted.is_empty() {
            tracing::info!(pictures = wanted.len(), "all pictures are there in AVIF");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// The WebP pictures that have no AVIF beside them, those of lists before the large ones.
fn missing(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<(u64, PathBuf)> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.metadata() {
                Ok(meta) if meta.is_dir() => folders.push(path),
                Ok(meta) if is_wanted(&path, meta.len()) => found.push((meta.len(), path)),
                _ => {}
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, path)| path).collect()
}

fn is_wanted(path: &Path, bytes: u64) -> bool {
    let is_webp = path.extension() == Some(OsStr::new("webp"));
    is_webp && bytes >= SMALLEST && !path.with_extension("avif").exists()
}

/// Writes the picture as AVIF; an empty file where that saves nothing or cannot be, so that it is tried once.
fn make(file: &Path) -> std::io::Result<()> {
    let webp = fs::read(file)?;
    let avif = encoded(&webp).filter(|avif| avif.len() < webp.len());
    let unfinished = file.with_extension("avif-unfinished");
    fs::write(&unfinished, avif.unwrap_or_default())?;
    fs::rename(unfinished, file.with_extension("avif"))
}

/// The import has checked its size: whatever lies here was small enough to be read then.
fn encoded(webp: &[u8]) -> Option<Vec<u8>> {
    let picture = ImageReader::with_format(Cursor::new(webp), ImageFormat::WebP);
    let picture = picture.decode().ok()?;
    let mut avif = Vec::new();
    let encoder = AvifEncoder::new_with_speed_quality(&mut avif, SPEED, QUALITY);
    match picture.color().has_alpha() {
        true => picture.to_rgba8().write_with_encoder(encoder),
        false => picture.to_rgb8().write_with_encoder(encoder),
    }
    .ok()?;
    Some(avif)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageBuffer, Rgb};

    /// A picture with something in it, as WebP.
    fn webp() -> Vec<u8> {
        let picture = ImageBuffer::from_fn(160, 160, |x, y| {
            let wave = (f64::from(x * y) / 97.0).sin() * 60.0;
            Rgb([(120.0 + wave) as u8, (x % 251) as u8, (y % 241) as u8])
        });
        webp::Encoder::from_rgb(&picture, 160, 160)
            .encode_simple(false, 78.0)
            .unwrap()
            .to_vec()
    }

    #[test]
    fn what_is_missing_is_made_once_and_what_cannot_be_is_not_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("fruit")).unwrap();
        fs::write(at("fruit/a.1.webp"), webp()).unwrap();
        fs::write(at("b.1.webp"), vec![7; 5_000]).unwrap();
        fs::write(at("icon.1.webp"), vec![7; 500]).unwrap();
        fs::write(at("c.1.png"), vec![7; 5_000]).unwrap();
        let wanted = missing(folder.path());
        assert_eq!(wanted.len(), 2);
        wanted.iter().for_each(|file| make(file).unwrap());
        let size = |name| fs::metadata(at(name)).unwrap().len();
        assert!((1..size("fruit/a.1.webp")).contains(&size("fruit/a.1.avif")));
        assert_eq!(size("b.1.avif"), 0, "no picture");
        assert!(missing(folder.path()).is_empty());
    }
}

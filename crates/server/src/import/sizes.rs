//! Pictures in the widths that phones need, beside the original: `apple.0123.webp` comes in 400 pixels as
//! `apple.0123.400.webp`. Made once: the name holds a hash of the original's bytes.

use std::path::{Path, PathBuf};
use std::thread;

use indicatif::ProgressBar;

use super::media::{Media, write_whole};
use super::picture;

/// Widths in pixels: a thumbnail, a card of two columns, a phone's whole width on a sharp screen.
const WIDTHS: [u32; 3] = [180, 400, 800];

/// Makes what is missing and notes what is there. A picture that cannot be read keeps its own size alone.
pub(super) fn make(media: &mut [&mut Media], media_dir: &Path, bar: &ProgressBar) {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = media.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        for part in media.chunks_mut(share) {
            scope.spawn(move || {
                for picture in part {
                    picture.widths = sizes_of(picture, media_dir);
                    bar.inc(1);
                }
            });
        }
    });
}

fn sizes_of(media: &Media, media_dir: &Path) -> Vec<u32> {
    let smaller = WIDTHS
        .into_iter()
        .filter(|width| i64::from(*width) < media.width);
    let wanted: Vec<(u32, PathBuf)> = smaller
        .map(|width| (width, file_of(media, media_dir, width)))
        .collect();
    if wanted.iter().any(|(_, file)| !file.exists()) {
        let original = media_dir.join(media.src.trim_start_matches("/media/"));
        let pixels = std::fs::read(original)
            .ok()
            .and_then(|bytes| picture::read(&bytes));
        if let Some(pixels) = pixels {
            for (width, file) in wanted.iter().filter(|(_, file)| !file.exists()) {
                let made = picture::in_width(&pixels, *width);
                made.and_then(|bytes| write_whole(file, &bytes).ok());
            }
        }
    }
    let there = wanted.into_iter().filter(|(_, file)| file.exists());
    there.map(|(width, _)| width).collect()
}

/// The file of a width; [`contract::catalog::Picture::in_width`] is its address.
fn file_of(media: &Media, media_dir: &Path, width: u32) -> PathBuf {
    let address = contract::catalog::in_width(&media.src, width);
    media_dir.join(address.trim_start_matches("/media/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::picture::tests::png;

    #[test]
    fn sizes_are_made_downwards_and_once() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.1.png"), png(500, 250)).unwrap();
        let mut media = Media {
            src: "/media/a.1.png".to_owned(),
            width: 500,
            height: 250,
            tint: "#000000".to_owned(),
            widths: Vec::new(),
            bytes: Vec::new(),
        };
        let bar = ProgressBar::hidden();
        make(&mut [&mut media], folder.path(), &bar);
        assert_eq!(media.widths, [180, 400]);
        let file = folder.path().join("a.1.400.webp");
        let size = imagesize::size(&file).unwrap();
        assert_eq!((size.width, size.height), (400, 200));
        std::fs::write(&file, b"kept").unwrap();
        make(&mut [&mut media], folder.path(), &bar);
        assert_eq!(std::fs::read(&file).unwrap(), b"kept");
        std::fs::write(folder.path().join("a.1.png"), b"no picture").unwrap();
        std::fs::remove_file(&file).unwrap();
        make(&mut [&mut media], folder.path(), &bar);
        assert_eq!(media.widths, [180], "what cannot be made is not promised");
    }
}

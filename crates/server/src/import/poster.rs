//! A picture that somebody hands in: read within the same limits, written anew in the same widths, as every picture of
//! the shop.

use std::path::Path;

use indicatif::ProgressBar;

use super::media::{Media, hash_of, write_whole};
use super::{picture, sizes};

/// Wider pictures are made this wide: no phone shows more.
pub(super) const WIDEST: u32 = 1_600;

/// A picture that is on disk.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its address.
    pub src: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// The colour that stands for it until it is there.
    pub tint: String,
    /// Smaller widths that it also comes in, with commas between.
    pub widths: String,
}

/// Why a picture was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// It is no JPEG, PNG or WebP, or too large.
    #[error("is no picture (JPEG, PNG or WebP), or larger than 40 megapixels")]
    NoPicture,
    /// The disk refuses it.
    #[error("cannot be stored: {0}")]
    Stored(std::io::Error),
}

/// Reads a picture, writes it anew and makes its smaller widths. Takes as long as pixels do: not for a thread that
/// answers requests.
pub fn take_picture(bytes: &[u8], media_dir: &Path) -> Result<Taken, NotTaken> {
    let mut media = anew(bytes, "taken", media_dir)?;
    sizes::make(&mut [&mut media], media_dir, &ProgressBar::hidden());
    Ok(Taken {
        widths: media.widths_text(),
        src: media.src,
        width: media.width,
        height: media.height,
        tint: media.tint,
    })
}

/// Writes a picture anew, into a folder and under a name made of its content.
pub(super) fn anew(bytes: &[u8], folder: &str, media_dir: &Path) -> Result<Media, NotTaken> {
    let mut pixels = picture::read(bytes).ok_or(NotTaken::NoPicture)?;
    if pixels.width() > WIDEST {
        pixels = pixels.resize(WIDEST, u32::MAX, image::imageops::FilterType::CatmullRom);
    }
    let written = picture::webp(&pixels).ok_or(NotTaken::NoPicture)?;
    let name = format!("{folder}/{}.webp", hash_of(&written));
    let file = media_dir.join(&name);
    if !file.exists() {
        write_whole(&file, &written).map_err(NotTaken::Stored)?;
    }
    Ok(Media {
        src: format!("/media/{name}"),
        width: i64::from(pixels.width()),
        height: i64::from(pixels.height()),
        tint: picture::tint(&pixels),
        widths: Vec::new(),
        bytes: Vec::new(),
    })
}

//! Pictures as pixels: read within limits, made smaller, written as WebP.
//!
//! What is written anew carries nothing of what the file held beside its pixels: no place, no camera, no
//! second file hidden in the first.

use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, ImageReader, Limits};

/// The largest picture that is read: a camera's, no wallpaper's.
const MOST_PIXELS: u64 = 40_000_000;
/// Memory that reading one may take.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// Of 100; below, skin and fruit show it.
const QUALITY: f32 = 78.0;

/// Reads a JPEG, PNG or WebP picture; nothing where it is none or too large.
pub(crate) fn read(bytes: &[u8]) -> Option<DynamicImage> {
    let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let (width, height) = reader().ok()?.into_dimensions().ok()?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let mut reader = reader().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    reader.decode().ok()
}

/// The picture in another width, as WebP.
pub(crate) fn in_width(picture: &DynamicImage, width: u32) -> Option<Vec<u8>> {
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width().max(1));
    let height = u32::try_from(height.max(1)).ok()?;
    webp(&picture.resize_exact(width, height, FilterType::CatmullRom))
}

/// The picture as WebP.
pub(crate) fn webp(picture: &DynamicImage) -> Option<Vec<u8>> {
    let pixels = picture.to_rgba8();
    let (width, height) = pixels.dimensions();
    let encoder = webp::Encoder::from_rgba(&pixels, width, height);
    let written = encoder.encode_simple(false, QUALITY).ok()?;
    Some(written.to_vec())
}

/// The colour that stands for the picture until it is there: the mean of its pixels, `#rrggbb`.
pub(crate) fn tint(picture: &DynamicImage) -> String {
    let pixel = picture.resize_exact(1, 1, FilterType::Triangle).to_rgb8();
    let [r, g, b] = pixel.pixels().next().map_or([0; 3], |pixel| pixel.0);
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use image::RgbImage;

    /// A picture of one colour, as PNG.
    pub(in crate::import) fn png(width: u32, height: u32) -> Vec<u8> {
        let pixels = RgbImage::from_pixel(width, height, image::Rgb([200, 40, 20]));
        let mut bytes = Cursor::new(Vec::new());
        pixels
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_keeps_its_proportions_and_becomes_small() {
        let picture = read(&png(900, 600)).unwrap();
        let small = in_width(&picture, 180).unwrap();
        let size = imagesize::blob_size(&small).unwrap();
        assert_eq!((size.width, size.height), (180, 120));
        assert!(small.len() < 1_000, "{}", small.len());
        assert_eq!(tint(&picture), "#c82814");
    }

    #[test]
    fn what_is_no_picture_or_a_bomb_is_not_read() {
        let mut bomb = png(1, 1);
        // The header alone says how large it is: 65,535 × 65,535.
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
        for bad in [
            bomb,
            svg,
            b"GIF89a".to_vec(),
            Vec::new(),
            png(9, 9)[..40].to_vec(),
        ] {
            assert!(read(&bad).is_none());
        }
    }
}

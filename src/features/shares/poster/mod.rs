//! The poster: picture, title, price, progress, sharer and a QR code, as one PNG.

mod layout;
mod words;
mod wrap;

use contract::shares::ShareCard;

pub use layout::SCALE;

use crate::platform::canvas::{Canvas, Loaded, PngPicture};
use crate::ui::qr;

/// A finished poster.
pub struct Poster {
    /// What is saved and shown.
    pub picture: PngPicture,
    /// The same in the address itself, where only that can be saved (WeChat).
    pub data_url: Option<String>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// Draws the poster of a card whose code leads to `url`. `None` in a browser that cannot draw.
pub async fn draw(
    card: &ShareCard,
    sharer: Option<&str>,
    url: &str,
    as_data: bool,
) -> Option<Poster> {
    let canvas = Canvas::new()?;
    // Without its picture the poster has the picture's colour.
    let photo = match &card.picture {
        Some(picture) => Loaded::fetch(&picture.src).await,
        None => None,
    };
    let words = words::of(card, sharer);
    let drawing = layout::layout(
        &words,
        &qr::code(url)?,
        photo.as_ref().map(Loaded::size),
        &|text, font| canvas.measure(text, font),
    );
    canvas.draw(drawing.size, &drawing.marks, photo.as_ref());
    Some(Poster {
        data_url: if as_data { canvas.data_url() } else { None },
        picture: canvas.png().await?,
        size: drawing.size,
    })
}

//! A picture whose box stands, in its dominant colour, before its bytes arrive.

use contract::catalog::Picture as Source;
use leptos::prelude::*;

use super::{Glyph, Icon};

stylance::import_crate_style!(style, "src/ui/picture.module.css");

/// A picture across the whole column of the app.
pub const SCREEN: &str = "(min-width: 64rem) 36rem, 100vw";
/// A picture of a card, two in a row.
const CARD: &str = "(min-width: 64rem) 15rem, 50vw";

/// In which box a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PictureKind {
    /// A square as wide as its place.
    #[default]
    Square,
    /// A square of `--thumb`, rounded.
    Thumb,
    /// A circle of `--size`.
    Avatar,
    /// In its own proportions.
    Natural,
}

/// A picture, or a quiet placeholder where there is none.
#[component]
pub fn Picture(
    /// What to show.
    picture: Option<Source>,
    /// What it shows, in words; empty where a title beside it says it.
    #[prop(optional, into)]
    alt: String,
    /// In which box.
    #[prop(optional)]
    kind: PictureKind,
    /// How wide it is shown, as `sizes` of HTML, where its box does not say it.
    #[prop(optional)]
    sizes: Option<&'static str>,
    /// In the first screenful: fetch it at once.
    #[prop(optional)]
    eager: bool,
    /// The most important picture of the page.
    #[prop(optional)]
    hero: bool,
    /// What lies on it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let sizes = sizes.unwrap_or(match kind {
        PictureKind::Square => CARD,
        PictureKind::Thumb => "7rem",
        PictureKind::Avatar => "4rem",
        PictureKind::Natural => SCREEN,
    });
    let kind = match kind {
        PictureKind::Square => None,
        PictureKind::Thumb => Some(style::thumb),
        PictureKind::Avatar => Some(style::avatar),
        PictureKind::Natural => Some(style::natural),
    };
    let class = stylance::classes!(style::picture, kind);
    let tint = picture.as_ref().map(|picture| picture.tint.clone());
    let ratio = picture
        .as_ref()
        .map(|picture| format!("{} / {}", picture.width, picture.height));
    let image = match picture {
        Some(picture) => view! {
            <img
                // Before `src`: with it first, a browser would fetch the original too.
                srcset=picture.srcset()
                sizes=(!picture.widths.is_empty()).then_some(sizes)
                src=picture.src
                alt=alt
                width=picture.width
                height=picture.height
                // What the server drew already must not blink when the app draws it again.
                decoding=if eager || hero { "sync" } else { "async" }
                loading=if eager || hero { "eager" } else { "lazy" }
                fetchpriority=hero.then_some("high")
            />
        }
        .into_any(),
        None => view! {
            <span class=style::none>
                <Icon glyph=Glyph::Bag />
            </span>
        }
        .into_any(),
    };
    view! {
        <div class=class style:--tone=tint style:--own-ratio=ratio>
            {image}
            {children.map(|children| children())}
        </div>
    }
}

//! A picture whose box stands, in its dominant colour, before its bytes arrive.

use contract::catalog::Picture as Source;
use leptos::prelude::*;

use super::{Glyph, Icon};

stylance::import_crate_style!(style, "src/ui/picture.module.css");

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
                src=picture.src
                alt=alt
                width=picture.width
                height=picture.height
                decoding="async"
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

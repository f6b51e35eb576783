//! What moves, in the feed: a live room or a short video; one link over the whole card.

use contract::Money;
use contract::catalog::Picture as Source;
use leptos::prelude::*;

use super::product_card::style as card;
use super::{Badge, BadgeKind, Glyph, Icon, IconSize, Picture, Price};
use crate::t;

stylance::import_crate_style!(style, "src/ui/media_card.module.css");

/// A room's or a video's card.
#[component]
pub fn MediaCard(
    /// What it says.
    title: String,
    /// Shown in its place.
    poster: Source,
    /// Whose it is.
    by: String,
    /// Its page.
    #[prop(into)]
    href: String,
    /// In the first screenful: fetch its poster at once.
    eager: bool,
    /// What it is, on its poster.
    sign: (BadgeKind, Glyph, String),
    /// How many watch it, beside that.
    watching: Option<String>,
    /// What it sells costs so much, or from so much on.
    price: Option<(Money, bool)>,
) -> impl IntoView {
    let (kind, glyph, words) = sign;
    let watching = watching.map(|it| view! { <Badge kind=BadgeKind::Glass>{it}</Badge> });
    let price =
        price.map(|(amount, from)| view! { <p><Price amount from label=t!(app.price) /></p> });
    view! {
        <article class=card::card>
            <a href=href class=card::link>
                <Picture picture=Some(poster) eager>
                    <span class=style::top>
                        <Badge kind>
                            <Icon glyph size=IconSize::Tiny />
                            {words}
                        </Badge>
                        {watching}
                    </span>
                </Picture>
                <div class=card::body>
                    <h2 class=card::title>{title}</h2>
                    <p class=card::proof>{by}</p>
                    {price}
                </div>
            </a>
        </article>
    }
}

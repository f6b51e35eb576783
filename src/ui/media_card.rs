//! What moves, in the feed: a live room or a short video; one link over the whole card.

use contract::catalog::Picture as Source;
use leptos::prelude::*;

use super::Picture;
use super::product_card::style as card;

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
    #[prop(optional)]
    eager: bool,
    /// What it sells, in a line.
    #[prop(optional_no_strip)]
    price: Option<AnyView>,
    /// What lies on its poster.
    children: Children,
) -> impl IntoView {
    view! {
        <article class=card::card>
            <a href=href class=card::link>
                <Picture picture=Some(poster) eager>
                    <span class=style::top>{children()}</span>
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

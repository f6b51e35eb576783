//! A live room in the feed: one link over the whole card.

use contract::feed::LiveCard as Room;
use leptos::prelude::*;

use super::product_card::style as card;
use super::{Badge, BadgeKind, Glyph, Icon, IconSize, Picture};
use crate::i18n::compact;
use crate::t;

stylance::import_crate_style!(style, "src/ui/live_card.module.css");

/// A room's card.
#[component]
pub fn LiveCard(
    /// What it shows.
    room: Room,
    /// Its page.
    #[prop(into)]
    href: String,
    /// In the first screenful: fetch its poster at once.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let Room {
        title,
        poster,
        host,
        on_air,
        viewers,
        ..
    } = room;
    let state = if on_air {
        t!(live.on_air)
    } else {
        t!(live.replay)
    };
    let watching = (on_air && viewers > 0)
        .then(|| view! { <Badge kind=BadgeKind::Glass>{compact(viewers)}</Badge> });
    view! {
        <article class=card::card>
            <a href=href class=card::link>
                <Picture picture=Some(poster) eager>
                    <span class=style::top>
                        <Badge kind=BadgeKind::Sun>
                            <Icon glyph=Glyph::Live size=IconSize::Tiny />
                            {state}
                        </Badge>
                        {watching}
                    </span>
                </Picture>
                <div class=card::body>
                    <h2 class=card::title>{title}</h2>
                    <p class=card::proof>{host}</p>
                </div>
            </a>
        </article>
    }
}

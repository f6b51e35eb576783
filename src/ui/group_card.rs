//! A group in the feed that waits for one more: one link over the whole card.

use contract::feed::GroupCard as Group;
use leptos::prelude::*;

use super::product_card::style as card;
use super::{Badge, BadgeKind, Countdown, Glyph, Icon, IconSize, OldPrice, Picture, Price, text};
use crate::t;

stylance::import_crate_style!(style, "src/ui/group_card.module.css");

/// Taken seats that are drawn before the free one.
const DRAWN: u32 = 2;

/// A group's card.
#[component]
pub fn GroupCard(
    /// What it shows.
    group: Group,
    /// Whole seconds until it ends.
    left: Signal<Option<u64>>,
    /// Its page.
    #[prop(into)]
    href: String,
    /// In the first screenful: fetch its picture at once.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let Group {
        product,
        price,
        size,
        filled,
        ..
    } = group;
    let need = size.saturating_sub(filled);
    let alone = (product.price.minor > price.minor).then_some(product.price);
    let is_over = Memo::new(move |_| left.get() == Some(0));
    view! {
        <article class=card::card>
            <a href=href class=card::link>
                <Picture picture=product.picture.clone() eager>
                    <GroupTag size />
                    <span class=style::left>
                        <Icon glyph=Glyph::Clock size=IconSize::Tiny />
                        {move || match is_over.get() {
                            true => t!(groups.ended).into_any(),
                            false => view! { <Countdown left label=t!(groups.time_left) silent=true /> }.into_any(),
                        }}
                    </span>
                </Picture>
                <div class=card::body>
                    <h2 class=card::title>{product.title.clone()}</h2>
                    <div class=style::row>
                        <span class=style::need>{t!(groups.need, count = u64::from(need))}</span>
                        <SeatsMini filled />
                    </div>
                    <p class=card::buy>
                        <Price amount=price from=product.price_from label=t!(groups.price) />
                        {alone.map(|amount| view! { <OldPrice amount label=t!(groups.price_alone) /> })}
                    </p>
                </div>
            </a>
        </article>
    }
}

/// "3人团" on a picture.
#[component]
pub(super) fn GroupTag(size: u32) -> impl IntoView {
    view! {
        <span class=style::tag>
            <Badge kind=BadgeKind::Sun>
                <Icon glyph=Glyph::Group size=IconSize::Tiny />
                {t!(groups.badge, n = size)}
            </Badge>
        </span>
    }
}

/// Taken seats and the free one; not spoken, the words beside it say it.
#[component]
fn SeatsMini(filled: u32) -> impl IntoView {
    let taken = (0..filled.min(DRAWN))
        .map(|_| view! { <span class=style::seat><Icon glyph=Glyph::User size=IconSize::Tiny /></span> })
        .collect_view();
    view! {
        <span class=style::seats aria-hidden="true">
            {taken}
            <span class=stylance::classes!(style::seat, style::hole)>
                <Icon glyph=Glyph::Plus size=IconSize::Tiny />
            </span>
        </span>
        <span class=text::hidden>{t!(groups.go_join)}</span>
    }
}

//! A product in a grid: one link over the whole card.

use contract::catalog::{ProductCard as Product, Tag, TagKind};
use leptos::prelude::*;

use super::group_card::GroupTag;
use super::{
    Badge, BadgeKind, Glyph, Icon, IconSize, OldPrice, Picture, Price, Skeleton, SkeletonKind,
};
use crate::i18n::compact;
use crate::t;

stylance::import_crate_style!(pub(super) style, "src/ui/product_card.module.css");

/// A product's card.
#[component]
pub fn ProductCard(
    /// What it shows.
    product: Product,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// In the first screenful: fetch its picture at once.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let Product {
        title,
        picture,
        price,
        price_from,
        list_price,
        sold,
        tags,
        sold_out,
        group,
        ..
    } = product;
    // Cheaper together: the group's price is the large one, alone the one beside it.
    let prices = match group {
        Some(group) => view! {
            <Price amount=group.price from=price_from label=t!(groups.price) />
            <OldPrice amount=price label=t!(groups.price_alone) />
        }
        .into_any(),
        None => view! {
            <Price amount=price from=price_from label=t!(app.price) />
            {list_price.map(|amount| view! { <OldPrice amount /> })}
        }
        .into_any(),
    };
    view! {
        <article class=style::card>
            <a href=href class=style::link>
                <Picture picture eager>
                    {group.map(|group| view! { <GroupTag size=group.size /> })}
                    {sold_out.then(|| view! { <SoldOutVeil /> })}
                </Picture>
                <div class=style::body>
                    <h2 class=style::title>{title}</h2>
                    <TagRow tags />
                    <p class=style::buy>
                        {prices}
                        <Sold sold />
                    </p>
                </div>
            </a>
        </article>
    }
}

/// The boxes of a [`ProductCard`].
#[component]
pub fn CardSkeleton() -> impl IntoView {
    view! {
        <div class=style::card>
            <Skeleton kind=SkeletonKind::Picture />
            <div class=style::body>
                <Skeleton />
                <Skeleton kind=SkeletonKind::Short />
                <Skeleton kind=SkeletonKind::Short />
            </div>
        </div>
    }
}

/// What lies on the picture of something that cannot be bought.
#[component]
pub(super) fn SoldOutVeil() -> impl IntoView {
    view! {
        <span class=style::veil>
            <span>{t!(app.sold_out)}</span>
        </span>
    }
}

/// How many were sold, from the first one on.
#[component]
pub(super) fn Sold(sold: u64) -> impl IntoView {
    (sold > 0).then(|| view! { <span class=style::proof>{t!(app.sold, n = compact(sold))}</span> })
}

/// A product's labels in one line; what does not fit is left out.
#[component]
pub(super) fn TagRow(
    tags: Vec<Tag>,
    /// How many make a group, where the row says so.
    #[prop(optional_no_strip)]
    group: Option<u32>,
) -> impl IntoView {
    let badges = tags
        .into_iter()
        .map(|tag| {
            let kind = match tag.kind {
                TagKind::Service => BadgeKind::JadeSoft,
                TagKind::Promo => BadgeKind::BrandSoft,
                TagKind::Origin | TagKind::Quality => BadgeKind::Plain,
            };
            view! { <Badge kind>{tag.name}</Badge> }
        })
        .collect_view();
    let group = group.map(|n| {
        view! {
            <Badge kind=BadgeKind::SunSoft>
                <Icon glyph=Glyph::Group size=IconSize::Tiny />
                {t!(groups.badge, n = n)}
            </Badge>
        }
    });
    view! { <p class=style::tags>{group} {badges}</p> }
}

//! A product in a list of results.

use contract::catalog::ProductCard as Product;
use leptos::prelude::*;

use super::product_card::{Sold, SoldOutVeil, TagRow};
use super::{
    Glyph, Icon, IconSize, OldPrice, Picture, PictureKind, Price, Skeleton, SkeletonKind, text,
};
use crate::i18n::money;
use crate::t;

stylance::import_crate_style!(style, "src/ui/product_row.module.css");

/// A product's row.
#[component]
pub fn ProductRow(
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
        rating,
        group,
        ..
    } = product;
    let rating = rating.map(|rating| {
        view! {
            <span class=style::rating>
                <Icon glyph=Glyph::Star size=IconSize::Tiny filled=true />
                <span class=text::hidden>{t!(app.rating)}</span>
                {format!("{}.{}", rating.tenths / 10, rating.tenths % 10)}
            </span>
        }
    });
    view! {
        <article class=style::row>
            <Picture picture eager kind=PictureKind::Thumb>
                {sold_out.then(|| view! { <SoldOutVeil /> })}
            </Picture>
            <div class=style::main>
                <h2 class=style::title>
                    <a href=href>{title}</a>
                </h2>
                <TagRow tags group=group.map(|group| group.size) />
                <p class=style::sub>{rating} <Sold sold /></p>
                <p class=style::end>
                    <Price amount=price from=price_from label=t!(app.price) />
                    {list_price.map(|amount| view! { <OldPrice amount /> })}
                    {group.map(|group| view! { <span class=style::group>{t!(groups.price)}" "{money(group.price)}</span> })}
                </p>
            </div>
        </article>
    }
}

/// The boxes of a [`ProductRow`].
#[component]
pub fn RowSkeleton() -> impl IntoView {
    view! {
        <div class=style::row>
            <div class=style::thumb>
                <Skeleton kind=SkeletonKind::Picture />
            </div>
            <div class=style::main>
                <Skeleton />
                <Skeleton kind=SkeletonKind::Short />
                <Skeleton kind=SkeletonKind::Short />
            </div>
        </div>
    }
}

//! What buyers wrote: the first few, and all of them when asked for.

use contract::ProductId;
use contract::reviews::{Rating, Review};
use leptos::prelude::*;

use super::super::api::list_reviews;
use crate::api::{PagesEnd, PagesList, use_pages};
use crate::i18n::{Lang, lang, month_day, number};
use crate::t;
use crate::ui::{Button, Glyph, Icon, Panel, Picture, PictureKind, Skeleton, SkeletonKind, text};

stylance::import_crate_style!(style, "src/features/catalog/product/reviews.module.css");

/// The reviews of a product.
#[component]
pub fn Reviews(
    /// Whose.
    product: ProductId,
    /// Stars so far.
    rating: Option<Rating>,
    /// The first ones.
    first: Vec<Review>,
) -> impl IntoView {
    let all = RwSignal::new(false);
    let count = rating.map_or(0, |rating| rating.count);
    let stars = rating.map(|rating| {
        view! {
            <span class=style::stars>
                <Icon glyph=Glyph::Star filled=true />
                {format!("{}.{}", rating.tenths / 10, rating.tenths % 10)}
                <span class=text::hidden>{t!(catalog.of_five)}</span>
            </span>
        }
    });
    let title = t!(catalog.reviews, n = number(count));
    if first.is_empty() {
        return view! {
            <Panel title=title more=|| stars>
                <p class=stylance::classes!(text::small, text::muted)>{t!(catalog.no_reviews)}</p>
            </Panel>
        }
        .into_any();
    }
    let first = StoredValue::new(first);
    let product = StoredValue::new(product);
    view! {
        <Panel title=title more=|| stars>
            {move || {
                if all.get() {
                    view! { <All product=product.get_value() /> }.into_any()
                } else {
                    view! {
                        <ul class=style::list>
                            {first.get_value().into_iter().map(|review| view! { <li><One review /></li> }).collect_view()}
                        </ul>
                        <Button small=true on_press=move |()| all.set(true)>
                            {t!(catalog.all_reviews)}
                        </Button>
                    }
                        .into_any()
                }
            }}
        </Panel>
    }
    .into_any()
}

/// All of them, a page at a time.
#[component]
fn All(product: ProductId) -> impl IntoView {
    let key = format!("reviews:{product}");
    let product = StoredValue::new(product);
    let reviews = use_pages(
        move || key.clone(),
        |review: &Review| review.id.to_string(),
        move |cursor| list_reviews(product.get_value(), cursor),
    );
    view! {
        <PagesList
            pages=reviews
            key=|review| review.id.to_string()
            draw=|_, review| view! { <One review /> }.into_any()
            class=style::list
        />
        <PagesEnd pages=reviews skeleton=waiting />
    }
}

fn waiting() -> AnyView {
    view! {
        <div class=text::stack>
            <Skeleton kind=SkeletonKind::Short />
            <Skeleton />
        </div>
    }
    .into_any()
}

#[component]
fn One(review: Review) -> impl IntoView {
    let other = Lang::from_tag(&review.lang) != Some(lang());
    let stars = review.stars.min(5);
    view! {
        <div class=style::review>
            <Picture picture=review.avatar kind=PictureKind::Avatar />
            <div class=text::grow>
                <p class=style::who>
                    <b>{review.author}</b>
                    <span class=style::given>
                        <span class=text::hidden>{t!(catalog.stars, count = u64::from(stars))}</span>
                        {(0..stars).map(|_| view! { <Icon glyph=Glyph::Star filled=true /> }).collect_view()}
                    </span>
                </p>
                <p class=style::words lang=other.then_some(review.lang)>
                    {review.text}
                </p>
                <p class=style::about>
                    {month_day(review.at)} {review.sku_label.map(|label| format!(" · {label}"))}
                </p>
            </div>
        </div>
    }
}

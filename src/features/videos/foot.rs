//! Who made a video, what it says, and what it shows at this moment.

use contract::VideoId;
use contract::catalog::ProductCard;
use contract::videos::Video;
use leptos::prelude::*;

use super::reel::Shared;
use super::state::shown_at;
use crate::routes;
use crate::stores::use_share;
use crate::t;
use crate::ui::{Badge, BadgeKind, Picture, PictureKind, Price, Promotion, text};

stylance::import_crate_style!(style, "src/features/videos/foot.module.css");

#[component]
pub(super) fn Foot(
    shared: Shared,
    video: Video,
    /// How far the film is, in milliseconds.
    ms: RwSignal<u32>,
    is_now: Memo<bool>,
) -> impl IntoView {
    let Video {
        id,
        caption,
        tags,
        creator,
        products,
        ..
    } = video;
    let tags = tags
        .into_iter()
        .map(|tag| format!("#{tag} "))
        .collect::<String>();
    let shown = Memo::new(move |_| shown_at(&products, ms.get()).map(|it| it.product.clone()));
    view! {
        <Promotion shown=use_share().promoted() />
        <a class=style::by href=routes::creator(&creator.handle)>
            <Picture picture=creator.avatar kind=PictureKind::Avatar />
            <b>{creator.name}</b>
        </a>
        <p class=style::caption>{caption} " " <span>{tags}</span></p>
        {move || {
            let (product, id) = (shown.get()?, id.clone());
            Some(view! { <BuyCard shared video=id product is_now /> })
        }}
    }
}

/// The product as a card on the picture: white in both themes. It opens the buy sheet.
#[component]
fn BuyCard(
    shared: Shared,
    video: VideoId,
    product: ProductCard,
    is_now: Memo<bool>,
) -> impl IntoView {
    let ProductCard {
        id,
        slug,
        title,
        picture,
        price,
        price_from,
        sold_out,
        group,
        ..
    } = product;
    Effect::new(move || {
        if is_now.get() {
            shared.sights.watch(video.clone(), Some(id.clone()));
        }
    });
    let (amount, label, badge, go) = match group {
        Some(group) => {
            let badge =
                view! { <Badge kind=BadgeKind::Sun>{t!(groups.badge, n = group.size)}</Badge> };
            (group.price, t!(groups.price), Some(badge), t!(videos.group))
        }
        None => (price, t!(app.price), None, t!(videos.get)),
    };
    let go = if sold_out { t!(app.sold_out) } else { go };
    view! {
        <button class=style::card type="button" on:click=move |_| shared.buying.set(Some(slug.clone()))>
            <Picture picture kind=PictureKind::Thumb sizes="3.5rem" />
            <span class=style::main>
                <span class=style::title>{title}</span>
                <span class=text::row>
                    <Price amount from=price_from label />
                    {badge}
                </span>
            </span>
            <span class=style::go>{go}</span>
        </button>
    }
}

//! The shop's banners: pictures without words, their words drawn over them in the shopper's language.

use contract::catalog::Banner;
use leptos::prelude::*;

use crate::stores::use_home;
use crate::t;
use crate::ui::{Picture, Skeleton, SkeletonKind};

stylance::import_crate_style!(style, "src/features/feed/banners.module.css");

/// The banners, side by side; nothing when the shop has none.
#[component]
pub fn Banners() -> impl IntoView {
    let home = use_home();
    move || match home.state.get() {
        crate::api::Loaded::Ready(home) if home.banners.is_empty() => ().into_any(),
        crate::api::Loaded::Ready(home) => view! {
            <section aria-label=t!(feed.banners)>
                <ul class=style::strip>
                    {home
                        .banners
                        .into_iter()
                        .enumerate()
                        .map(|(index, banner)| view! { <BannerCard banner first={index == 0} /> })
                        .collect_view()}
                </ul>
            </section>
        }
        .into_any(),
        // The feed below says what went wrong.
        crate::api::Loaded::Failed(_) => ().into_any(),
        crate::api::Loaded::Waiting | crate::api::Loaded::Slow => view! {
            <div class=style::strip>
                <div class=style::banner>
                    <Skeleton kind=SkeletonKind::Block />
                </div>
                <div class=style::banner></div>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn BannerCard(banner: Banner, first: bool) -> impl IntoView {
    view! {
        <li class=style::banner>
            <a href=banner.href>
                <Picture picture=Some(banner.picture) hero=first eager=first />
                <span class=style::words style:color=banner.ink>
                    <strong>{banner.title}</strong>
                    <span>{banner.subtitle}</span>
                </span>
            </a>
        </li>
    }
}

//! The start page.

use contract::feed::FeedCard;
use leptos::prelude::*;

use super::api::list_feed;
use super::banners::Banners;
use super::header::FeedHeader;
use super::last_seen::{self, LastSeen};
use crate::api::{ApiError, PagesEnd, PagesList, PagesOf, Phase, use_pages};
use crate::i18n::{clock, compact, lang};
use crate::routes;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{
    BadgeKind, Button, ButtonKind, CardSkeleton, Empty, Glyph, GroupCard, MediaCard, Notice,
    NoticeKind, ProductCard, page_name,
};

stylance::import_crate_style!(style, "src/features/feed/page.module.css");

/// Cards in the first screenful of a phone.
const FIRST_SIGHT: usize = 4;

/// The start page.
#[component]
pub fn FeedPage() -> impl IntoView {
    page_name(t!(app.tab_home).into());
    let feed = use_pages(
        || format!("feed:{}", lang().tag()),
        FeedCard::key,
        list_feed,
    );
    view! {
        <FeedHeader />
        <main class=style::main>
            <Banners />
            <section aria-label=t!(feed.for_you)>
                <Feed feed />
            </section>
        </main>
    }
}

/// The cards, or those of last time where the network is gone.
#[component]
fn Feed(feed: PagesOf<FeedCard, ()>) -> impl IntoView {
    let stale = Memo::new(move |_| {
        let list = feed.list.read();
        list.items().is_empty() && matches!(list.phase(), Phase::Failed(error) if is_away(error))
    });
    move || {
        match stale.get().then(last_seen::last).flatten() {
        Some(LastSeen { at, cards }) => view! {
            <div class=style::stale>
                <Notice
                    kind=NoticeKind::Warn
                    glyph=Glyph::Offline
                    action=move || {
                        view! {
                            <Button kind=ButtonKind::Outline small=true on_press=move |()| feed.more()>
                                {t!(app.retry)}
                            </Button>
                        }
                    }
                >
                    {t!(feed.stale, time = clock(at))}
                </Notice>
            </div>
            <ul class=style::grid>
                {cards
                    .into_iter()
                    .enumerate()
                    .map(|(at, it)| view! { <li class=style::cell>{card(at, it)}</li> })
                    .collect_view()}
            </ul>
        }
        .into_any(),
        None => view! {
            <PagesList pages=feed key=FeedCard::key draw=card class=style::grid cell=style::cell />
            {move || {
                feed.list
                    .read()
                    .is_empty()
                    .then(|| {
                        view! { <Empty glyph=Glyph::Bag title=t!(feed.empty_title) text=t!(feed.empty_text) /> }
                    })
            }}
            <PagesEnd pages=feed skeleton=skeleton end=t!(feed.end) />
        }
        .into_any(),
    }
    }
}

/// Nothing was heard from the shop.
fn is_away(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::Offline | ApiError::Network | ApiError::Timeout
    )
}

/// One card, of a kind that this build can show.
fn card(at: usize, card: FeedCard) -> AnyView {
    let eager = at < FIRST_SIGHT;
    match card {
        FeedCard::Product(product) => {
            let href = routes::product(&product.slug, None);
            view! { <ProductCard product href eager /> }.into_any()
        }
        FeedCard::Group(group) => {
            let href = routes::group(&group.id);
            let expires_at = group.expires_at;
            let left = use_server_time().seconds_until(move || Some(expires_at));
            view! { <GroupCard group left href eager /> }.into_any()
        }
        FeedCard::Live(room) => {
            let href = routes::live(&room.id);
            let words = if room.on_air {
                t!(live.on_air)
            } else {
                t!(live.replay)
            };
            let watching = (room.on_air && room.viewers > 0).then(|| compact(room.viewers));
            view! {
                <MediaCard
                    title=room.title
                    poster=room.poster
                    by=room.host
                    href
                    eager
                    sign=(BadgeKind::Sun, Glyph::Live, words.to_owned())
                    watching
                    price=None
                />
            }
            .into_any()
        }
        FeedCard::Video(video) => {
            let href = routes::video(&video.id);
            let seconds = video.duration_ms.div_ceil(1_000);
            let length = format!("{}:{:02}", seconds / 60, seconds % 60);
            let price = video.product.map(|product| {
                let amount = product.group.map_or(product.price, |group| group.price);
                (amount, product.price_from)
            });
            view! {
                <MediaCard
                    title=video.title
                    poster=video.poster
                    by=video.creator
                    href
                    eager
                    sign=(BadgeKind::Glass, Glyph::Play, length)
                    watching=None
                    price
                />
            }
            .into_any()
        }
        FeedCard::Unknown => ().into_any(),
    }
}

fn skeleton() -> AnyView {
    view! {
        <div class=style::grid>
            <CardSkeleton />
            <CardSkeleton />
            <CardSkeleton />
            <CardSkeleton />
        </div>
    }
    .into_any()
}

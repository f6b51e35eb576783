//! The page of `/v/{id}`: the feed from that video on, or from the newest at `/v`.

use std::cell::RefCell;

use contract::VideoId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api;
use super::reel::Reel;
use super::state::Feed;
use crate::api::{Loading, use_load};
use crate::platform::page;
use crate::routes;
use crate::t;
use crate::ui::{Empty, Glyph, Skeleton, SkeletonKind, Topbar, text};

/// A feed that was left longer ago than this is read anew, in milliseconds.
const FRESH_MS: f64 = 10.0 * 60_000.0;

/// The feed that was left, for the way back, and when that was.
struct Left {
    at: f64,
    feed: Feed,
}

thread_local! {
    static LEFT: RefCell<Option<Left>> = const { RefCell::new(None) };
}

/// The page of short videos.
#[component]
pub fn VideoPage() -> impl IntoView {
    let params = use_params_map();
    let on_screen = RwSignal::new(None::<VideoId>);
    // Swiping writes the address of what is on screen. Only another one begins another feed.
    let first = Memo::new(move |before: Option<&Option<VideoId>>| {
        let wanted = params.read().get("id").map(VideoId);
        match before {
            Some(before) if wanted.is_none() || wanted == on_screen.get_untracked() => {
                before.clone()
            }
            _ => wanted,
        }
    });
    move || view! { <From first=first.get() on_screen /> }
}

#[component]
fn From(first: Option<VideoId>, on_screen: RwSignal<Option<VideoId>>) -> impl IntoView {
    let left = left_at(first.as_ref());
    let first = StoredValue::new(first);
    let load = use_load(move || {
        let (first, left) = (first.get_value(), left.clone());
        async move {
            if let Some(left) = left {
                return Ok(left);
            }
            let page = api::list_videos(first.as_ref(), None).await?;
            let mut feed = Feed::default();
            feed.add(page.items, page.next);
            Ok(feed)
        }
    });
    let children = move |feed: Feed| match feed.videos.is_empty() {
        true => view! { <Nothing /> }.into_any(),
        false => view! { <Reel from=feed on_screen on_leave=leave /> }.into_any(),
    };
    view! { <Loading load skeleton=waiting children /> }
}

/// The feed that was left, if it is not too old and holds what is wanted, which is on screen then.
fn left_at(wanted: Option<&VideoId>) -> Option<Feed> {
    LEFT.with_borrow(|left| {
        let left = left.as_ref()?;
        let is_fresh = page::monotonic_ms() - left.at < FRESH_MS;
        is_fresh.then(|| left.feed.at_video(wanted)).flatten()
    })
}

fn leave(feed: Feed) {
    let at = page::monotonic_ms();
    LEFT.set(Some(Left { at, feed }));
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Topbar title=t!(videos.title) back=routes::home() />
        <main>
            <Empty glyph=Glyph::Play title=t!(videos.none_title) text=t!(videos.none_text) />
        </main>
    }
}

fn waiting() -> AnyView {
    view! {
        <main class=text::narrow aria-busy="true" aria-label=t!(app.loading)>
            <Skeleton kind=SkeletonKind::Block />
        </main>
    }
    .into_any()
}

//! A room on air: the picture, who hosts, what is pinned, what is said, and what can be done.

use contract::live::{LiveRoom, LiveState};
use contract::shares::ShareTarget;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::api;
use super::buy::BuySheet;
use super::giveaway::GiveawayCard;
use super::picture::RoomPicture;
use super::pinned::Pinned;
use super::reel;
use super::shelf::ShelfSheet;
use super::state::likes_to_send;
use super::talk::{ChatLog, SayBar};
use super::watch::Live;
use crate::i18n::{compact, number};
use crate::platform::{live_player, timers, travel};
use crate::routes;
use crate::stores::use_share;
use crate::t;
use crate::ui::{
    CountBadge, Glyph, Icon, IconButton, Notice, NoticeKind, Picture, PictureKind, text,
};

stylance::import_crate_style!(style, "src/features/live/stage.module.css");

/// Likes go at most this often (features.md 26).
const LIKES_EVERY_MS: u32 = 1_000;

/// The room.
#[component]
pub(super) fn Stage(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    let shelf = RwSignal::new(false);
    let buying = RwSignal::new(None::<u32>);
    let on_buy = Callback::new(move |number: u32| {
        shelf.set(false);
        buying.set(Some(number));
    });
    let on_seek = Callback::new(move |at: i64| {
        shelf.set(false);
        live.player.with_value(|player| {
            if let Some(player) = player {
                player.seek(at);
            }
        });
    });
    let state = Memo::new(move |_| room.with(|room| room.state));
    let can_speak = move || matches!(state.get(), LiveState::Live | LiveState::Paused);
    let practice = room.with_untracked(|room| room.practice);
    view! {
        <main class=style::stage data-room=move || format!("{:?}", state.get())>
            <RoomPicture live room />
            <Head live room />
            <div class=style::foot>
                {practice.then(|| view! { <Notice kind=NoticeKind::Warn glyph=Glyph::Eye>{t!(live.practice)}</Notice> })}
                {move || (state.get() == LiveState::Paused).then(|| view! {
                    <div class=style::paused role="status">
                        <b>{t!(live.paused_title)}</b>
                        <span>{t!(live.paused_text)}</span>
                    </div>
                })}
                <ChatLog live room />
                <GiveawayCard live room />
                <Pinned room on_buy />
                <div class=style::bar>
                    <ShelfButton room open=shelf />
                    {move || match can_speak() {
                        true => view! { <SayBar live room /> }.into_any(),
                        false => view! { <span class=text::grow></span> }.into_any(),
                    }}
                    <ShareButton room />
                    <LikeButton room />
                </div>
            </div>
        </main>
        <ShelfSheet room open=shelf on_buy on_seek=Some(on_seek) />
        <BuySheet room number=buying />
    }
}

#[component]
fn Head(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    let host = room.with_untracked(|room| room.host.clone());
    let title = room.with_untracked(|room| room.title.clone());
    let told = move || {
        room.with(|room| match room.state {
            LiveState::ReplayReady => t!(live.replay).to_owned(),
            _ => t!(live.watching, n = compact(room.viewers)),
        })
    };
    let has_picture = Memo::new(move |_| room.with(|room| room.playback.is_some()));
    let floats = RwSignal::new(false);
    Effect::new(move || floats.set(live_player::can_float()));
    let small = move |()| {
        live.player.with_value(|player| {
            if let Some(player) = player {
                player.small();
            }
        });
    };
    let navigate = use_navigate();
    let leave = move |()| {
        // Who closes a room wants no small picture of it.
        reel::stop();
        if !travel::go_back() {
            navigate(routes::home(), Default::default());
        }
    };
    view! {
        <header class=style::top>
            <h1 class=text::hidden tabindex="-1">{title}</h1>
            <a href=routes::creator(&host.handle) class=style::host>
                <Picture picture=host.avatar kind=PictureKind::Avatar />
                <span class=style::name>
                    <span>{host.name}</span>
                    <small>
                        <Icon glyph=Glyph::Live size=crate::ui::IconSize::Tiny />
                        {told}
                    </small>
                </span>
            </a>
            <span class=text::grow></span>
            {move || (has_picture.get() && floats.get()).then(|| view! {
                <IconButton label=t!(live.pip).to_owned() glyph=Glyph::Pip glass=true on_press=small />
            })}
            <IconButton label=t!(live.leave).to_owned() glyph=Glyph::Close glass=true on_press=leave />
        </header>
    }
}

#[component]
fn ShelfButton(room: Signal<LiveRoom>, open: RwSignal<bool>) -> impl IntoView {
    let count = Signal::derive(move || {
        u64::try_from(room.with(|room| room.shelf.len())).unwrap_or_default()
    });
    view! {
        <button
            class=style::shelf
            type="button"
            aria-label=move || t!(live.shelf_open, count = count.get())
            on:click=move |_| open.set(true)
        >
            <Icon glyph=Glyph::Bag />
            <CountBadge count />
        </button>
    }
}

#[component]
fn ShareButton(room: Signal<LiveRoom>) -> impl IntoView {
    let share = use_share();
    let press = move |()| {
        let id = room.with_untracked(|room| room.id.clone());
        share.open(ShareTarget::Live { id });
    };
    view! { <IconButton label=t!(live.share).to_owned() glyph=Glyph::Share glass=true on_press=press /> }
}

/// Likes are counted on the page at once and sent together.
#[component]
fn LikeButton(room: Signal<LiveRoom>) -> impl IntoView {
    let mine = RwSignal::new(0_u64);
    let pending = StoredValue::new(0_u32);
    let label = Signal::derive(move || {
        let all = room.with(|room| room.likes).max(mine.get());
        t!(live.like, n = number(all))
    });
    timers::every(LIKES_EVERY_MS, move || {
        let count = likes_to_send(pending.get_value());
        if count == 0 {
            return;
        }
        pending.update_value(|pending| *pending -= count);
        let id = room.with_untracked(|room| room.id.clone());
        // A like that is lost is no matter.
        spawn_local(async move { drop(api::like_room(&id, count).await) });
    });
    let press = move |()| {
        let all = room.with_untracked(|room| room.likes);
        mine.update(|mine| *mine = (*mine).max(all) + 1);
        pending.update_value(|pending| *pending = pending.saturating_add(1));
    };
    view! { <IconButton label glyph=Glyph::Heart glass=true on_press=press /> }
}

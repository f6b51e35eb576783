//! The page of `/live/{id}`: each state of a room has a screen of its own.

use contract::live::{LiveRoom, LiveState};
use contract::{ErrorCode, LiveId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::over::Over;
use super::replay;
use super::stage::Stage;
use super::waiting::Waiting;
use super::watch::{Live, watch};
use crate::api::{Loaded, Loading};
use crate::routes;
use crate::t;
use crate::ui::{
    ButtonKind, ButtonLink, Empty, Glyph, Skeleton, SkeletonKind, Topbar, page_name, text,
};

/// What a room looks like from afar.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Waiting,
    Stage,
    Over,
}

fn screen_of(state: LiveState) -> Screen {
    match state {
        LiveState::Draft | LiveState::Scheduled => Screen::Waiting,
        LiveState::Live | LiveState::Paused | LiveState::ReplayReady => Screen::Stage,
        LiveState::Ended | LiveState::Cancelled | LiveState::Missed | LiveState::Banned => {
            Screen::Over
        }
    }
}

/// The page of the room that the address names.
#[component]
pub fn LivePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| LiveId(params.read().get("id").unwrap_or_default()));
    // One room leads to the next: each has a page of its own.
    move || view! { <Room id=id.get() /> }
}

#[component]
fn Room(id: LiveId) -> impl IntoView {
    let live = watch(id);
    let children = move |first: LiveRoom| {
        live.take(first.clone());
        let room = Signal::derive(move || live.shown.get().unwrap_or_else(|| first.clone()));
        view! { <Screens live room /> }.into_any()
    };
    let kept_out = Memo::new(move |_| {
        live.load.state.with(|state| {
            matches!(state, Loaded::Failed(error) if error.code() == Some(ErrorCode::RoomBanned))
        })
    });
    move || match kept_out.get() {
        true => view! { <KeptOut /> }.into_any(),
        false => view! { <Loading load=live.load skeleton=waiting children /> }.into_any(),
    }
}

#[component]
fn Screens(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    page_name(Signal::derive(move || room.with(|room| room.title.clone())));
    let screen = Memo::new(move |_| screen_of(room.with(|room| room.state)));
    replay::follow(live, room);
    move || match screen.get() {
        Screen::Waiting => view! { <Waiting live room /> }.into_any(),
        Screen::Stage => view! { <Stage live room /> }.into_any(),
        Screen::Over => view! { <Over room /> }.into_any(),
    }
}

/// The host does not let this viewer in.
#[component]
fn KeptOut() -> impl IntoView {
    view! {
        <Topbar title=t!(live.kept_out_title) back=routes::home() />
        <main>
            <Empty glyph=Glyph::Blocked title=t!(live.kept_out_title) text=t!(live.kept_out_text) alert=true>
                <ButtonLink href=routes::home() kind=ButtonKind::Tonal>{t!(app.see_shop)}</ButtonLink>
            </Empty>
        </main>
    }
}

fn waiting() -> AnyView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels) aria-busy="true" aria-label=t!(app.loading)>
            <Skeleton kind=SkeletonKind::Block />
        </main>
    }
    .into_any()
}

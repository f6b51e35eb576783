//! The picture of a room: its poster until the player has one, and what the player says.

use contract::live::{LiveRoom, LiveState};
use leptos::html;
use leptos::prelude::*;

use super::reel::{self, Film, Seat};
use super::watch::Live;
use crate::platform::live_player::{LivePlayer, PlayerState, Screen};
use crate::platform::timers;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{Glyph, Icon, IconSize, Picture, PictureKind, SCREEN};

stylance::import_crate_style!(style, "src/features/live/picture.module.css");

/// A picture that is this many seconds late says so.
const LATE_S: f64 = 6.0;

/// The picture; what lies on it says when it is late, lost, or waits for a tap.
#[component]
pub(super) fn RoomPicture(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    let poster = room.with_untracked(|room| room.poster.clone());
    let said = RwSignal::new(None::<PlayerState>);
    let late = RwSignal::new(None::<u64>);
    let muted = RwSignal::new(true);
    let screen = StoredValue::new_local(None::<Screen>);
    let sources = Memo::new(move |_| {
        room.with(|room| match room.state {
            LiveState::Live | LiveState::Paused => room.playback.clone().map(|it| (it, false)),
            LiveState::ReplayReady => room.playback.clone().map(|it| (it, true)),
            _ => None,
        })
    });
    let place = NodeRef::<html::Div>::new();
    let time = use_server_time();
    let seat = Seat { live, said };
    let title = room.with_untracked(|room| room.title.clone());
    Effect::new(move || {
        let (Some(place), wanted) = (place.get(), sources.get()) else {
            return;
        };
        live.player.set_value(None);
        said.set(None);
        let Some((playback, recorded)) = wanted else {
            return reel::stop();
        };
        let film = Film {
            room: room.with_untracked(|room| room.id.clone()),
            title: title.clone(),
            playback,
            recorded,
        };
        if let Some(reel) = reel::play(film, seat, reel::ahead_ms(time.now())) {
            reel.screen.lay_into(&place);
            muted.set(reel.screen.is_muted());
            screen.set_value(Some(reel.screen.clone()));
        }
    });
    timers::every(1_000, move || {
        let behind = live
            .player
            .with_value(|player| player.as_ref().and_then(|player| player.behind_s()));
        let recorded =
            sources.with_untracked(|it| it.as_ref().is_some_and(|(_, recorded)| *recorded));
        late.set(
            behind
                .filter(|s| *s >= LATE_S && !recorded)
                .map(|s| s as u64),
        );
    });
    on_cleanup(move || {
        live.player.try_set_value(None);
        let plays = |room: &LiveRoom| {
            matches!(
                room.state,
                LiveState::Live | LiveState::Paused | LiveState::ReplayReady
            )
        };
        reel::leave(room.try_with_untracked(plays).unwrap_or(false));
    });
    let with_player = move |act: fn(&LivePlayer)| {
        live.player.with_value(|player| {
            if let Some(player) = player {
                act(player);
            }
        });
    };
    let shows = Memo::new(move |_| {
        matches!(
            said.get(),
            Some(PlayerState::Playing | PlayerState::Stalled)
        )
    });
    let sound = move |_| {
        screen.with_value(|screen| {
            if let Some(screen) = screen {
                screen.unmute();
            }
        });
        muted.set(false);
    };
    let on_air = Memo::new(move |_| room.with(|room| matches!(room.state, LiveState::Live)));
    view! {
        <div class=style::picture>
            <Picture picture=poster kind=PictureKind::Natural sizes=SCREEN hero=true />
            <div node_ref=place></div>
        </div>
        <div class=style::shade></div>
        <div class=style::told>
            {move || late.get().map(|n| view! {
                <button class=style::pill type="button" on:click=move |_| with_player(LivePlayer::jump)>
                    <Icon glyph=Glyph::Refresh size=IconSize::Tiny />
                    {t!(live.behind, n = n)}
                </button>
            })}
            {move || (shows.get() && muted.get()).then(|| view! {
                <button class=style::pill type="button" on:click=sound>
                    <Icon glyph=Glyph::Sound size=IconSize::Tiny />
                    {t!(live.sound)}
                </button>
            })}
            {move || match said.get() {
                Some(PlayerState::Blocked) => Some(view! {
                    <button class=style::pill type="button" on:click=move |_| with_player(LivePlayer::resume)>
                        <Icon glyph=Glyph::Play size=IconSize::Tiny />
                        {t!(live.tap)}
                    </button>
                }.into_any()),
                Some(PlayerState::Stalled) => Some(view! {
                    <p class=style::pill role="status">{t!(live.stalled)}</p>
                }.into_any()),
                Some(PlayerState::Playing | PlayerState::Ended) => None,
                None | Some(PlayerState::Connecting | PlayerState::Failed) => on_air.get().then(|| view! {
                    <p class=style::pill role="status">{t!(live.no_picture)}</p>
                }.into_any()),
            }}
        </div>
    }
}

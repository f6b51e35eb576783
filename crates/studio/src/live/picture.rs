//! The picture as it comes in, before and while viewers see it.

use contract::live::{LiveState, Playback};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::platform::live_player::{LivePlayer, PlayerState, Sources};
use storefront::platform::{page, timers};
use storefront::t;
use storefront::ui::{Badge, BadgeKind, Glyph, Icon};

use super::desk::Desk;

stylance::import_crate_style!(style, "src/live/picture.module.css");

/// The picture, silent: the host is in the same room as the encoder.
#[component]
pub fn Preview(desk: Desk) -> impl IntoView {
    let said = RwSignal::new(None::<PlayerState>);
    let behind = RwSignal::new(None::<f64>);
    let state = desk.part(|room| room.room.state, LiveState::Draft);
    // What was recorded is looked at in the shop.
    let sources = desk.part(
        |room| {
            let live = room.room.playback.clone().filter(|it| it.vod.is_none());
            room.preview
                .clone()
                .or(live)
                .filter(|_| room.ingest)
                .map(sources_of)
        },
        None,
    );
    let video = NodeRef::<html::Video>::new();
    let player = StoredValue::new_local(None::<LivePlayer>);
    Effect::new(move || {
        let (Some(element), wanted) = (video.get(), sources.get()) else {
            return;
        };
        player.set_value(None);
        said.set(None);
        behind.set(None);
        let Some(sources) = wanted else { return };
        let ahead = desk.time.now().0 - page::device_now_ms();
        spawn_local(async move {
            element.set_muted(true);
            let told = move |state| {
                said.try_set(Some(state));
            };
            let started = LivePlayer::start(&element, &sources, ahead, told, |_| {}).await;
            if said.try_get_untracked().is_some() {
                player.try_set_value(started);
            }
        });
    });
    timers::every(1_000, move || {
        behind.set(player.with_value(|it| it.as_ref().and_then(LivePlayer::behind_s)));
    });
    on_cleanup(move || {
        player.try_set_value(None);
    });
    let shows = Memo::new(move |_| {
        matches!(
            said.get(),
            Some(PlayerState::Playing | PlayerState::Stalled)
        )
    });
    let told = move || match (sources.with(Option::is_some), said.get()) {
        (false, _) if state.get() == LiveState::Paused => t!(studio.picture_lost),
        (false, _) => t!(studio.no_picture),
        (true, Some(PlayerState::Failed)) => t!(studio.picture_failed),
        (true, _) => t!(studio.picture_comes),
    };
    view! {
        <div class=style::picture data-playing=move || shows.get().then_some("")>
            <video node_ref=video playsinline muted aria-label=t!(studio.picture)></video>
            {move || (!shows.get()).then(|| view! {
                <p class=style::told role="status">
                    <Icon glyph=Glyph::Live />
                    {told}
                </p>
            })}
            {move || behind.get().filter(|_| shows.get()).map(|s| view! {
                <span class=style::late><Badge kind=BadgeKind::Glass>{t!(studio.behind, n = format!("{s:.1}"))}</Badge></span>
            })}
        </div>
    }
}

fn sources_of(playback: Playback) -> Sources {
    Sources {
        mp4: playback.mp4,
        hls: playback.hls,
        vod: None,
        offset_ms: playback.offset_ms,
    }
}

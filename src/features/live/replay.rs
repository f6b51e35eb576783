//! A recording replays what was pinned and said, at the moment on screen.

use contract::live::{ChatLine, LiveReplay, LiveRoom, LiveState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::state::replayed;
use super::watch::Live;
use crate::platform::timers;

/// How often the moment on screen is looked at, in milliseconds.
const LOOK_MS: u32 = 500;

/// Follows a recording while the current owner lives; a room on air is left alone.
pub(super) fn follow(live: Live, room: Signal<LiveRoom>) {
    let kept = RwSignal::new(None::<LiveReplay>);
    let is_recorded = Memo::new(move |_| room.with(|room| room.state == LiveState::ReplayReady));
    Effect::new(move || {
        if is_recorded.get() {
            let id = room.with_untracked(|room| room.id.clone());
            spawn_local(async move {
                // Without it the picture plays by itself.
                if let Ok(replay) = api::get_live_replay(&id).await {
                    kept.try_set(Some(replay));
                }
            });
        }
    });
    timers::every(LOOK_MS, move || {
        let at = live
            .player
            .with_value(|player| player.as_ref().and_then(|player| player.at_ms()));
        let Some(at) = at else { return };
        let now = kept.with_untracked(|kept| {
            kept.as_ref().map(|replay| {
                let lines: Vec<ChatLine> = replay
                    .chat
                    .iter()
                    .filter(|line| line.at.0 <= at)
                    .cloned()
                    .collect();
                (replayed(&replay.marks, at), lines)
            })
        });
        let Some((pinned, lines)) = now else { return };
        let is_news = live
            .shown
            .with_untracked(|room| room.as_ref().is_some_and(|room| room.pinned != pinned));
        if is_news {
            live.shown.update(|room| {
                if let Some(room) = room {
                    room.pinned = pinned;
                }
            });
        }
        live.chat.update(|chat| chat.replay(lines));
    });
}

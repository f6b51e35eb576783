//! A room that is over and has no recording: what became of it, and its shelf, which stays.

use contract::live::{LiveRoom, LiveState};
use leptos::prelude::*;

use super::buy::BuySheet;
use super::shelf::Shelf;
use crate::routes;
use crate::t;
use crate::ui::{ButtonKind, ButtonLink, Empty, Glyph, Panel, Topbar, text};

/// What became of it.
#[component]
pub(super) fn Over(room: Signal<LiveRoom>) -> impl IntoView {
    let first = room.get_untracked();
    let buying = RwSignal::new(None::<u32>);
    let (title, words) = match first.state {
        LiveState::Banned => (t!(live.banned_title), t!(live.banned_text)),
        LiveState::Cancelled => (t!(live.cancelled_title), t!(live.cancelled_text)),
        LiveState::Missed => (t!(live.missed_title), t!(live.cancelled_text)),
        _ => (t!(live.ended_title), t!(live.ended_text)),
    };
    let sells = first.state != LiveState::Banned;
    view! {
        <Topbar title=first.title back=routes::home() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Empty glyph=Glyph::Live title text=words>
                <ButtonLink href=routes::home() kind=ButtonKind::Tonal>{t!(live.to_live)}</ButtonLink>
            </Empty>
            {sells.then(|| view! {
                <Panel>
                    <h2>{t!(live.shelf)}</h2>
                    <Shelf room on_buy=Callback::new(move |number| buying.set(Some(number))) on_seek=None />
                </Panel>
            })}
        </main>
        <BuySheet room number=buying />
    }
}

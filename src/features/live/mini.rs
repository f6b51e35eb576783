//! The small picture of a room that was left: in a corner of whatever page is open, until it is put away. It stands
//! beside the app, so that no page owns it, and comes with the piece of rooms.

use std::cell::Cell;

use contract::LiveId;
use leptos::html;
use leptos::prelude::*;

use super::reel::{self, Reel};
use crate::routes;
use crate::t;
use crate::ui::{Glyph, IconButton, IconSize};

stylance::import_crate_style!(style, "src/features/live/mini.module.css");

/// The corner; a copyable handle.
#[derive(Clone, Copy)]
struct Corner {
    place: NodeRef<html::Div>,
    /// The room that is shown, and its title.
    shown: RwSignal<Option<(LiveId, String)>>,
}

thread_local! {
    static CORNER: Cell<Option<Corner>> = const { Cell::new(None) };
}

/// Makes the corner, once: it belongs to no page, so nothing that a page owns may be around.
pub(super) fn prepare() {
    // Nothing plays while first screens are drawn.
    if cfg!(target_family = "wasm") && CORNER.get().is_none() {
        leptos::mount::mount_to_body(|| {
            let corner = Corner {
                place: NodeRef::new(),
                shown: RwSignal::new(None),
            };
            CORNER.set(Some(corner));
            view! { <Mini corner /> }
        });
    }
}

/// Lays the player into the corner; false where there is none.
pub(super) fn show(reel: &Reel) -> bool {
    let Some(corner) = CORNER.get() else {
        return false;
    };
    let Some(place) = corner.place.get_untracked() else {
        return false;
    };
    reel.screen.lay_into(&place);
    let film = &reel.film;
    corner
        .shown
        .set(Some((film.room.clone(), film.title.clone())));
    true
}

/// Empties the corner.
pub(super) fn put_away() {
    if let Some(corner) = CORNER.get() {
        corner.shown.set(None);
    }
}

#[component]
fn Mini(corner: Corner) -> impl IntoView {
    let Corner { place, shown } = corner;
    let title = move || {
        let shown = shown.get();
        t!(
            live.mini,
            title = shown.map(|(_, title)| title).unwrap_or_default()
        )
    };
    let href = move || shown.with(|it| it.as_ref().map(|(id, _)| routes::live(id)));
    view! {
        <aside class=style::mini hidden=move || shown.with(Option::is_none) aria-label=title>
            <div class=style::picture node_ref=place></div>
            <a class=style::back href=href aria-label=move || t!(live.mini_back)></a>
            <div class=style::close>
                <IconButton label=t!(live.mini_close).to_owned() glyph=Glyph::Close size=IconSize::Small glass=true
                    on_press=|()| reel::stop() />
            </div>
        </aside>
    }
}

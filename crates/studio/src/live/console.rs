//! The page of `/studio/live/{id}`: everything that a host needs while on air. On phones one of three panes is shown.

use contract::LiveId;
use contract::live_studio::StudioRoom;
use leptos::prelude::*;
use storefront::api::Loading;
use storefront::t;
use storefront::ui::{
    Glyph, Notice, NoticeKind, Panel, Segmented, Skeleton, SkeletonKind, page_name, text,
};

use super::bar::Bar;
use super::chat::ChatPane;
use super::desk::{self, Desk};
use super::figures::{Figures, PinTable};
use super::ingest::Ingest;
use super::picture::Preview;
use super::shelf::ShelfPane;
use super::{api, state};
use crate::address;

stylance::import_crate_style!(style, "src/live/console.module.css");

/// The panes of a phone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pane {
    Shelf,
    Chat,
    Picture,
}

impl Pane {
    const ALL: [Self; 3] = [Self::Shelf, Self::Chat, Self::Picture];

    fn word(self) -> &'static str {
        match self {
            Self::Shelf => "shelf",
            Self::Chat => "chat",
            Self::Picture => "picture",
        }
    }

    fn words(self) -> String {
        let words = match self {
            Self::Shelf => t!(studio.shelf),
            Self::Chat => t!(studio.chat),
            Self::Picture => t!(studio.picture),
        };
        words.to_owned()
    }
}

/// A room's console.
#[component]
pub fn RoomPage(id: LiveId) -> impl IntoView {
    let desk = desk::take(id);
    let children = move |first: StudioRoom| {
        desk.put(first);
        view! { <Console desk /> }.into_any()
    };
    view! { <Loading load=desk.load skeleton=waiting children /> }
}

#[component]
fn Console(desk: Desk) -> impl IntoView {
    let title = desk.part(|room| room.room.title.clone(), String::new());
    page_name(title.into());
    let pane = RwSignal::new(Pane::Shelf);
    let practice = desk.part(|room| room.room.practice, false);
    let is_over = desk.part(|room| state::is_over(room.room.state), false);
    view! {
        <Bar desk />
        <Figures desk />
        {move || practice.get().then(|| view! {
            <div class=style::note>
                <Notice kind=NoticeKind::Info glyph=Glyph::Eye>{t!(studio.practice_note)}</Notice>
            </div>
        })}
        <div class=style::panes_choice>
            <Segmented
                label=t!(studio.panes)
                name="pane"
                options=Pane::ALL.to_vec()
                words=Pane::words
                chosen=pane
                on_choose=move |chosen| pane.set(chosen)
            />
        </div>
        <main class=style::console data-pane=move || pane.get().word()>
            <div class=style::picture>
                <Preview desk />
                <Ingest desk />
                {move || is_over.get().then(|| view! { <Record desk /> })}
            </div>
            <div class=style::shelf>
                <ShelfPane desk />
                <PinTable desk />
            </div>
            <div class=style::chat>
                <ChatPane desk />
            </div>
        </main>
    }
}

/// What is left of a room that is over: its record (L11), and the room as viewers see it.
#[component]
fn Record(desk: Desk) -> impl IntoView {
    let id = desk.part(|room| room.room.id.clone(), desk.id());
    view! {
        <Panel title=t!(studio.record).to_owned()>
            <div class=text::stack>
                <p class=stylance::classes!(text::small, text::muted)>{t!(studio.record_text)}</p>
                <LogLink desk />
                <a class=style::link href=move || address::in_shop(&id.get()) target="_blank" rel="external noopener">
                    {t!(studio.in_shop)}
                </a>
            </div>
        </Panel>
    }
}

/// The record of a room as a table (L11).
#[component]
pub fn LogLink(desk: Desk) -> impl IntoView {
    let id = desk.part(|room| room.room.id.clone(), desk.id());
    view! {
        <a class=style::link href=move || api::log(&id.get()) download rel="external">
            {t!(studio.log)}
        </a>
    }
}

fn waiting() -> AnyView {
    view! {
        <main class=style::console aria-busy="true" aria-label=t!(app.loading)>
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
        </main>
    }
    .into_any()
}

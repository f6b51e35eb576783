//! The page of `/studio/live`: every room, newest first, and planning a new one.

use contract::live_studio::{LiveList, LiveSummary};
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::i18n::day_and_time;
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, Empty, Glyph, Icon, IconSize, Picture, PictureKind,
    Skeleton, SkeletonKind, page_name, text,
};

use super::create::CreateSheet;
use super::{api, words};
use crate::address;

stylance::import_crate_style!(style, "src/live/rooms.module.css");

/// Every room.
#[component]
pub fn RoomsPage() -> impl IntoView {
    page_name(Signal::derive(|| t!(studio.rooms).to_owned()));
    let load = use_load(api::list_studio_rooms);
    let creating = RwSignal::new(false);
    let hosts = Signal::derive(move || load.ready().map(|list| list.hosts).unwrap_or_default());
    view! {
        <header class=style::bar>
            <h1 tabindex="-1">{t!(studio.rooms)}</h1>
            <Button kind=ButtonKind::Primary on_press=move |()| creating.set(true)>
                <Icon glyph=Glyph::Plus size=IconSize::Small />
                {t!(studio.new_room)}
            </Button>
        </header>
        <main class=style::main>
            <Loading load skeleton=waiting children=rooms />
        </main>
        <CreateSheet open=creating hosts />
    }
}

fn rooms(list: LiveList) -> AnyView {
    if list.items.is_empty() {
        return view! {
            <Empty glyph=Glyph::Live title=t!(studio.no_rooms) text=t!(studio.no_rooms_text) />
        }
        .into_any();
    }
    let rows = list
        .items
        .into_iter()
        .map(|room| view! { <li><Row room /></li> });
    view! { <ul class=style::rooms>{rows.collect_view()}</ul> }.into_any()
}

#[component]
fn Row(room: LiveSummary) -> impl IntoView {
    let (kind, state) = words::state(room.state);
    view! {
        <a class=style::room href=address::room(&room.id)>
            {match room.poster {
                Some(poster) => view! { <Picture picture=Some(poster) kind=PictureKind::Thumb /> }.into_any(),
                None => view! { <span class=style::none><Icon glyph=Glyph::Live /></span> }.into_any(),
            }}
            <span class=text::grow>
                <b>{room.title}</b>
                <span class=stylance::classes!(text::caption, text::muted)>{day_and_time(room.starts_at)}</span>
                <span class=stylance::classes!(text::row, text::wrap)>
                    <Badge kind>{state}</Badge>
                    {room.practice.then(|| view! { <Badge kind=BadgeKind::InfoSoft>{t!(studio.practice)}</Badge> })}
                </span>
            </span>
            <Icon glyph=Glyph::Next size=IconSize::Small />
        </a>
    }
}

fn waiting() -> AnyView {
    view! {
        <div class=text::stack aria-busy="true" aria-label=t!(app.loading)>
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
        </div>
    }
    .into_any()
}

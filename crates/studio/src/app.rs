//! The frame around every page of the studio: where one is, who is signed in, and the page.

use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use storefront::platform::{focus, page};
use storefront::stores;
use storefront::t;
use storefront::ui::{
    Announcer, ButtonKind, ButtonLink, Empty, Glyph, Icon, LiveRegion, ToastHost, Toaster, text,
};

use crate::address::{self, Place};
use crate::gate::{Gate, Oneself};
use crate::live::{RoomPage, RoomsPage};

stylance::import_crate_style!(style, "src/app.module.css");

/// The studio.
#[component]
pub fn App() -> impl IntoView {
    stores::provide_for_staff();
    let announcer = Announcer::provide();
    let toaster = Toaster::provide(announcer);
    page::name(|| t!(studio.name).to_owned());
    view! {
        <Router>
            <Frame />
        </Router>
        <ToastHost toaster />
        <LiveRegion announcer />
    }
}

#[component]
fn Frame() -> impl IntoView {
    let path = use_location().pathname;
    let place = Memo::new(move |_| address::find(&path.read()));
    Effect::new(move |before: Option<Place>| {
        let here = place.get();
        if before.is_some_and(|before| before != here) {
            // Once the new page is drawn.
            request_animation_frame(focus::arrive);
        }
        here
    });
    let current = move || (!matches!(*place.read(), Place::Missing)).then_some("page");
    view! {
        <a class=style::skip href="#main" rel="external">{t!(app.skip)}</a>
        <div class=style::studio>
            <nav class=style::nav aria-label=t!(studio.name)>
                <a class=style::logo href=address::rooms()>
                    <svg viewBox="0 0 28 28" aria-hidden="true"><use href="/icon.svg#logo"></use></svg>
                    <span>{t!(studio.name)}</span>
                </a>
                <a class=style::place href=address::rooms() aria-current=current>
                    <Icon glyph=Glyph::Live />
                    {t!(studio.rooms)}
                </a>
                <span class=text::grow></span>
                <Oneself />
            </nav>
            <div class=style::page id="main">
                <Gate>
                    {move || match place.get() {
                        Place::Rooms => view! { <RoomsPage /> }.into_any(),
                        Place::Room(id) => view! { <RoomPage id /> }.into_any(),
                        Place::Missing => view! { <Missing /> }.into_any(),
                    }}
                </Gate>
            </div>
        </div>
    }
}

#[component]
fn Missing() -> impl IntoView {
    view! {
        <Empty glyph=Glyph::Store title=t!(app.missing_title)>
            <ButtonLink href=address::rooms() kind=ButtonKind::Tonal>{t!(studio.rooms)}</ButtonLink>
        </Empty>
    }
}

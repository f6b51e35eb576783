//! The frame around every page of the studio: where one is, who is signed in, and the page.

use contract::live_studio::StaffRole;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};
use storefront::platform::{focus, page};
use storefront::stores;
use storefront::t;
use storefront::ui::{
    Announcer, ButtonKind, ButtonLink, Empty, Glyph, Icon, LiveRegion, ToastHost, Toaster, text,
};

use crate::address::{self, Place};
use crate::books::{BooksPage, RecordPage, ResultPage};
use crate::campaigns::{CampaignPage, CampaignsPage, NewCampaignPage};
use crate::gate::{Gate, Oneself, Role, use_role};
use crate::goods::GoodsPage;
use crate::live::{RoomPage, RoomsPage};
use crate::orders::{OrderPage, OrdersPage};

stylance::import_crate_style!(style, "src/app.module.css");

/// A place of the studio in its bar.
struct Entry {
    glyph: Glyph,
    href: fn() -> &'static str,
    name: fn() -> &'static str,
    /// Whether a page belongs to it.
    holds: fn(&Place) -> bool,
    /// Who may go there, besides the owner; the server refuses the others in any case.
    may: &'static [StaffRole],
}

/// The places, one a line.
#[rustfmt::skip]
fn entries() -> [Entry; 5] {
    [
        Entry { glyph: Glyph::Live, href: address::rooms, name: || t!(studio.rooms), holds: |place| matches!(place, Place::Rooms | Place::Room(_)), may: &[StaffRole::Host] },
        Entry { glyph: Glyph::List, href: address::orders, name: || t!(orders_studio.name), holds: |place| matches!(place, Place::Orders | Place::Order(_)), may: &[StaffRole::Support] },
        Entry { glyph: Glyph::Campaign, href: address::campaigns, name: || t!(campaigns.name), holds: |place| matches!(place, Place::Campaigns | Place::NewCampaign | Place::Campaign(_)), may: &[StaffRole::CampaignEditor, StaffRole::Host, StaffRole::Support] },
        Entry { glyph: Glyph::Package, href: address::goods, name: || t!(goods_studio.name), holds: |place| matches!(place, Place::Goods), may: &[] },
        Entry { glyph: Glyph::Chart, href: address::books, name: || t!(books.name), holds: |place| matches!(place, Place::Books | Place::Result(_) | Place::Record), may: &[StaffRole::Accountant] },
    ]
}

impl Entry {
    fn is_for(&self, role: StaffRole) -> bool {
        role == StaffRole::Owner || self.may.contains(&role)
    }
}

/// Where an address leads somebody: the studio's first page is the first one of the role.
fn arrived(path: &str, role: Option<StaffRole>) -> Place {
    let place = address::find(path);
    let is_first = place == Place::Rooms && !path.trim_end_matches('/').ends_with("live");
    let own = role.and_then(|role| entries().into_iter().find(|entry| entry.is_for(role)));
    match own {
        Some(own) if is_first => address::find((own.href)()),
        _ => place,
    }
}

/// Whether a page is for a role; one that belongs to nobody is for all.
fn may_see(place: &Place, role: Option<StaffRole>) -> bool {
    let entry = entries().into_iter().find(|entry| (entry.holds)(place));
    match (entry, role) {
        (Some(entry), Some(role)) => entry.is_for(role),
        _ => true,
    }
}

/// The studio.
#[component]
pub fn App() -> impl IntoView {
    stores::provide_for_staff();
    let announcer = Announcer::provide();
    let toaster = Toaster::provide(announcer);
    Role::provide();
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
    let role = use_role();
    let shown = RwSignal::new(path.get_untracked());
    let browser = use_context::<BrowserUrl>();
    // The router writes a new address into the history when it is told to go on, in a task of its own. The page
    // follows in the next one: what it opens, such as a sheet, stands in the history above its own address.
    Effect::new(move |_| {
        let here = path.get();
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
        spawn_local(async move { drop(shown.try_set(here)) });
    });
    let place = Memo::new(move |_| arrived(&shown.read(), role.get()));
    Effect::new(move |before: Option<Place>| {
        let here = place.get();
        if before.is_some_and(|before| before != here) {
            // Once the new page is drawn.
            request_animation_frame(focus::arrive);
        }
        here
    });
    let entry = move |entry: Entry| {
        let current = move || (entry.holds)(&place.read()).then_some("page");
        view! {
            <a class=style::place href=(entry.href)() aria-current=current>
                <Icon glyph=entry.glyph />
                {(entry.name)()}
            </a>
        }
    };
    let own = move || {
        let role = role.get();
        let own = entries()
            .into_iter()
            .filter(|entry| role.is_some_and(|role| entry.is_for(role)));
        own.map(entry).collect_view()
    };
    view! {
        <a class=style::skip href="#main" rel="external">{t!(app.skip)}</a>
        <div class=style::studio>
            <nav class=style::nav aria-label=t!(studio.name)>
                <a class=style::logo href="/studio">
                    <svg viewBox="0 0 28 28" aria-hidden="true"><use href="/icon.svg#logo"></use></svg>
                    <span>{t!(studio.name)}</span>
                </a>
                <div class=style::places>{own}</div>
                <span class=text::grow></span>
                <Oneself />
            </nav>
            <div class=style::page id="main">
                <Gate>
                    {move || match place.get() {
                        place if !may_see(&place, role.get()) => view! { <Refused /> }.into_any(),
                        Place::Rooms => view! { <RoomsPage /> }.into_any(),
                        Place::Room(id) => view! { <RoomPage id /> }.into_any(),
                        Place::Orders => view! { <OrdersPage /> }.into_any(),
                        Place::Order(id) => view! { <OrderPage id /> }.into_any(),
                        Place::Goods => view! { <GoodsPage /> }.into_any(),
                        Place::Books => view! { <BooksPage /> }.into_any(),
                        Place::Result(id) => view! { <ResultPage id /> }.into_any(),
                        Place::Record => view! { <RecordPage /> }.into_any(),
                        Place::Campaigns => view! { <CampaignsPage /> }.into_any(),
                        Place::NewCampaign => view! { <NewCampaignPage /> }.into_any(),
                        Place::Campaign(id) => view! { <CampaignPage id /> }.into_any(),
                        Place::Missing => view! { <Missing /> }.into_any(),
                    }}
                </Gate>
            </div>
        </div>
    }
}

/// A page of others of the staff.
#[component]
fn Refused() -> impl IntoView {
    view! {
        <Empty glyph=Glyph::Lock title=t!(studio.no_role) alert=true>
            <ButtonLink href="/studio" kind=ButtonKind::Tonal>{t!(studio.name)}</ButtonLink>
        </Empty>
    }
}

#[component]
fn Missing() -> impl IntoView {
    view! {
        <Empty glyph=Glyph::Store title=t!(app.missing_title)>
            <ButtonLink href="/studio" kind=ButtonKind::Tonal>{t!(studio.name)}</ButtonLink>
        </Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_is_the_first_one_of_the_role() {
        for path in ["/studio", "/studio/"] {
            assert_eq!(arrived(path, Some(StaffRole::Support)), Place::Orders);
            assert_eq!(arrived(path, Some(StaffRole::Accountant)), Place::Books);
            assert_eq!(arrived(path, Some(StaffRole::Host)), Place::Rooms);
            assert_eq!(arrived(path, Some(StaffRole::Owner)), Place::Rooms);
        }
        let asked = arrived("/studio/live", Some(StaffRole::Support));
        assert_eq!(asked, Place::Rooms, "asked for by name");
        assert!(!may_see(&asked, Some(StaffRole::Support)));
        assert!(may_see(&Place::Orders, Some(StaffRole::Support)));
        for place in [Place::Orders, Place::Goods, Place::Books, Place::Record] {
            assert!(!may_see(&place, Some(StaffRole::Host)), "{place:?}");
            assert!(may_see(&place, Some(StaffRole::Owner)), "{place:?}");
        }
    }
}

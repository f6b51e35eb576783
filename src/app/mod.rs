//! The shell around every page, and the pages by their addresses.

mod address;
mod pieces;
mod shell;
mod tab_bar;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};
use leptos_router::params::ParamsMap;

use crate::features::feed::FeedPage;
use crate::routes;
use crate::t;
use crate::ui::{ButtonKind, ButtonLink, Empty, Glyph, Topbar};
use pieces::Place;
use shell::Shell;

/// The start page stands in the main piece.
const START: Place = Place::here(|| view! { <FeedPage /> }.into_any());
const MISSING: Place = Place::here(|| view! { <NotFound /> }.into_any());

/// The pages; the first whose address fits is shown.
const PAGES: &[(&str, Place)] = &[
    ("/", START),
    ("/category/:id?", pieces::category),
    ("/search", pieces::search),
    ("/p/:slug", pieces::product),
    ("/g/:id", pieces::group),
    ("/cart", pieces::cart),
    ("/checkout", pieces::checkout),
    ("/checkout/seat", pieces::seat),
    ("/checkout/flash", pieces::flash),
    ("/live/:id", pieces::live),
    ("/v/:id?", pieces::video),
    ("/publish", pieces::publish),
    ("/pay/:order", pieces::pay),
    ("/orders", pieces::orders),
    ("/orders/:id", pieces::order),
    ("/shares", pieces::shares),
    ("/shares/earnings", pieces::earnings),
    ("/shares/withdraw", pieces::withdraw),
    ("/c/:handle", pieces::creator),
    ("/account", pieces::account),
    ("/coupons", pieces::coupons),
    ("/flash", pieces::flash_sales),
    ("/notifications", pieces::notifications),
    ("/addresses", pieces::addresses),
    ("/sign-in", pieces::sign_in),
];

/// Opens the app in the page. Over a first screen that the server drew it is drawn whole before it shows, and that
/// one stays until then.
#[cfg(target_family = "wasm")]
pub async fn open() {
    use crate::platform::{first, page};

    if first::is_there() {
        pieces::arrive(at(find(
            page::path_and_query().split('?').next().unwrap_or_default(),
        )
        .0))
        .await;
        first::untouched().await;
    }
    leptos::mount::mount_to_body(App);
    first::take_over();
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    crate::stores::share::arrive();
    view! {
        <Router>
            <Shell>
                <Page />
            </Shell>
        </Router>
    }
}

/// The page that the address leads to. It stays while only what its address names changes.
#[component]
fn Page() -> impl IntoView {
    let path = use_location().pathname;
    let place = RwSignal::new(find(&path.read_untracked()));
    let page = Memo::new(move |_| place.read().0);
    let browser = use_context::<BrowserUrl>();
    // The router writes a new address into the history when it is told to go on, in a task of its own. The page
    // follows in the next one: what it takes along, such as an open sheet, asks the history where it stands.
    Effect::new(move |_| {
        let here = find(&path.read());
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
        spawn_local(async move { drop(place.try_set(here)) });
    });
    move || {
        let page = page.get();
        provide_context(params_of(page, place));
        (at(page).draw)()
    }
}

/// One of [`PAGES`]; the one after the last says that there is none.
fn at(page: usize) -> &'static Place {
    PAGES.get(page).map_or(&MISSING, |(_, place)| place)
}

/// Which of [`PAGES`] a path leads to, and what the path names.
fn find(path: &str) -> (usize, ParamsMap) {
    let fitting = |(at, (pattern, _)): (usize, &(&'static str, Place))| {
        address::params(pattern, path).map(|params| (at, params))
    };
    let missing = || (PAGES.len(), Vec::new());
    let (at, params) = PAGES
        .iter()
        .enumerate()
        .find_map(fitting)
        .unwrap_or_else(missing);
    let params = params
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()));
    (at, params.collect())
}

/// What the address names, as `use_params_map` reads it: a page that is being left keeps what it was drawn for.
fn params_of(page: usize, place: RwSignal<(usize, ParamsMap)>) -> ArcMemo<ParamsMap> {
    ArcMemo::new(move |before: Option<&ParamsMap>| {
        let place = place.read();
        match before {
            Some(before) if place.0 != page => before.clone(),
            _ => place.1.clone(),
        }
    })
}

/// An address that leads nowhere.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <Topbar title=t!(app.missing_title) back=routes::home() />
        <main>
            <Empty glyph=Glyph::Store title=t!(app.missing_title) text=t!(app.missing_text)>
                <ButtonLink href=routes::home() kind=ButtonKind::Tonal>
                    {t!(app.see_shop)}
                </ButtonLink>
            </Empty>
        </main>
    }
}

//! The tab bar: the five places that are always one thumb away.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::i18n::number;
use crate::routes;
use crate::stores::use_cart_count;
use crate::t;
use crate::ui::{CountBadge, Glyph, Icon, text};

stylance::import_crate_style!(style, "src/app/tab_bar.module.css");

/// The tabs' own pages; pages below them keep their docks instead.
const PAGES_WITH_TABS: [&str; 6] = ["/", "/category", "/cart", "/account", "/orders", "/shares"];

/// Whether the tab bar is shown on a page.
fn has_tabs(path: &str) -> bool {
    PAGES_WITH_TABS.contains(&path) || path.starts_with("/category/") || is_video(path)
}

/// Whether a video fills the page: the bar is dark there, too.
pub(super) fn is_video(path: &str) -> bool {
    path.starts_with("/v")
}

/// The tab bar.
#[component]
pub fn TabBar() -> impl IntoView {
    let path = use_location().pathname;
    let count = use_cart_count();
    let cart_label = Signal::derive(move || match count.get() {
        0 => t!(app.tab_cart).to_owned(),
        n => t!(app.tab_cart_count, n = number(n)),
    });
    move || {
        has_tabs(&path.read()).then(|| {
            view! {
                <nav
                    class=style::bar
                    data-home=(*path.read() == "/").then_some("")
                    data-video=is_video(&path.read()).then_some("")
                    aria-label=t!(app.tabs)
                >
                    <Tab href=routes::home() glyph=Glyph::Home path>{t!(app.tab_home)}</Tab>
                    <Tab href=routes::videos() glyph=Glyph::Play path>{t!(app.tab_videos)}</Tab>
                    <Tab href=routes::categories() glyph=Glyph::Grid path>{t!(app.tab_categories)}</Tab>
                    <a href=routes::cart() aria-current=current(routes::cart(), &path.read())>
                        <Icon glyph=Glyph::Cart />
                        <span class=text::hidden>{cart_label}</span>
                        <span aria-hidden="true">{t!(app.tab_cart)}</span>
                        <CountBadge count />
                    </a>
                    <Tab href=routes::account() glyph=Glyph::User path>{t!(app.tab_account)}</Tab>
                </nav>
            }
        })
    }
}

#[component]
fn Tab(href: &'static str, glyph: Glyph, path: Memo<String>, children: Children) -> impl IntoView {
    view! {
        <a href=href aria-current=current(href, &path.read())>
            <Icon glyph />
            {children()}
        </a>
    }
}

/// Marks the tab that leads to the page at `path` or to one above it.
fn current(href: &str, path: &str) -> Option<&'static str> {
    let below = path.strip_prefix(href)?;
    (below.is_empty() || below.starts_with('/')).then_some("page")
}

//! The tab bar: the four places that are always one thumb away.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

use crate::i18n::number;
use crate::routes;
use crate::stores::use_cart;
use crate::t;
use crate::ui::{CountBadge, Glyph, Icon, text};

stylance::import_crate_style!(style, "src/app/tab_bar.module.css");

/// The tabs' own pages; pages below them keep their docks instead.
const PAGES_WITH_TABS: [&str; 6] = ["/", "/category", "/cart", "/account", "/orders", "/shares"];

/// Whether the tab bar is shown on a page.
fn has_tabs(path: &str) -> bool {
    PAGES_WITH_TABS.contains(&path) || path.starts_with("/category/")
}

/// The tab bar.
#[component]
pub fn TabBar() -> impl IntoView {
    let path = use_location().pathname;
    let count = use_cart().count();
    let cart_label = Signal::derive(move || match count.get() {
        0 => t!(app.tab_cart).to_owned(),
        n => t!(app.tab_cart_count, n = number(n)),
    });
    move || {
        has_tabs(&path.read()).then(|| {
            view! {
                <nav class=style::bar data-home=(*path.read() == "/").then_some("") aria-label=t!(app.tabs)>
                    <Tab href=routes::home() glyph=Glyph::Home>{t!(app.tab_home)}</Tab>
                    <Tab href=routes::categories() glyph=Glyph::Grid>{t!(app.tab_categories)}</Tab>
                    <A href=routes::cart() exact=true>
                        <Icon glyph=Glyph::Cart />
                        <span class=text::hidden>{cart_label}</span>
                        <span aria-hidden="true">{t!(app.tab_cart)}</span>
                        <CountBadge count />
                    </A>
                    <Tab href=routes::account() glyph=Glyph::User>{t!(app.tab_account)}</Tab>
                </nav>
            }
        })
    }
}

#[component]
fn Tab(href: &'static str, glyph: Glyph, children: Children) -> impl IntoView {
    let is_home = href == routes::home();
    view! {
        <A href=href exact=is_home>
            <Icon glyph />
            {children()}
        </A>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_with_a_dock_of_their_own_have_no_tabs() {
        assert!(has_tabs("/") && has_tabs("/category/fruit") && has_tabs("/cart"));
        assert!(!has_tabs("/p/x") && !has_tabs("/checkout") && !has_tabs("/orders/1"));
    }
}

//! The feed's head: the shop's sign, the way to the search, and the categories as tabs.

use leptos::prelude::*;

use crate::i18n::number;
use crate::routes;
use crate::stores::{use_cart_count, use_home, use_notices};
use crate::t;
use crate::ui::{Glyph, Icon, IconLink, text};

stylance::import_crate_style!(style, "src/features/feed/header.module.css");

/// The head of the start page.
#[component]
pub fn FeedHeader() -> impl IntoView {
    let home = use_home();
    let count = use_cart_count();
    let cart_label = Signal::derive(move || match count.get() {
        0 => t!(app.tab_cart).to_owned(),
        n => t!(app.tab_cart_count, n = number(n)),
    });
    let unread = use_notices().watch();
    let bell_label = Signal::derive(move || match unread.get() {
        0 => t!(app.notifications).to_owned(),
        n => t!(app.notifications_count, n = number(n)),
    });
    let hint = move || {
        home.ready()
            .and_then(|home| home.hot_words.first().cloned())
            .unwrap_or_else(|| t!(app.search).to_owned())
    };
    view! {
        <header class=style::head>
            <div class=style::top>
                <h1 class=style::logo tabindex="-1">
                    <svg aria-hidden="true">
                        <use href="/icon.svg#logo"></use>
                    </svg>
                    {t!(app.name)}
                </h1>
                <a href=routes::search("") class=style::search>
                    <Icon glyph=Glyph::Search />
                    <span class=text::hidden>{t!(app.search)}</span>
                    <span class=style::hint>{hint}</span>
                </a>
                <IconLink href=routes::notifications() label=bell_label glyph=Glyph::Bell count=unread />
                <div class=style::me>
                    <IconLink href=routes::cart() label=cart_label glyph=Glyph::Cart count />
                    <IconLink href=routes::account() label=t!(app.tab_account) glyph=Glyph::User />
                </div>
            </div>
            <nav class=style::tabs aria-label=t!(app.tab_categories)>
                <a href=routes::home() aria-current="page">{t!(feed.for_you)}</a>
                {move || {
                    home.ready()
                        .into_iter()
                        .flat_map(|home| home.categories)
                        .map(|category| {
                            view! { <a href=routes::category(&category.id)>{category.name}</a> }
                        })
                        .collect_view()
                }}
            </nav>
        </header>
    }
}

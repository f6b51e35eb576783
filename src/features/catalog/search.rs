//! Search: words to start from, then what matches. The search itself stands in the address.

use contract::catalog::ProductQuery;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::filters::FilterSheet;
use super::query;
use super::recent;
use super::results::{Results, use_results};
use crate::platform::travel;
use crate::routes;
use crate::stores::use_home;
use crate::t;
use crate::ui::{Button, ButtonKind, Empty, Glyph, Icon, IconButton, IconSize, page_name, text};

stylance::import_crate_style!(style, "src/features/catalog/search.module.css");

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let params = use_query_map();
    let wanted = Memo::new(move |_| {
        let params = params.read();
        query::from_url(|word| params.get(word))
    });
    let is_search = Memo::new(move |_| *wanted.read() != ProductQuery::default());
    let name = Signal::derive(move || match &wanted.read().q {
        Some(q) => t!(catalog.results_for, q = q),
        None => t!(app.search).to_owned(),
    });
    page_name(name);
    let filtering = RwSignal::new(false);
    let navigate = use_navigate();
    let on_want = Callback::new(move |wanted: ProductQuery| {
        if let Some(q) = &wanted.q {
            recent::add(q);
        }
        // Each new search is a step to go back to; a refined one replaces the step.
        let options = NavigateOptions {
            replace: is_search.get_untracked(),
            ..Default::default()
        };
        navigate(&routes::search(&query::to_url(&wanted)), options);
    });
    view! {
        <header class=style::bar>
            <BackButton />
            <h1 class=text::hidden tabindex="-1">{move || name.get()}</h1>
            <SearchForm wanted on_want />
            {move || {
                is_search
                    .get()
                    .then(|| {
                        let set = Signal::derive(move || query::filters_set(&wanted.read()));
                        let label = Signal::derive(move || match set.get() {
                            0 => t!(catalog.filter).to_owned(),
                            n => t!(catalog.filter_set, n = n),
                        });
                        view! {
                            <IconButton
                                label
                                glyph=Glyph::Filter
                                count=set
                                on_press=move |()| filtering.set(true)
                            />
                        }
                    })
            }}
        </header>
        <main class=text::narrow>
            {move || {
                if is_search.get() {
                    view! { <Found wanted on_want filtering /> }.into_any()
                } else {
                    view! { <Start on_want /> }.into_any()
                }
            }}
        </main>
    }
}

#[component]
fn BackButton() -> impl IntoView {
    let navigate = use_navigate();
    let on_press = move |()| {
        if !travel::go_back() {
            navigate(routes::home(), NavigateOptions::default());
        }
    };
    view! { <IconButton label=t!(app.back) glyph=Glyph::Back on_press /> }
}

#[component]
fn SearchForm(wanted: Memo<ProductQuery>, on_want: Callback<ProductQuery>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    Effect::new(move || typed.set(wanted.read().q.clone().unwrap_or_default()));
    field.on_load(move |field| {
        if *wanted.read_untracked() == ProductQuery::default() {
            // The page is for typing then; refused only when the field is not in the page.
            let _ = field.focus();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let q = typed.get_untracked().trim().to_owned();
        if let Some(field) = field.get_untracked() {
            // Puts the keyboard away so that the results can be seen.
            let _ = field.blur();
        }
        let q = Some(q).filter(|q| !q.is_empty());
        on_want.run(ProductQuery {
            q,
            tag: None,
            ..wanted.get_untracked()
        });
    };
    view! {
        <form class=style::search role="search" on:submit=submit>
            <Icon glyph=Glyph::Search />
            <input
                node_ref=field
                type="search"
                enterkeyhint="search"
                maxlength="60"
                autocomplete="off"
                aria-label=t!(app.search)
                placeholder=t!(catalog.search_hint)
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
            />
            {move || {
                (!typed.read().is_empty())
                    .then(|| {
                        view! {
                            <IconButton
                                label=t!(app.clear)
                                glyph=Glyph::Close
                                size=IconSize::Small
                                on_press=move |()| {
                                    typed.set(String::new());
                                    if let Some(field) = field.get_untracked() {
                                        let _ = field.focus();
                                    }
                                }
                            />
                        }
                    })
            }}
        </form>
    }
}

/// What was found.
#[component]
fn Found(
    wanted: Memo<ProductQuery>,
    on_want: Callback<ProductQuery>,
    filtering: RwSignal<bool>,
) -> impl IntoView {
    let results = use_results(wanted);
    let empty = move || {
        let now = wanted.get_untracked();
        let bare = query::without_filters(&now);
        let title = match &now.q {
            Some(q) => t!(catalog.nothing_for, q = q),
            None => t!(catalog.nothing).to_owned(),
        };
        if bare == now {
            view! { <Empty glyph=Glyph::Search title text=t!(catalog.nothing_text) /> }.into_any()
        } else {
            view! {
                <Empty glyph=Glyph::Filter title text=t!(catalog.nothing_filtered)>
                    <Button kind=ButtonKind::Tonal on_press=move |()| on_want.run(bare.clone())>
                        {t!(catalog.clear_filters)}
                    </Button>
                </Empty>
            }
            .into_any()
        }
    };
    view! {
        <Results wanted results on_want empty=empty.into() />
        <FilterSheet open=filtering wanted on_want />
    }
}

/// Before a search: the shopper's own words and the shop's.
#[component]
fn Start(on_want: Callback<ProductQuery>) -> impl IntoView {
    let home = use_home();
    let own = RwSignal::new(recent::all());
    let word = move |q: String| {
        let wanted = ProductQuery {
            q: Some(q.clone()),
            ..ProductQuery::default()
        };
        view! {
            <button class=style::word type="button" on:click=move |_| on_want.run(wanted.clone())>
                {q}
            </button>
        }
    };
    view! {
        {move || {
            let own_words = own.get();
            (!own_words.is_empty())
                .then(|| {
                    view! {
                        <section class=style::words aria-label=t!(catalog.recent)>
                            <header>
                                <h2>{t!(catalog.recent)}</h2>
                                <IconButton
                                    label=t!(catalog.recent_clear)
                                    glyph=Glyph::Trash
                                    size=IconSize::Small
                                    on_press=move |()| {
                                        recent::clear();
                                        own.set(Vec::new());
                                    }
                                />
                            </header>
                            <div>{own_words.into_iter().map(word).collect_view()}</div>
                        </section>
                    }
                })
        }}
        {move || {
            home.ready()
                .filter(|home| !home.hot_words.is_empty())
                .map(|home| {
                    view! {
                        <section class=style::words aria-label=t!(catalog.hot)>
                            <header>
                                <h2>{t!(catalog.hot)}</h2>
                            </header>
                            <div>{home.hot_words.into_iter().map(word).collect_view()}</div>
                        </section>
                    }
                })
        }}
    }
}

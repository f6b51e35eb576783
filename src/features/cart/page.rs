//! The cart's page: rows by store, what must be decided, and the way to the checkout.

use std::collections::BTreeSet;

use contract::{SkuId, StoreId};
use leptos::prelude::*;

use super::dock::CartDock;
use super::notices::CartNotices;
use super::row::CartRow;
use crate::api::Failure;
use crate::i18n::number;
use crate::platform::{events, timers, visibility};
use crate::routes;
use crate::stores::cart::store::Quoting;
use crate::stores::cart::{Edit, Review};
use crate::stores::use_cart;
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Check, Empty, Glyph, Notice, NoticeKind, Panel, Skeleton,
    SkeletonKind, Topbar, text,
};

stylance::import_crate_style!(style, "src/features/cart/page.module.css");

/// Waiting for prices this long is worth a word, in milliseconds.
const SLOW_MS: u32 = 10_000;

/// What the page's modes share.
#[derive(Clone, Copy)]
pub(super) struct Mode {
    /// Taking things out instead of ordering.
    pub managing: RwSignal<bool>,
    /// What is marked to be taken out.
    pub marked: RwSignal<BTreeSet<SkuId>>,
}

/// The cart's page.
#[component]
pub fn CartPage() -> impl IntoView {
    let cart = use_cart();
    let review = cart.review();
    let mode = Mode {
        managing: RwSignal::new(false),
        marked: RwSignal::default(),
    };
    let kinds = Memo::new(move |_| review.with(|review| review.rows().count() as u64));
    keep_prices_fresh();
    let title = Signal::derive(move || match kinds.get() {
        0 => t!(cart.title).to_owned(),
        n => format!("{} {}", t!(cart.title), number(n)),
    });
    let manage = move || {
        mode.marked.set(BTreeSet::new());
        mode.managing.update(|managing| *managing = !*managing);
    };
    let words = move || {
        if mode.managing.get() {
            t!(cart.done)
        } else {
            t!(cart.manage)
        }
    };
    view! {
        <Topbar title>
            <Show when=move || { kinds.get() > 0 }>
                <Button kind=ButtonKind::Quiet small=true on_press=move |()| manage()>
                    {words}
                </Button>
            </Show>
        </Topbar>
        <main class=stylance::classes!(text::narrow, text::panels)>
            <CartNotices />
            {move || match kinds.get() {
                0 => view! { <EmptyCart /> }.into_any(),
                _ => view! { <Shelves mode /> }.into_any(),
            }}
        </main>
        <Show when=move || { kinds.get() > 0 }>
            <CartDock mode />
        </Show>
    }
}

/// Asks for prices when the page opens, when the cart changed, and when the shopper is back.
fn keep_prices_fresh() {
    let cart = use_cart();
    let visible = visibility::visible();
    let wanted = Memo::new(move |_| {
        cart.review().with(|review| {
            let line = |row: &crate::stores::cart::Row| (row.sku.clone(), row.quantity);
            review.rows().map(line).collect::<Vec<_>>()
        })
    });
    Effect::new(move || {
        // Read, not tracked: a memo that nobody reads never wakes up.
        wanted.with(|_| ());
        if visible.get() {
            cart.refresh_soon();
        }
    });
    events::on_window("online", move |_| cart.refresh_soon());
}

#[component]
fn EmptyCart() -> impl IntoView {
    view! {
        <Empty glyph=Glyph::Cart title=t!(cart.empty_title) text=t!(cart.empty_text)>
            <ButtonLink href=routes::home() kind=ButtonKind::Primary>
                {t!(cart.empty_action)}
            </ButtonLink>
        </Empty>
    }
}

/// The rows, by store; before the first prices their boxes, or why there are none.
#[component]
fn Shelves(mode: Mode) -> impl IntoView {
    let cart = use_cart();
    let review = cart.review();
    let quoting = cart.quoting();
    let quoted = Memo::new(move |_| cart.is_quoted());
    let failure = move || match quoting.get() {
        Quoting::Failed(error) => Some(error),
        _ => None,
    };
    let stores = move || {
        let id = |shelf: &crate::stores::cart::review::Shelfful| {
            shelf.store.as_ref().map(|store| store.id.clone())
        };
        review.with(|review| review.shelves.iter().map(id).collect::<Vec<_>>())
    };
    view! {
        <SlowNotice />
        {move || {
            if quoted.get() {
                view! {
                    {move || failure().map(|_| view! { <Stale /> })}
                    <For each=stores key=Clone::clone let:store>
                        <Shelf store mode />
                    </For>
                }
                    .into_any()
            } else if let Some(error) = failure() {
                view! { <Failure error on_retry=move || cart.refresh_soon() /> }.into_any()
            } else {
                view! { <Waiting /> }.into_any()
            }
        }}
    }
}

#[component]
fn Stale() -> impl IntoView {
    let cart = use_cart();
    let retry = move || {
        view! {
            <Button small=true on_press=move |()| cart.refresh_soon()>
                {t!(app.retry)}
            </Button>
        }
    };
    view! {
        <Notice kind=NoticeKind::Warn glyph=Glyph::Offline action=retry>
            {t!(cart.stale)}
        </Notice>
    }
}

#[component]
fn SlowNotice() -> impl IntoView {
    let quoting = use_cart().quoting();
    let slow = RwSignal::new(false);
    Effect::new(move || {
        slow.set(false);
        if matches!(quoting.get(), Quoting::Asking) {
            timers::after(SLOW_MS, move || slow.set(true));
        }
    });
    view! {
        <Show when=move || slow.get()>
            <Notice glyph=Glyph::Clock>{t!(app.slow)}</Notice>
        </Show>
    }
}

/// As many boxes as there are rows, so that nothing moves when they come.
#[component]
fn Waiting() -> impl IntoView {
    let review = use_cart().review();
    let count = review.with_untracked(|review| review.rows().count().min(8));
    let rows = (0..count)
        .map(|_| {
            view! {
                <li class=style::line>
                    <Skeleton kind=SkeletonKind::Block />
                </li>
            }
        })
        .collect_view();
    view! {
        <Panel label=t!(app.loading)>
            <ul class=style::waiting aria-busy="true">
                {rows}
            </ul>
        </Panel>
    }
}

/// One store's rows.
#[component]
fn Shelf(store: Option<StoreId>, mode: Mode) -> impl IntoView {
    let cart = use_cart();
    let review = cart.review();
    let id = StoredValue::new(store);
    let find = move |review: &Review| {
        let same = |store: &Option<contract::catalog::StoreCard>| {
            id.with_value(|id| store.as_ref().map(|store| &store.id) == id.as_ref())
        };
        review
            .shelves
            .iter()
            .find(|shelf| same(&shelf.store))
            .cloned()
    };
    let shelf = Memo::new(move |before: Option<&Option<_>>| {
        review.with(find).or_else(|| before.cloned().flatten())
    });
    let name = shelf.with_untracked(|shelf| {
        let store = shelf.as_ref().and_then(|shelf| shelf.store.as_ref());
        store.map_or_else(
            || t!(cart.more_things).to_owned(),
            |store| store.name.clone(),
        )
    });
    let rows = move || {
        let skus = shelf.with(|shelf| {
            shelf
                .iter()
                .flat_map(|shelf| &shelf.rows)
                .map(|row| row.sku.clone())
                .collect::<Vec<_>>()
        });
        // A row may leave the shelf before the shelf leaves the page.
        skus.into_iter()
            .filter(|sku| review.with(|review| review.rows().any(|row| row.sku == *sku)))
            .collect::<Vec<_>>()
    };
    let tickable = move || {
        shelf.with(|shelf| {
            let rows = shelf.iter().flat_map(|shelf| &shelf.rows);
            rows.filter(|row| row.can_count())
                .map(|row| (row.sku.clone(), row.chosen))
                .collect::<Vec<_>>()
        })
    };
    let ticked = Memo::new(move |_| {
        let rows = tickable();
        (
            rows.len(),
            rows.iter().filter(|(_, chosen)| *chosen).count(),
        )
    });
    let choose = move |chosen: bool| {
        let skus = tickable().into_iter().map(|(sku, _)| sku).collect();
        // Only an added line can be refused.
        let _ = cart.edit(&Edit::Choose(skus, chosen));
    };
    let label = t!(cart.choose_store, store = name);
    view! {
        <Panel label=name.clone()>
            <header class=style::head>
                <Show when=move || !mode.managing.get()>
                    <Check
                        checked=Signal::derive(move || {
                            let (all, some) = ticked.get();
                            all > 0 && all == some
                        })
                        partly=Signal::derive(move || {
                            let (all, some) = ticked.get();
                            some > 0 && some < all
                        })
                        disabled=Signal::derive(move || ticked.get().0 == 0)
                        label=label.clone()
                        on_change=choose
                    />
                </Show>
                <h2>{name.clone()}</h2>
            </header>
            <ul class=style::basket>
                <For each=rows key=Clone::clone let:sku>
                    <CartRow sku mode />
                </For>
            </ul>
        </Panel>
    }
}

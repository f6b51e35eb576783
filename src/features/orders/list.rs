//! The list of orders, by state, page after page.

use contract::orders::OrderCard as Card;
use contract::{Cursor, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::api;
use super::card::OrderCard;
use super::state::Tab;
use crate::api::{Loading, events, failure_words, use_load};
use crate::routes;
use crate::stores::use_session;
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Empty, Glyph, LongList, Measured, Panel, Skeleton,
    SkeletonKind, Topbar, text, toast,
};

stylance::import_crate_style!(style, "src/features/orders/list.module.css");

/// The page of `/orders?state=…`.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let session = use_session();
    let query = use_query_map();
    let tab =
        Memo::new(move |_| query.with(|query| Tab::from_query(query.get("state").as_deref())));
    let is_signed_in = Memo::new(move |_| session.me().is_some());
    let load = use_load(move || {
        let state = tab.get().state();
        async move { api::list_orders(state, None).await }
    });
    // A change of any order puts the list right without a reload.
    let fresh = RwSignal::new(None::<Page<Card>>);
    let refresh = move || {
        let asked = tab.get_untracked();
        spawn_local(async move {
            let page = api::list_orders(asked.state(), None).await;
            if let (Ok(page), Some(true)) = (page, tab.try_with_untracked(|tab| *tab == asked)) {
                fresh.try_set(Some(page));
            }
        });
    };
    Effect::new(move || {
        if is_signed_in.get() {
            events::listen(vec!["user:me".to_owned()], move |heard| {
                // The first page is read anyway while the stream opens.
                if matches!(heard, events::Heard::Event(_)) {
                    refresh();
                }
            });
        }
    });
    let children = move |page: Page<Card>| {
        fresh.set(None);
        view! { {move || { let page = fresh.get().unwrap_or_else(|| page.clone()); view! { <Orders page tab=tab.get_untracked() /> } }} }.into_any()
    };
    view! {
        <Topbar title=t!(orders.title) back=routes::account() />
        <main class=text::narrow>
            <nav class=style::tabs aria-label=t!(orders.tabs)>
                {Tab::EVERY.map(|one| view! { <TabLink one tab /> }).into_iter().collect_view()}
            </nav>
            <Loading load skeleton=waiting children />
        </main>
    }
}

fn tab_words(tab: Tab) -> &'static str {
    match tab {
        Tab::All => t!(orders.tab_all),
        Tab::ToPay => t!(orders.tab_to_pay),
        Tab::Paid => t!(orders.tab_paid),
        Tab::Refunded => t!(orders.tab_refunded),
        Tab::Closed => t!(orders.tab_closed),
    }
}

#[component]
fn TabLink(one: Tab, tab: Memo<Tab>) -> impl IntoView {
    let href = routes::orders(one.state());
    view! {
        <a href=href aria-current=move || (tab.get() == one).then_some("true")>
            {tab_words(one)}
        </a>
    }
}

fn waiting() -> AnyView {
    let panel = || view! { <Panel><Skeleton kind=SkeletonKind::Block /></Panel> };
    view! {
        <div class=stylance::classes!(text::panels, style::waiting) aria-busy="true" aria-label=t!(app.loading)>
            {panel()} {panel()} {panel()}
        </div>
    }
    .into_any()
}

/// A card of another state is another card.
fn key(card: &Card) -> String {
    format!("{}:{:?}:{}", card.id, card.state, card.waits_for_group)
}

fn draw(card: Option<Card>) -> AnyView {
    card.map(|card| view! { <OrderCard card /> }).into_any()
}

/// The pages read so far, and the way to the next.
#[component]
fn Orders(page: Page<Card>, tab: Tab) -> impl IntoView {
    let toaster = toast();
    let cards = RwSignal::new(page.items);
    let next = RwSignal::new(page.next);
    let busy = RwSignal::new(false);
    let more = move |cursor: Cursor| {
        busy.set(true);
        spawn_local(async move {
            match api::list_orders(tab.state(), Some(&cursor)).await {
                Ok(page) => {
                    cards.try_update(|cards| {
                        let news = page
                            .items
                            .into_iter()
                            .filter(|new| cards.iter().all(|card| card.id != new.id));
                        let news: Vec<_> = news.collect();
                        cards.extend(news);
                    });
                    next.try_set(page.next);
                }
                Err(error) => toaster.show(failure_words(&error).1),
            }
            busy.try_set(false);
        });
    };
    let foot = move || match next.get() {
        Some(cursor) => view! {
            <Button kind=ButtonKind::Quiet wide=true busy on_press=move |()| more(cursor.clone())>
                {t!(orders.more)}
            </Button>
        }
        .into_any(),
        None => view! { <p class=style::end>{t!(orders.end)}</p> }.into_any(),
    };
    move || {
        match cards.with(Vec::is_empty) {
        true => view! {
            <Empty glyph=Glyph::Package title=t!(orders.empty_title) text=t!(orders.empty_text)>
                <ButtonLink href=routes::home() kind=ButtonKind::Primary>
                    {t!(orders.browse)}
                </ButtonLink>
            </Empty>
        }
        .into_any(),
        false => view! {
            <LongList
                count=Memo::new(move |_| cards.read().len()).into()
                complete=Memo::new(move |_| next.read().is_none()).into()
                measured=Signal::stored(Measured::default())
                key=Callback::new(move |at: usize| cards.read().get(at).map_or_else(String::new, key))
                draw=Callback::new(move |at: usize| draw(cards.read_untracked().get(at).cloned()))
                class=text::panels
            />
            {foot}
        }
        .into_any(),
    }
    }
}

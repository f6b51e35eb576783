//! The page of `/studio/orders`: everybody's orders, found by number, by the end of a phone number, by state.

use contract::Page;
use contract::orders_studio::StudioOrder;
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::i18n::{day_and_time, money_to_pay};
use storefront::t;
use storefront::ui::{
    Badge, Button, ButtonKind, Empty, Field, FieldKind, Glyph, Icon, IconSize, text,
};

use super::{api, state, words};
use crate::head::{self, Head};
use crate::paged::{Paged, waiting};
use crate::{address, form};

stylance::import_crate_style!(style, "src/orders/list.module.css");

/// The states that can be asked for.
const STATES: [&str; 6] = [
    "pending_payment",
    "paid",
    "received",
    "refunding",
    "refunded",
    "closed",
];

fn state_words(state: &str) -> &'static str {
    match state {
        "pending_payment" => t!(orders_studio.pending_payment),
        "paid" => t!(orders_studio.paid),
        "received" => t!(orders_studio.received),
        "refunding" => t!(orders_studio.refunding),
        "refunded" => t!(orders_studio.refunded),
        "closed" => t!(orders_studio.closed),
        _ => t!(orders_studio.every_state),
    }
}

/// Everybody's orders.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let asked = RwSignal::new(String::new());
    let chosen = RwSignal::new(String::new());
    let load = use_load(move || api::list_studio_orders(asked.get(), chosen.get(), None));
    let children = move |page: Page<StudioOrder>| {
        if page.items.is_empty() {
            let title = t!(orders_studio.none);
            return view! { <Empty glyph=Glyph::List title text=t!(orders_studio.none_text) /> }
                .into_any();
        }
        let more = move |cursor| {
            api::list_studio_orders(asked.get_untracked(), chosen.get_untracked(), Some(cursor))
        };
        view! { <Paged page draw=row class=style::orders more /> }.into_any()
    };
    view! {
        <Head title=Signal::derive(|| t!(orders_studio.name).to_owned()) />
        <main class=head::main>
            <form
                class=style::search
                role="search"
                on:submit=move |event: leptos::ev::SubmitEvent| {
                    event.prevent_default();
                    asked.set(typed.get_untracked().trim().to_owned());
                }
            >
                <Field label=t!(orders_studio.find) kind=FieldKind::Text value=typed longest=64 />
                <label class=form::field>
                    <span>{t!(orders_studio.state)}</span>
                    <select on:change=move |event| chosen.set(event_target_value(&event))>
                        <option value="">{state_words("")}</option>
                        {STATES.map(|state| view! { <option value=state>{state_words(state)}</option> }).into_iter().collect_view()}
                    </select>
                </label>
                <Button kind=ButtonKind::Tonal submit=true>
                    <Icon glyph=Glyph::Search size=IconSize::Small />
                    {t!(app.search)}
                </Button>
            </form>
            <Loading load skeleton=waiting children />
        </main>
    }
}

fn row(order: StudioOrder) -> AnyView {
    let (kind, state) = words::state(order.state, order.waits_for_group);
    let others = order.lines.saturating_sub(1);
    view! {
        <a class=style::order href=address::order(&order.id)>
            <span class=style::what>
                <b>{order.title}</b>
                {(others > 0).then(|| view! { <span class=text::muted>{t!(orders_studio.and_more, n = others)}</span> })}
            </span>
            <b class=style::total>{money_to_pay(order.total)}</b>
            <span class=style::facts>
                <Badge kind>{state}</Badge>
                <span>{words::way(order.fulfilment)}</span>
                <span>{order.phone_masked}</span>
                <span>{t!(orders_studio.number_end, end = state::end_of(order.id.as_str()))}</span>
                <time>{day_and_time(order.placed_at)}</time>
            </span>
        </a>
    }
    .into_any()
}

//! One order, live: what the shop changes shows without a reload.

use contract::OrderId;
use contract::orders::{OrderAction, OrderDetail, OrderLine};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

use super::api;
use super::cancel::CancelButton;
use super::dock::OrderDock;
use super::group::GroupPanel;
use super::hero::Hero;
use super::state::{TotalIs, is_news, looks_alike, newest, topics, total_is};
use super::timeline::Timeline;
use crate::api::{Loading, events, use_load};
use crate::i18n::{day_and_time, number};
use crate::routes;
use crate::stores::{phone, use_server_time};
use crate::t;
use crate::ui::{
    Amount, Announcer, Discounts, Item, Panel, Price, PriceInk, PriceSize, Skeleton, SkeletonKind,
    Sum, SumRow, Topbar, text,
};

stylance::import_crate_style!(style, "src/features/orders/detail.module.css");

/// The page of `/orders/{id}`.
#[component]
pub fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let id = OrderId(params.with_untracked(|params| params.get("id").unwrap_or_default()));
    let time = use_server_time();
    let shown = RwSignal::new(None::<OrderDetail>);
    let stored = StoredValue::new(id);
    let fetch = move || {
        let id = stored.get_value();
        async move {
            time.timed(api::get_order(&id), |order| order.server_now)
                .await
        }
    };
    let load = use_load(fetch);
    let announcer = use_context::<Announcer>();
    let take = move |order: OrderDetail| {
        let before = shown.get_untracked();
        if before
            .as_ref()
            .is_some_and(|before| looks_alike(before, &order))
        {
            return;
        }
        let state = before.as_ref().map(|order| order.card.state);
        let now = newest(before, order);
        if let (Some(announcer), Some(true)) =
            (announcer, state.map(|state| state != now.card.state))
        {
            announcer.say(super::card::state_badge(&now.card).1);
        }
        shown.set(Some(now));
    };
    let topics = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(topics)));
    let hear = move |heard: events::Heard| {
        let is_needed = match &heard {
            events::Heard::Event(event) => {
                shown.with_untracked(|shown| is_news(shown.as_ref(), &event.event))
            }
            events::Heard::Live(_) => false,
            events::Heard::Gap => shown.with_untracked(Option::is_some),
        };
        if is_needed {
            spawn_local(async move {
                // What is shown stays until the next event or gap when this one fails.
                if let (Ok(order), true) = (fetch().await, shown.try_get_untracked().is_some()) {
                    take(order);
                }
            });
        }
    };
    Effect::new(move || {
        if let Some(topics) = topics.get() {
            events::listen(topics, hear);
        }
    });
    let children = move |order: OrderDetail| {
        take(order);
        view! { {move || shown.get().map(|order| view! { <Order order on_change=Callback::new(take) /> })} }.into_any()
    };
    view! {
        <Topbar title=t!(orders.detail) back=routes::orders(None) />
        <Loading load skeleton=waiting children />
    }
}

fn waiting() -> AnyView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels, style::waiting) aria-busy="true" aria-label=t!(app.loading)>
            <Panel>
                <Skeleton kind=SkeletonKind::Block />
            </Panel>
            <Panel>
                <Skeleton kind=SkeletonKind::Block />
            </Panel>
        </main>
    }
    .into_any()
}

#[component]
fn Order(order: OrderDetail, on_change: Callback<OrderDetail>) -> impl IntoView {
    let can = |action| order.actions.contains(&action);
    let cancel = can(OrderAction::Cancel);
    let cancelled = order.clone();
    let cancel = cancel.then(move || view! { <CancelButton order=cancelled on_change /> });
    let group = order
        .group
        .clone()
        .map(|group| view! { <GroupPanel group /> });
    let entries = order.timeline.clone();
    view! {
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Hero order=order.clone() />
            {group}
            <Panel title=t!(orders.progress)>
                <Timeline entries />
            </Panel>
            <Goods order=order.clone() />
            <Where order=order.clone() />
            {cancel}
        </main>
        <OrderDock order on_change />
    }
}

#[component]
fn Goods(order: OrderDetail) -> impl IntoView {
    let total_label = match total_is(order.card.state) {
        TotalIs::ToPay => t!(orders.to_pay),
        TotalIs::Paid => t!(orders.paid_total),
        TotalIs::NeverPaid => t!(orders.total),
    };
    let line = |line: OrderLine| {
        view! {
            <li>
                <Item
                    picture=line.picture
                    title=line.title
                    href=routes::product(&line.slug, Some(&line.sku))
                    sub=line.label
                >
                    <Price amount=line.unit_price ink=PriceInk::Plain label=t!(app.price) />
                    <span class=stylance::classes!(text::small, text::muted)>
                        {t!(orders.times, n = number(line.quantity.into()))}
                    </span>
                </Item>
            </li>
        }
    };
    view! {
        <Panel label=t!(orders.goods)>
            <ul class=style::goods>{order.card.lines.into_iter().map(line).collect_view()}</ul>
            <Sum>
                <SumRow label=t!(orders.goods_total)>
                    <Amount amount=order.goods_total to_pay=true />
                </SumRow>
                <Discounts promotions=order.promotions />
                <SumRow label=t!(orders.shipping)>
                    <Amount amount=order.shipping_fee to_pay=true />
                </SumRow>
                {(order.refunded.minor > 0)
                    .then(|| {
                        view! {
                            <SumRow label=t!(orders.returned) saving=true>
                                <Amount amount=order.refunded to_pay=true />
                            </SumRow>
                        }
                    })}
                <SumRow label=total_label total=true>
                    <Price amount=order.card.total ink=PriceInk::Plain size=PriceSize::Large to_pay=true />
                </SumRow>
            </Sum>
        </Panel>
    }
}

#[component]
fn Where(order: OrderDetail) -> impl IntoView {
    let to = order.destination;
    let place = [to.place, to.address]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let contact = format!("{} {}", to.contact.name, phone::masked(&to.contact.phone));
    let remark = (!order.remark.is_empty())
        .then(|| view! { <SumRow label=t!(orders.remark)>{order.remark}</SumRow> });
    view! {
        <Panel title=t!(orders.destination)>
            <div class=style::place>
                <p>{place}</p>
                <p class=stylance::classes!(text::small, text::muted)>{contact}</p>
            </div>
            <Sum>
                {remark}
                <SumRow label=t!(orders.placed_at)>{day_and_time(order.card.placed_at)}</SumRow>
                <SumRow label=t!(orders.number)>
                    <span class=style::number>{order.card.id.0}</span>
                </SumRow>
            </Sum>
        </Panel>
    }
}

//! The page of one order: what was bought and what of it is left, whom it is for, what went back.

use contract::OrderId;
use contract::orders::OrderLine;
use contract::orders_studio::{LineLeft, RevealedContact, StudioOrderDetail};
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::i18n::{day_and_time, money_to_pay};
use storefront::t;
use storefront::ui::{
    Badge, Button, ButtonKind, Glyph, Icon, IconSize, Panel, Picture, PictureKind, Sum, SumRow,
    text,
};

use super::handover::HandOverSheet;
use super::refund::RefundSheet;
use super::{api, state, words};
use crate::address;
use crate::deed::{Deed, Trouble};
use crate::head::{self, Head};
use crate::paged::waiting;

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/orders/detail.module.css"
);

/// One order.
#[component]
pub fn OrderPage(id: OrderId) -> impl IntoView {
    let number = state::end_of(id.as_str());
    let title = t!(orders_studio.one, end = number);
    let load = use_load(move || api::get_studio_order(id.clone()));
    let (refunding, handing) = (RwSignal::new(false), RwSignal::new(false));
    let acts = move || {
        load.ready().map(|seen| view! {
            {seen.can_hand_over.then(|| view! {
                <Button kind=ButtonKind::Tonal on_press=move |()| handing.set(true)>{t!(orders_studio.hand_over)}</Button>
            })}
            {seen.can_refund.then(|| view! {
                <Button kind=ButtonKind::Primary on_press=move |()| refunding.set(true)>{t!(orders_studio.refund)}</Button>
            })}
        })
    };
    let sheets = move || {
        load.ready().map(|seen| {
            view! {
                <RefundSheet open=refunding seen=seen.clone() on_done=move |()| load.retry() />
                <HandOverSheet open=handing seen on_done=move |()| load.retry() />
            }
        })
    };
    view! {
        <Head title=Signal::stored(title) back=address::orders()>{acts}</Head>
        <main class=head::main>
            <Loading load skeleton=waiting children=|seen| view! { <Order seen /> }.into_any() />
        </main>
        {sheets}
    }
}

#[component]
fn Order(seen: StudioOrderDetail) -> impl IntoView {
    let order = seen.order;
    let card = order.card;
    let (kind, where_it_stands) = words::state(card.state, card.waits_for_group);
    let left = seen.left;
    let lines = card.lines.into_iter().enumerate().map(|(place, line)| {
        let left = left
            .iter()
            .find(|left| usize::try_from(left.line) == Ok(place));
        view! { <li><Line line left=left.copied() /></li> }
    });
    let lines = lines.collect_view();
    let refunds = seen.refunds.into_iter().map(|refund| {
        let arrived = match refund.arrived {
            true => t!(orders_studio.arrived),
            false => t!(orders_studio.on_its_way),
        };
        view! { <SumRow label=arrived>{money_to_pay(refund.amount)}</SumRow> }
    });
    let refunds: Vec<_> = refunds.collect();
    let events = order.timeline.into_iter().map(|entry| {
        view! {
            <li><span>{words::happened(entry.kind)}</span><time>{day_and_time(entry.at)}</time></li>
        }
    });
    view! {
        <div class=head::sides>
            <div class=head::side>
                <Panel title=t!(orders_studio.goods).to_owned() more=move || view! { <Badge kind>{where_it_stands}</Badge> }>
                    <ul class=style::lines>{lines}</ul>
                    <Sum>
                        <SumRow label=t!(orders_studio.goods_total)>{money_to_pay(order.goods_total)}</SumRow>
                        {order.discount.map(|discount| view! {
                            <SumRow label=t!(orders_studio.discount) saving=true>"−"{money_to_pay(discount)}</SumRow>
                        })}
                        <SumRow label=t!(orders_studio.shipping)>{money_to_pay(order.shipping_fee)}</SumRow>
                        <SumRow label=t!(orders_studio.total) total=true>{money_to_pay(card.total)}</SumRow>
                    </Sum>
                </Panel>
                {(!refunds.is_empty()).then(|| view! {
                    <Panel title=t!(orders_studio.refunds).to_owned()><Sum>{refunds}</Sum></Panel>
                })}
            </div>
            <div class=head::side>
                <Panel title=words::way(order.destination.kind).to_owned()>
                    <Contact id=card.id.clone() name=order.destination.contact.name phone=order.destination.contact.phone
                        place=order.destination.place address=order.destination.address />
                    <dl class=style::facts>
                        <dt>{t!(orders_studio.account)}</dt><dd>{seen.phone_masked}</dd>
                        {(!order.remark.is_empty()).then(|| view! { <dt>{t!(orders_studio.remark)}</dt><dd>{order.remark.clone()}</dd> })}
                        <dt>{t!(orders_studio.number)}</dt><dd><code>{card.id.0}</code></dd>
                    </dl>
                </Panel>
                <Panel title=t!(orders_studio.progress).to_owned()><ol class=style::events>{events.collect_view()}</ol></Panel>
            </div>
        </div>
    }
}

#[component]
fn Line(line: OrderLine, left: Option<LineLeft>) -> impl IntoView {
    let gone = line
        .quantity
        .saturating_sub(left.map_or(0, |left| left.quantity));
    view! {
        <Picture picture=line.picture kind=PictureKind::Thumb />
        <span class=text::grow>
            <b>{line.title}</b>
            <span class=stylance::classes!(text::caption, text::muted)>
                {line.label}" × "{line.quantity}
                {(gone > 0).then(|| view! { " · "{t!(orders_studio.gone_back, n = gone)} })}
            </span>
        </span>
        <span class=text::number>{money_to_pay(line.line_total)}</span>
    }
}

/// Whom to call: masked until somebody says that it is needed.
#[component]
fn Contact(
    id: OrderId,
    name: String,
    phone: String,
    place: String,
    address: String,
) -> impl IntoView {
    let deed = Deed::new();
    let shown = RwSignal::new(None::<RevealedContact>);
    let id = StoredValue::new(id);
    let press = move |()| {
        deed.run(
            move |key| api::reveal_contact(key, id.get_value()),
            move |contact| shown.set(Some(contact)),
        )
    };
    let told = move || match shown.get() {
        Some(seen) => (seen.contact.name, seen.contact.phone, seen.address),
        None => (name.clone(), phone.clone(), address.clone()),
    };
    let told = Memo::new(move |_| told());
    view! {
        <div class=style::contact>
            <p>
                <b>{move || told.get().0}</b>" "
                <span class=text::number>{move || told.get().1}</span>
            </p>
            {(!place.is_empty()).then(|| view! { <p>{place.clone()}</p> })}
            <p class=text::muted>{move || told.get().2}</p>
            <Trouble deed />
            {move || shown.with(Option::is_none).then(|| view! {
                <Button kind=ButtonKind::Outline small=true busy=deed.busy on_press=press>
                    <Icon glyph=Glyph::Eye size=IconSize::Small />
                    {t!(orders_studio.reveal)}
                </Button>
                <p class=stylance::classes!(text::caption, text::muted)>{t!(orders_studio.reveal_text)}</p>
            })}
        </div>
    }
}

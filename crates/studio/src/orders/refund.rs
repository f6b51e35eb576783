//! Giving money back: all of an order or some of it. What goes back is asked of the shop and shown before it is done.

use contract::books::{RefundGiven, RefundOrder};
use contract::orders::OrderState;
use contract::orders_studio::{RefundQuestion, RefundQuote, StudioOrderDetail};
use leptos::prelude::*;
use storefront::api::{Loaded, use_load};
use storefront::i18n::money_to_pay;
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Check, Glyph, Notice, NoticeKind, Segmented, Sheet, Skeleton, SkeletonKind,
    Stepper, Sum, SumRow, text, toast,
};

use super::{api, state};
use crate::deed::{Deed, Trouble};
use crate::refusal;

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/orders/detail.module.css"
);

/// How much of an order goes back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Much {
    All,
    Some,
}

/// The dialogue, in a sheet.
#[component]
pub(super) fn RefundSheet(
    open: RwSignal<bool>,
    seen: StudioOrderDetail,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let seen = StoredValue::new(seen);
    view! {
        {move || open.get().then(|| view! { <Dialogue open seen=seen.get_value() on_done /> })}
    }
}

#[component]
fn Dialogue(open: RwSignal<bool>, seen: StudioOrderDetail, on_done: Callback<()>) -> impl IntoView {
    let much = RwSignal::new(Much::All);
    let counts = RwSignal::new(vec![0_u32; seen.left.len()]);
    let restock = RwSignal::new(false);
    let deed = Deed::new();
    let toaster = toast();
    let is_received = seen.order.card.state == OrderState::Received;
    let id = StoredValue::new(seen.order.card.id.clone());
    let left = StoredValue::new(seen.left.clone());
    // Nothing while nothing is chosen.
    let asked = Memo::new(move |_| match much.get() {
        Much::All => Some(Vec::new()),
        Much::Some => {
            let lines = left.with_value(|left| state::chosen(left, &counts.read()));
            (!lines.is_empty()).then_some(lines)
        }
    });
    let quote = use_load(move || {
        let asked = asked.get();
        async move {
            match asked {
                Some(lines) => api::quote_refund(id.get_value(), RefundQuestion { lines })
                    .await
                    .map(Some),
                None => Ok(None),
            }
        }
    });
    let ready = Memo::new(move |_| quote.ready().flatten());
    let press = move |()| {
        let (Some(lines), Some(said)) = (asked.get_untracked(), ready.get_untracked()) else {
            return;
        };
        let wish = RefundOrder {
            lines,
            restock: restock.get_untracked(),
        };
        deed.run(
            move |key| api::refund_order(key, id.get_value(), wish),
            move |given: RefundGiven| {
                let back = money_to_pay(given.amount.unwrap_or(said.total));
                toaster.show(t!(orders_studio.goes_back, amount = back));
                open.set(false);
                on_done.run(());
            },
        );
    };
    let foot = move || {
        view! {
            <Trouble deed />
            <Button
                kind=ButtonKind::Primary
                wide=true
                busy=deed.busy
                disabled=Signal::derive(move || ready.with(Option::is_none))
                on_press=press
            >
                {move || match ready.get() {
                    Some(said) => t!(orders_studio.give_back, amount = money_to_pay(said.total)),
                    None => t!(orders_studio.refund).to_owned(),
                }}
            </Button>
        }
    };
    let seen = StoredValue::new(seen);
    view! {
        <Sheet open title=t!(orders_studio.refund).to_owned() foot>
            <div class=text::stack>
                <Segmented
                    label=t!(orders_studio.how_much)
                    name="much"
                    options=vec![Much::All, Much::Some]
                    words=|much: Much| match much {
                        Much::All => t!(orders_studio.all_left).to_owned(),
                        Much::Some => t!(orders_studio.some_lines).to_owned(),
                    }
                    chosen=much
                    on_choose=move |wanted| much.set(wanted)
                />
                {move || (much.get() == Much::Some).then(|| view! { <Lines seen=seen.get_value() counts /> })}
                {is_received.then(|| view! {
                    <div class=style::choice>
                        <Check checked=restock label=t!(orders_studio.restock) on_change=move |on| restock.set(on) />
                        <span>
                            <b>{t!(orders_studio.restock)}</b>
                            <small>{t!(orders_studio.restock_text)}</small>
                        </span>
                    </div>
                })}
                {move || match quote.state.get() {
                    Loaded::Ready(Some(said)) => view! { <Told said seen=seen.get_value() /> }.into_any(),
                    Loaded::Ready(None) => view! { <p class=text::muted>{t!(orders_studio.choose)}</p> }.into_any(),
                    Loaded::Failed(error) => view! {
                        <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>{refusal::words(&error)}</Notice>
                    }
                    .into_any(),
                    _ => view! { <Skeleton kind=SkeletonKind::Block /> }.into_any(),
                }}
            </div>
        </Sheet>
    }
}

/// How many of each line.
#[component]
fn Lines(seen: StudioOrderDetail, counts: RwSignal<Vec<u32>>) -> impl IntoView {
    let titles: Vec<_> = seen.order.card.lines.iter().map(title).collect();
    let lines = seen.left.into_iter().enumerate().map(move |(at, left)| {
        let place = usize::try_from(left.line).unwrap_or(usize::MAX);
        let title = titles.get(place).cloned().unwrap_or_default();
        let count = Signal::derive(move || {
            counts.with(|counts| counts.get(at).copied().unwrap_or_default())
        });
        let set = move |wanted: u32| {
            counts.update(|counts| {
                if let Some(count) = counts.get_mut(at) {
                    *count = wanted;
                }
            });
        };
        view! {
            <li>
                <span class=text::grow>
                    {title.clone()}
                    <br />
                    <small class=text::muted>{t!(orders_studio.left, n = left.quantity)}</small>
                </span>
                <Stepper value=count min=0 max=left.quantity small=true label=title on_change=set />
            </li>
        }
    });
    view! { <ul class=style::back>{lines.collect_view()}</ul> }
}

fn title(line: &contract::orders::OrderLine) -> String {
    format!("{} {}", line.title, line.label)
}

/// What goes back.
#[component]
fn Told(said: RefundQuote, seen: StudioOrderDetail) -> impl IntoView {
    let titles: Vec<_> = seen.order.card.lines.iter().map(title).collect();
    let lines = said.lines.into_iter().map(move |line| {
        let place = usize::try_from(line.line).unwrap_or(usize::MAX);
        let title = titles.get(place).cloned().unwrap_or_default();
        let label = format!("{title} × {}", line.quantity);
        view! { <SumRow label>{money_to_pay(line.amount)}</SumRow> }
    });
    let whole = said.whole.then(|| t!(orders_studio.ends));
    let puts_back = said.puts_back.then(|| t!(orders_studio.puts_back));
    view! {
        <section aria-label=t!(orders_studio.what_goes_back) aria-live="polite">
            <Sum>
                {lines.collect_view()}
                {(said.besides.minor != 0).then(|| view! { <SumRow label=t!(orders_studio.shipping)>{money_to_pay(said.besides)}</SumRow> })}
                <SumRow label=t!(orders_studio.goes_back_total) total=true>{money_to_pay(said.total)}</SumRow>
            </Sum>
            <p class=stylance::classes!(text::small, text::muted)>{whole}" "{puts_back}</p>
        </section>
    }
}

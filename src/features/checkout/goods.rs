//! What is bought.

use contract::Quantity;
use contract::quote::{LineIssue, QuoteLine};
use leptos::prelude::*;

use super::desk::Desk;
use crate::i18n::number;
use crate::t;
use crate::ui::{Badge, BadgeKind, Item, Panel, Price, Stepper, text};

stylance::import_crate_style!(style, "src/features/checkout/goods.module.css");

/// The goods of the quote.
#[component]
pub(super) fn Goods(desk: Desk) -> impl IntoView {
    let lines = Memo::new(move |_| {
        desk.quote.with(|quote| {
            quote
                .as_ref()
                .map(|quote| quote.lines.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Panel label=t!(checkout.goods)>
            <h2 class=text::hidden>{t!(checkout.goods)}</h2>
            <ul class=style::goods>
                {move || lines.get().into_iter().map(|line| view! { <Line desk line /> }).collect_view()}
            </ul>
        </Panel>
    }
}

#[component]
fn Line(desk: Desk, line: QuoteLine) -> impl IntoView {
    let issue = line.issue.as_ref().map(|issue| match issue {
        LineIssue::Gone => t!(checkout.issue_gone).to_owned(),
        LineIssue::SoldOut => t!(checkout.issue_sold_out).to_owned(),
        LineIssue::OnlyLeft { available } => t!(checkout.issue_left, n = available),
        LineIssue::OverLimit { limit } => t!(checkout.issue_limit, n = limit),
    });
    let issue = issue.map(|words| view! { <Badge kind=BadgeKind::DangerSoft>{words}</Badge> });
    let Some(item) = line.item else {
        return view! { <li><Item picture=None title=t!(checkout.something)>{issue}</Item></li> }
            .into_any();
    };
    let name = item.title.clone();
    let many = match desk.past_cart {
        true => view! { <Many desk count=line.quantity most=item.available.min(item.limit) name /> }.into_any(),
        false => view! {
            <span class=stylance::classes!(text::small, text::muted)>{t!(checkout.times, n = number(line.quantity.into()))}</span>
        }
        .into_any(),
    };
    view! {
        <li>
            <Item picture=item.picture title=item.title sub=item.label>
                <span class=text::row>
                    <Price amount=item.unit_price label=t!(app.price) />
                    {issue}
                </span>
                {many}
            </Item>
        </li>
    }
    .into_any()
}

/// How many of the one thing that is bought past the cart.
#[component]
fn Many(desk: Desk, count: u32, most: u32, name: String) -> impl IntoView {
    let set = move |count: u32| {
        if let Ok(quantity) = Quantity::try_from(count) {
            desk.basket.update(|basket| {
                basket
                    .iter_mut()
                    .flatten()
                    .for_each(|line| line.quantity = quantity);
            });
        }
    };
    view! {
        <Stepper
            value=Signal::stored(count)
            max=Signal::stored(most.max(1))
            small=true
            label=t!(checkout.quantity_of, what = name)
            on_change=set
        />
    }
}

//! The page of what a promotion made and cost: a drawing, each account's line, and the lines of orders below it.

use contract::books::{CampaignResult, ResultLine};
use contract::live_studio::StaffRole;
use contract::{Money, PromotionId};
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::i18n::{money_to_pay, number};
use storefront::t;
use storefront::ui::{Glyph, Notice, NoticeKind, Panel, text};

use super::{api, fall};
use crate::address;
use crate::gate::use_role;
use crate::head::{self, Head};
use crate::paged::waiting;

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/books/result.module.css"
);

/// What a promotion made and cost.
#[component]
pub fn ResultPage(id: PromotionId) -> impl IntoView {
    let load = use_load(move || api::get_campaign_result(id.clone()));
    let title = Signal::derive(move || match load.ready() {
        Some(result) => result.title,
        None => t!(books.result).to_owned(),
    });
    view! {
        <Head title note=Signal::derive(|| t!(books.result_text).to_owned()) back=address::books() />
        <main class=head::main>
            <Loading load skeleton=waiting children=|result| view! { <Statement result /> }.into_any() />
        </main>
    }
}

/// What is taken off the revenue, with its words.
fn costs(result: &CampaignResult) -> [(&'static str, Money); 5] {
    [
        (t!(books.discount_store), result.discount_store),
        (t!(books.other_discounts), result.other_discounts),
        (t!(books.commission), result.commission),
        (t!(books.losses), result.losses),
        (t!(books.cost), result.cost),
    ]
}

#[component]
fn Statement(result: CampaignResult) -> impl IntoView {
    let costs = costs(&result);
    let rows = costs.map(|(words, amount)| {
        view! { <tr><th scope="row">{words}</th><td>{less(amount)}</td></tr> }
    });
    let owed = [
        (t!(books.discount_supplier), result.discount_supplier),
        (t!(books.discount_platform), result.discount_platform),
    ];
    let owed = owed.into_iter().filter(|(_, amount)| amount.minor != 0);
    let owed = owed.map(|(words, amount)| {
        view! { <tr><th scope="row">{words}</th><td>{money_to_pay(amount)}</td></tr> }
    });
    let owed: Vec<_> = owed.collect();
    let is_a_loss = result.result.minor < 0;
    view! {
        <Panel title=t!(books.result).to_owned()>
            <Drawing revenue=result.revenue costs result=result.result />
            {is_a_loss.then(|| view! { <Notice kind=NoticeKind::Warn glyph=Glyph::Warn>{t!(books.is_a_loss)}</Notice> })}
            <table class=head::table>
                <caption class=text::hidden>{t!(books.result)}</caption>
                <tbody>
                    <tr><th scope="row">{t!(books.revenue)}</th><td>{money_to_pay(result.revenue)}</td></tr>
                    {rows.into_iter().collect_view()}
                    <tr data-total=""><th scope="row">{t!(books.left)}</th><td>{money_to_pay(result.result)}</td></tr>
                </tbody>
            </table>
        </Panel>
        {(!owed.is_empty()).then(|| view! {
            <Panel title=t!(books.owed).to_owned()>
                <table class=head::table>
                    <caption class=text::hidden>{t!(books.owed)}</caption>
                    <tbody>{owed}</tbody>
                </table>
                <p class=stylance::classes!(text::caption, text::muted)>{t!(books.owed_text)}</p>
            </Panel>
        })}
        <Lines lines=result.lines />
    }
}

/// A cost, as it is taken off.
fn less(amount: Money) -> String {
    match amount.minor {
        0 => money_to_pay(amount),
        _ => money_to_pay(Money::new(amount.minor.saturating_neg(), amount.currency)),
    }
}

#[component]
fn Drawing(revenue: Money, costs: [(&'static str, Money); 5], result: Money) -> impl IntoView {
    let minors = costs.map(|(_, amount)| amount.minor);
    let (bars, zero) = fall::fall(revenue.minor, &minors);
    let mut words = vec![(t!(books.short_revenue), money_to_pay(revenue))];
    let short = [
        t!(books.short_store),
        t!(books.short_others),
        t!(books.commission),
        t!(books.losses),
        t!(books.short_cost),
    ];
    words.extend(
        short
            .into_iter()
            .zip(costs)
            .map(|(short, (_, amount))| (short, less(amount))),
    );
    words.push((t!(books.left), money_to_pay(result)));
    let story: Vec<_> = words
        .iter()
        .map(|(name, amount)| format!("{name} {amount}"))
        .collect();
    let last = bars.len().saturating_sub(1);
    let drawn = bars.iter().zip(&words).enumerate().map(|(place, (bar, (name, amount)))| {
        let kind = match place {
            0 => style::first,
            at if at == last && result.minor < 0 => style::bad,
            at if at == last => style::last,
            _ => style::step,
        };
        view! {
            <rect class=kind x=bar.x y=bar.y width=bar.width height=bar.height rx="3"></rect>
            <text class=style::value x=bar.middle y=(bar.y - 6.0).max(12.0)>{amount.clone()}</text>
            <text x=bar.middle y="145">{*name}</text>
        }
    });
    view! {
        <svg class=style::fall viewBox=format!("0 0 {} {}", fall::WIDTH, fall::HEIGHT) role="img" aria-label=story.join(", ")>
            <line x1="0" x2=fall::WIDTH y1=zero y2=zero></line>
            {drawn.collect_view()}
        </svg>
    }
}

/// The lines of orders that the result is made of.
#[component]
fn Lines(lines: Vec<ResultLine>) -> impl IntoView {
    let role = use_role();
    let count = lines.len() as u64;
    let row = move |line: ResultLine| {
        let place = format!("{}-{}", line.order, line.line + 1);
        // Accountants read no orders.
        let order = match role.get() {
            Some(StaffRole::Owner) => {
                let href = address::order(&line.order.as_str().into());
                view! { <a href=href>{place}</a> }.into_any()
            }
            _ => place.into_any(),
        };
        view! {
            <tr>
                <th scope="row"><span class=style::order>{order}</span></th>
                <td>{line.sku.0}</td>
                <td>{money_to_pay(line.revenue)}</td>
                <td>{less(line.discount)}</td>
            </tr>
        }
    };
    let lines = StoredValue::new(lines);
    view! {
        <Panel title=t!(books.lines, n = number(count))>
            <div class=head::scrolls tabindex="0" role="group" aria-label=t!(books.lines, n = number(count))>
                <table class=head::table>
                    <thead>
                        <tr>
                            <th scope="col">{t!(books.order_line)}</th>
                            <th scope="col">{t!(books.sku)}</th>
                            <th scope="col">{t!(books.short_revenue)}</th>
                            <th scope="col">{t!(books.taken_off)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || lines.get_value().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </Panel>
    }
}

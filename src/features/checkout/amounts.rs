//! What the order costs, item by item.

use contract::promotions::{AppliedPromotion, PromotionKind};
use contract::quote::Quote;
use leptos::prelude::*;

use super::desk::Desk;
use crate::t;
use crate::ui::{Amount, Panel, Price, PriceSize, Sum, SumRow, text};

/// The amounts of the quote.
#[component]
pub(super) fn Amounts(desk: Desk) -> impl IntoView {
    let quote = move || desk.quote.get().map(|quote| view! { <Rows quote /> });
    view! { <Panel label=t!(checkout.amounts)>{quote}</Panel> }
}

#[component]
fn Rows(quote: Quote) -> impl IntoView {
    let shipping = match quote.shipping_fee {
        Some(fee) => view! { <Amount amount=fee to_pay=true /> }.into_any(),
        None => view! { <span class=stylance::classes!(text::caption, text::faint)>{t!(checkout.shipping_later)}</span> }.into_any(),
    };
    // What the price of a line holds already is said there.
    let off = quote.promotions.discount.map_or(0, |off| off.minor);
    let of_the_whole = |one: &AppliedPromotion| {
        !matches!(
            one.kind,
            PromotionKind::FlashSale | PromotionKind::MemberPrice
        )
    };
    let named = quote.promotions.applied.into_iter().filter(of_the_whole);
    let promotions = (off > 0).then(|| {
        named
            .map(|one| {
                view! {
                    <SumRow label=one.title saving=true>
                        "−"
                        <Amount amount=one.amount to_pay=true />
                    </SumRow>
                }
            })
            .collect_view()
    });
    view! {
        <Sum>
            <SumRow label=t!(checkout.goods_total)>
                <Amount amount=quote.goods_total to_pay=true />
            </SumRow>
            {promotions}
            <SumRow label=t!(checkout.shipping)>{shipping}</SumRow>
            <SumRow label=t!(checkout.to_pay) total=true>
                <Price amount=quote.total size=PriceSize::Large to_pay=true />
            </SumRow>
        </Sum>
    }
}

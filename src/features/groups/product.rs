//! What is bought together, and what that saves.

use contract::groups::GroupProgress;
use leptos::prelude::*;

use super::state;
use crate::i18n::{compact, money};
use crate::routes;
use crate::t;
use crate::ui::{Badge, BadgeKind, Item, OldPrice, Panel, Price, text};

/// The product's row. It does not change while the page is open.
#[component]
pub(super) fn Product(group: Signal<GroupProgress>) -> impl IntoView {
    let group = group.get_untracked();
    let price = state::price(&group);
    let size = group.size;
    let product = group.product;
    let href = routes::product(&product.slug, None);
    let sold = (product.sold > 0).then(|| t!(app.sold, n = compact(product.sold)));
    let sub = std::iter::once(t!(groups.of, n = size))
        .chain(sold)
        .collect::<Vec<_>>()
        .join(" · ");
    let prices = price.map(|(amount, from)| {
        let cheaper = product.price.minor > amount.minor;
        // Where SKUs differ in price, the lowest of each need not be the same one's.
        let saving = (cheaper && !from && !product.price_from).then(|| {
            let by = product.price.checked_sub(amount).ok()?;
            Some(view! { <Badge kind=BadgeKind::JadeSoft>{t!(groups.saves, amount = money(by))}</Badge> })
        });
        view! {
            <span class=stylance::classes!(text::row, text::wrap)>
                <Price amount from label=t!(groups.price) />
                {cheaper.then(|| view! { <OldPrice amount=product.price label=t!(groups.price_alone) /> })}
            </span>
            {saving}
        }
    });
    view! {
        <Panel label=t!(groups.goods)>
            <h2 class=text::hidden>{t!(groups.goods)}</h2>
            <Item picture=product.picture title=product.title href=href sub=sub eager=true>
                {prices}
            </Item>
        </Panel>
    }
}

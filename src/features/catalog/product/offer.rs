//! What the product costs, what it is called, and what the shop promises.

use contract::Money;
use contract::catalog::{ProductDetail, Sku, TagKind};
use contract::groups::GroupOffer;
use leptos::prelude::*;

use super::sale::SaleLine;
use crate::i18n::{compact, money, money_to_pay};
use crate::t;
use crate::ui::sku_sheet::choice as state;
use crate::ui::{Badge, BadgeKind, Glyph, Icon, OldPrice, Panel, Price, PriceSize, text};

stylance::import_crate_style!(style, "src/features/catalog/product/offer.module.css");

/// The offer of the chosen SKU.
#[component]
pub fn Offer(
    /// The product.
    product: ProductDetail,
    /// The chosen SKU.
    sku: Memo<Option<Sku>>,
) -> impl IntoView {
    let card = product.card;
    let price = Signal::derive(move || sku.read().as_ref().map_or(card.price, |sku| sku.price));
    let list_price = Memo::new(move |_| {
        sku.read()
            .as_ref()
            .map_or(card.list_price, |sku| sku.list_price)
    });
    let has_group = product.group.is_some();
    let size = product.group.as_ref().map_or(0, |offer| offer.size);
    let offer = StoredValue::new(product.group);
    let of_offer = move |what: fn(&GroupOffer, &Sku) -> Option<Money>| {
        let sku = sku.read();
        offer.with_value(|offer| what(offer.as_ref()?, sku.as_ref()?))
    };
    let together = Memo::new(move |_| of_offer(state::seat_price));
    let reward = Memo::new(move |_| of_offer(state::leader_reward));
    let prices = move || match together.get() {
        Some(amount) => view! {
            <Price amount size=PriceSize::Hero label=t!(groups.price) />
            <Badge kind=BadgeKind::Sun>{t!(groups.badge, n = size)}</Badge>
            <span class=stylance::classes!(text::caption, text::faint, text::nowrap)>
                {move || t!(groups.alone_at, amount = money(price.get()))}
            </span>
        }
        .into_any(),
        None => view! {
            <Price amount=price size=PriceSize::Hero label=t!(app.price) />
            {list_price.get().map(|amount| view! { <OldPrice amount /> })}
            {has_group.then(|| view! { <Badge>{t!(groups.not_in_group)}</Badge> })}
        }
        .into_any(),
    };
    let (promises, others): (Vec<_>, Vec<_>) = product
        .tags
        .into_iter()
        .partition(|tag| tag.kind == TagKind::Service);
    view! {
        <Panel label=t!(catalog.offer)>
            <div class=style::offer>
                <SaleLine sku />
                <div class=style::price>
                    <span>
                        {prices}
                    </span>
                    {(card.sold > 0)
                        .then(|| {
                            view! {
                                <span class=stylance::classes!(text::caption, text::faint)>
                                    {t!(app.sold, n = compact(card.sold))}
                                </span>
                            }
                        })}
                </div>
                // The heading is the top bar's, where the focus goes; this is how it looks.
                <p class=style::title aria-hidden="true">
                    {card.title}
                </p>
                <ul class=style::promises>
                    {promises
                        .into_iter()
                        .map(|tag| {
                            view! {
                                <li>
                                    <Icon glyph=Glyph::Shield />
                                    {tag.name}
                                </li>
                            }
                        })
                        .collect_view()}
                    {has_group
                        .then(|| {
                            view! {
                                <li>
                                    <Icon glyph=Glyph::Refund />
                                    {t!(groups.promise_refund)}
                                </li>
                            }
                        })}
                    {move || {
                        reward
                            .get()
                            .map(|amount| {
                                view! {
                                    <li>
                                        <Icon glyph=Glyph::Wallet />
                                        {t!(groups.reward_offer, amount = money_to_pay(amount))}
                                    </li>
                                }
                            })
                    }}
                </ul>
                <p class=style::tags>
                    {others
                        .into_iter()
                        .map(|tag| {
                            let kind = match tag.kind {
                                TagKind::Promo => BadgeKind::BrandSoft,
                                _ => BadgeKind::Plain,
                            };
                            view! { <Badge kind>{tag.name}</Badge> }
                        })
                        .collect_view()}
                </p>
            </div>
        </Panel>
    }
}

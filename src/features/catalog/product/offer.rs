//! What the product costs, what it is called, and what the shop promises.

use contract::catalog::{ProductDetail, Sku, TagKind};
use leptos::prelude::*;

use crate::i18n::compact;
use crate::t;
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
    let (promises, others): (Vec<_>, Vec<_>) = product
        .tags
        .into_iter()
        .partition(|tag| tag.kind == TagKind::Service);
    view! {
        <Panel label=t!(catalog.offer)>
            <div class=style::offer>
                <div class=style::price>
                    <span>
                        <Price amount=price size=PriceSize::Hero label=t!(app.price) />
                        {move || list_price.get().map(|amount| view! { <OldPrice amount /> })}
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

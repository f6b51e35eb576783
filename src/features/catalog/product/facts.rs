//! What else is true of the product: how it comes, what it is, who packs it.

use contract::catalog::{DeliveryPromise, ProductDetail, Storage};
use contract::fulfilment::FulfilmentKind;
use leptos::prelude::*;

use crate::i18n::money;
use crate::t;
use crate::ui::{Glyph, Icon, Panel, Picture, PictureKind, text};

stylance::import_crate_style!(style, "src/features/catalog/product/facts.module.css");

/// The ways to get it, each with its promise and fee.
#[component]
pub fn Delivery(
    /// Cheapest first.
    ways: Vec<DeliveryPromise>,
) -> impl IntoView {
    let way = |way: DeliveryPromise| {
        let (glyph, name) = match way.kind {
            FulfilmentKind::Pickup => (Glyph::Place, t!(catalog.way_pickup)),
            FulfilmentKind::LocalDelivery => (Glyph::Store, t!(catalog.way_local)),
            FulfilmentKind::Ship => (Glyph::Truck, t!(catalog.way_ship)),
        };
        let fee = if way.fee.minor == 0 {
            t!(catalog.free).to_owned()
        } else {
            t!(catalog.fee_from, amount = money(way.fee))
        };
        view! {
            <li>
                <Icon glyph />
                <span class=text::grow>
                    {name}
                    <span class=style::promise>{way.promise}</span>
                </span>
                <span class=text::muted>{fee}</span>
            </li>
        }
    };
    (!ways.is_empty()).then(|| {
        view! {
            <Panel title=t!(catalog.delivery)>
                <ul class=style::ways>{ways.into_iter().map(way).collect_view()}</ul>
            </Panel>
        }
    })
}

/// The text about it and its facts.
#[component]
pub fn About(
    /// The product.
    product: ProductDetail,
) -> impl IntoView {
    let storage = match product.storage {
        Storage::Ambient => t!(catalog.keep_ambient),
        Storage::Chill => t!(catalog.keep_chill),
        Storage::Frozen => t!(catalog.keep_frozen),
    };
    let facts = [
        (t!(catalog.origin), product.origin),
        (t!(catalog.brand), product.brand),
        (t!(catalog.unit), product.unit),
        (t!(catalog.keep), Some(storage.to_owned())),
    ];
    let store = product.store;
    view! {
        <Panel title=t!(catalog.about)>
            {(!product.summary.is_empty())
                .then(|| view! { <p class=style::summary>{product.summary}</p> })}
            <dl class=style::facts>
                {facts
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value?)))
                    .map(|(name, value)| {
                        view! {
                            <div>
                                <dt>{name}</dt>
                                <dd>{value}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        </Panel>
        <Panel label=t!(catalog.packed_by)>
            <div class=style::store>
                <Picture picture=store.avatar kind=PictureKind::Avatar />
                <span class=text::grow>
                    <b>{store.name}</b>
                    <span class=style::promise>{t!(catalog.packed_by)}</span>
                </span>
            </div>
        </Panel>
    }
}

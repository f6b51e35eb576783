//! Buying without leaving the video: the SKU sheet over the picture that plays on. Stock and prices are fetched as
//! they are when it opens.

use contract::catalog::{ProductDetail, Sku};
use contract::groups::Seat;
use contract::{Money, Quantity};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::api::failure_words;
use crate::routes;
use crate::stores::purchase::Purchase;
use crate::t;
use crate::ui::sku_sheet::SkuSheet;
use crate::ui::{Button, ButtonKind, Price, PriceInk, toast};

/// The sheet for whatever product `slug` is set to.
#[component]
pub(super) fn BuySheet(slug: RwSignal<Option<String>>) -> impl IntoView {
    let toaster = toast();
    let wanted = RwSignal::new(None::<ProductDetail>);
    Effect::new(move || {
        let Some(asked) = slug.get() else { return };
        slug.set(None);
        spawn_local(async move {
            match api::get_product(&asked).await {
                Ok(product) => drop(wanted.try_set(Some(product))),
                Err(error) => toaster.show(failure_words(&error).1),
            }
        });
    });
    move || wanted.get().map(|product| view! { <Choice product /> })
}

#[component]
fn Choice(product: ProductDetail) -> impl IntoView {
    let purchase = Purchase::of(product);
    let Purchase {
        open,
        product,
        sku,
        quantity,
        on_choose,
        ..
    } = purchase;
    let foot = move || view! { <Foot purchase /> };
    view! { <SkuSheet open product sku quantity on_choose foot=foot.into() /> }
}

/// Alone or with others; where no group can be started, into the cart or at once.
#[component]
fn Foot(purchase: Purchase) -> impl IntoView {
    let Purchase {
        product,
        sku,
        disabled,
        ..
    } = purchase;
    let alone = move |()| purchase.buy(routes::buy_now);
    let together = move |()| {
        if let Some(offer) = product.with_value(|product| product.group.clone()) {
            let seat = Seat::Open {
                activity: offer.activity,
            };
            // A group may allow fewer of it than a buyer alone.
            purchase.buy(|sku, quantity| {
                let most = Quantity::try_from(offer.per_order_limit).unwrap_or(quantity);
                routes::seat(&seat, sku, quantity.min(most))
            });
        }
    };
    let add = move |()| purchase.put_into_cart();
    let price = Memo::new(move |_| sku.read().as_ref().map(|sku| sku.price));
    let in_group = Memo::new(move |_| {
        let sku = sku.get()?;
        product.with_value(|product| group_price(product, &sku))
    });
    move || {
        let price = move || {
            price
                .get()
                .map(|amount| view! { <Price amount ink=PriceInk::Inherit /> })
        };
        match in_group.get() {
            Some(amount) => view! {
                <Button kind=ButtonKind::Tonal wide=true disabled on_press=alone>
                    {price}<small>{t!(videos.alone)}</small>
                </Button>
                <Button kind=ButtonKind::Primary wide=true on_press=together>
                    <Price amount ink=PriceInk::Inherit /><small>{t!(videos.together)}</small>
                </Button>
            }
            .into_any(),
            None => view! {
                <Button kind=ButtonKind::Tonal wide=true disabled on_press=add>{t!(catalog.add_to_cart)}</Button>
                <Button kind=ButtonKind::Primary wide=true disabled on_press=alone>
                    {price}<small>{t!(catalog.buy_now)}</small>
                </Button>
            }
            .into_any(),
        }
    }
}

/// What one of it costs in a new group, where that can be started.
fn group_price(product: &ProductDetail, sku: &Sku) -> Option<Money> {
    let offer = product.group.as_ref()?;
    let seat = offer
        .prices
        .iter()
        .find(|seat| seat.sku == sku.id && seat.left > 0)?;
    Some(seat.price)
}

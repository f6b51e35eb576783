//! Buying without leaving the video: the SKU sheet over the picture that plays on. Stock and prices are fetched as
//! they are when it opens.

use contract::catalog::{ProductDetail, Sku};
use contract::groups::Seat;
use contract::{Money, Quantity, SkuId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::api;
use crate::api::failure_words;
use crate::routes;
use crate::stores::cart::Edit;
use crate::stores::{use_cart, use_server_time};
use crate::t;
use crate::ui::sku_sheet::{SkuSheet, choice};
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
    let product = StoredValue::new(product);
    let open = RwSignal::new(true);
    let asked = RwSignal::new(None::<SkuId>);
    let quantity = RwSignal::new(1_u32);
    let chosen = Memo::new(move |_| {
        let asked = asked.get();
        product.with_value(|product| choice::first_choice(product, asked.as_ref()).cloned())
    });
    let on_choose = Callback::new(move |next: Sku| {
        quantity.update(|quantity| *quantity = choice::quantity_for(&next, *quantity));
        asked.set(Some(next.id));
    });
    let foot = move || view! { <Foot product chosen quantity open /> };
    view! { <SkuSheet open product sku=chosen quantity on_choose foot=foot.into() /> }
}

/// Alone or with others; where no group can be started, into the cart or at once.
#[component]
fn Foot(
    product: StoredValue<ProductDetail>,
    chosen: Memo<Option<Sku>>,
    quantity: RwSignal<u32>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let (cart, toaster, time) = (use_cart(), toast(), use_server_time());
    let navigate = StoredValue::new_local(use_navigate());
    let taken = move || {
        let sku = chosen.get_untracked()?;
        Some((sku, Quantity::try_from(quantity.get_untracked()).ok()?))
    };
    // The sheet's own step in the history is replaced, so that back leads to the video.
    let leave = move |address: &str| {
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate.with_value(|navigate| navigate(address, options));
    };
    let alone = move |()| {
        if let Some((sku, quantity)) = taken() {
            leave(&routes::buy_now(&sku.id, quantity));
        }
    };
    let together = move |()| {
        let offer = product.with_value(|product| product.group.clone());
        if let Some((offer, (sku, quantity))) = offer.zip(taken()) {
            let seat = Seat::Open {
                activity: offer.activity,
            };
            // A group may allow fewer of it than a buyer alone.
            let most = Quantity::try_from(offer.per_order_limit).unwrap_or(quantity);
            leave(&routes::seat(&seat, &sku.id, quantity.min(most)));
        }
    };
    let add = move |()| {
        let Some((sku, quantity)) = taken() else {
            return;
        };
        let put = cart.edit(&Edit::Add {
            sku: sku.id,
            quantity,
            price: Some(sku.price),
            at: time.now(),
        });
        if put.is_ok() {
            open.set(false);
            toaster.show(t!(videos.added));
        }
    };
    let disabled = Signal::derive(move || !chosen.read().as_ref().is_some_and(choice::can_buy));
    let price = Memo::new(move |_| chosen.read().as_ref().map(|sku| sku.price));
    let in_group = Memo::new(move |_| {
        let sku = chosen.get()?;
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
                <Button kind=ButtonKind::Tonal wide=true disabled on_press=add>{t!(videos.add)}</Button>
                <Button kind=ButtonKind::Primary wide=true disabled on_press=alone>
                    {price}<small>{t!(videos.buy)}</small>
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

//! Buying without leaving the room: the SKU sheet over the picture, at the flash price where one holds.

use contract::catalog::{ProductDetail, Sku};
use contract::live::{FlashOffer, FlashState, LiveRoom};
use contract::{LiveId, Quantity, SkuId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::api;
use super::state;
use crate::api::failure_words;
use crate::routes;
use crate::stores::cart::Edit;
use crate::stores::{use_cart, use_server_time};
use crate::t;
use crate::ui::sku_sheet::{SkuSheet, choice};
use crate::ui::{Button, ButtonKind, Price, PriceInk, toast};

/// What the sheet is open for.
#[derive(Clone)]
struct Wanted {
    room: LiveId,
    product: ProductDetail,
    /// The flash price that holds.
    offer: Option<FlashOffer>,
}

/// The sheet for whatever `number` is set to.
#[component]
pub(super) fn BuySheet(room: Signal<LiveRoom>, number: RwSignal<Option<u32>>) -> impl IntoView {
    let toaster = toast();
    let time = use_server_time();
    let wanted = RwSignal::new(None::<Wanted>);
    Effect::new(move || {
        let Some(place) = number.get() else { return };
        let found = room.with_untracked(|room| {
            let item = room.shelf.iter().find(|item| item.number == place)?;
            let holds =
                |offer: &&FlashOffer| state::stands(offer, time.now()) == FlashState::Active;
            let offer = state::offer_of(room, place).filter(holds).cloned();
            Some((room.id.clone(), item.product.slug.clone(), offer))
        });
        number.set(None);
        let Some((room, slug, offer)) = found else {
            return;
        };
        spawn_local(async move {
            // Stock and prices are fetched as they are now.
            match api::get_product(&slug).await {
                Ok(product) => drop(wanted.try_set(Some(Wanted {
                    room,
                    product,
                    offer,
                }))),
                Err(error) => toaster.show(failure_words(&error).1),
            }
        });
    });
    move || wanted.get().map(|wanted| view! { <Choice wanted /> })
}

/// The product as the flash price sells it: that one SKU, at that price and with what is left of it.
fn at_flash(product: &ProductDetail, offer: &FlashOffer) -> ProductDetail {
    let of_flash = |sku: &Sku| {
        (sku.id == offer.sku).then(|| Sku {
            price: offer.price,
            list_price: Some(offer.usual),
            available: offer.left,
            limit: offer.per_user,
            ..sku.clone()
        })
    };
    ProductDetail {
        skus: product.skus.iter().filter_map(of_flash).collect(),
        ..product.clone()
    }
}

#[component]
fn Choice(wanted: Wanted) -> impl IntoView {
    let Wanted {
        room,
        product,
        offer,
    } = wanted;
    let product = match &offer {
        Some(offer) => at_flash(&product, offer),
        None => product,
    };
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
    let (cart, toaster, time) = (use_cart(), toast(), use_server_time());
    let navigate = StoredValue::new_local(use_navigate());
    let (room, offer) = (StoredValue::new(room), StoredValue::new(offer));
    let taken = move || {
        let sku = chosen.get_untracked()?;
        Some((sku, Quantity::try_from(quantity.get_untracked()).ok()?))
    };
    let go = move |()| {
        let Some((sku, quantity)) = taken() else {
            return;
        };
        let address = room.with_value(|room| {
            offer.with_value(|offer| match offer {
                Some(offer) => routes::flash(room, &offer.id, &sku.id, quantity),
                None => routes::buy_in_room(room, &sku.id, quantity),
            })
        });
        // The sheet's own step in the history is replaced, so that back leads to the room.
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate.with_value(|navigate| navigate(&address, options));
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
            toaster.show(t!(live.added));
        }
    };
    let disabled = Signal::derive(move || !chosen.read().as_ref().is_some_and(choice::can_buy));
    let foot = move || {
        let price = move || {
            chosen
                .get()
                .map(|sku| view! { <Price amount=sku.price ink=PriceInk::Inherit /> })
        };
        let at_flash = offer.with_value(Option::is_some);
        let words = if at_flash {
            t!(live.grab)
        } else {
            t!(live.buy)
        };
        // A flash price is bought by itself; the cart has no right to it (rules.md L4).
        let to_cart = (!at_flash).then(|| {
            view! { <Button kind=ButtonKind::Tonal wide=true disabled on_press=add>{t!(live.add)}</Button> }
        });
        view! {
            {to_cart}
            <Button kind=ButtonKind::Primary wide=true disabled on_press=go>
                {price}
                " "
                {words}
            </Button>
        }
    };
    view! { <SkuSheet open product sku=chosen quantity on_choose foot=foot.into() /> }
}

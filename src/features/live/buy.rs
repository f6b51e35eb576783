//! Buying without leaving the room: the SKU sheet over the picture, at the flash price where one holds.

use contract::LiveId;
use contract::catalog::{ProductDetail, Sku};
use contract::live::{FlashOffer, FlashState, LiveRoom};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::state;
use crate::api::failure_words;
use crate::routes;
use crate::stores::purchase::Purchase;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::sku_sheet::SkuSheet;
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
    let purchase = Purchase::of(product);
    let Purchase {
        open,
        product,
        sku,
        quantity,
        on_choose,
        disabled,
        ..
    } = purchase;
    let (room, offer) = (StoredValue::new(room), StoredValue::new(offer));
    let go = move |()| {
        purchase.buy(|sku, quantity| {
            room.with_value(|room| {
                offer.with_value(|offer| match offer {
                    Some(offer) => routes::flash(room, &offer.id, sku, quantity),
                    None => routes::buy_in_room(room, sku, quantity),
                })
            })
        });
    };
    let add = move |()| purchase.put_into_cart();
    let foot = move || {
        let price = move || {
            sku.get()
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
            view! { <Button kind=ButtonKind::Tonal wide=true disabled on_press=add>{t!(catalog.add_to_cart)}</Button> }
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
    view! { <SkuSheet open product sku quantity on_choose foot=foot.into() /> }
}

//! Buying out of a sheet over something that plays on: which SKU, how many, into the cart or away to the checkout.

use contract::catalog::{ProductDetail, Sku};
use contract::{Quantity, SkuId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::cart::Edit;
use super::{CartStore, ServerTime, use_cart, use_server_time};
use crate::t;
use crate::ui::sku_sheet::choice;
use crate::ui::{Toaster, toast};

/// What is being chosen; a copyable handle.
#[derive(Clone, Copy)]
pub struct Purchase {
    /// The product.
    pub product: StoredValue<ProductDetail>,
    /// Its sheet is there.
    pub open: RwSignal<bool>,
    /// The SKU.
    pub sku: Memo<Option<Sku>>,
    /// How many.
    pub quantity: RwSignal<u32>,
    /// Told the SKU wanted.
    pub on_choose: Callback<Sku>,
    /// Nothing of it can be bought.
    pub disabled: Signal<bool>,
    leave: Callback<String>,
    cart: CartStore,
    toaster: Toaster,
    time: ServerTime,
}

impl Purchase {
    /// Begins with what is sold first.
    pub fn of(product: ProductDetail) -> Self {
        let product = StoredValue::new(product);
        let asked = RwSignal::new(None::<SkuId>);
        let quantity = RwSignal::new(1_u32);
        let sku = Memo::new(move |_| {
            let asked = asked.get();
            product.with_value(|product| choice::first_choice(product, asked.as_ref()).cloned())
        });
        let on_choose = Callback::new(move |next: Sku| {
            quantity.update(|quantity| *quantity = choice::quantity_for(&next, *quantity));
            asked.set(Some(next.id));
        });
        let navigate = StoredValue::new_local(use_navigate());
        // The sheet's own step in the history is replaced, so that back leads to what plays.
        let leave = Callback::new(move |address: String| {
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate.with_value(|navigate| navigate(&address, options));
        });
        Self {
            product,
            open: RwSignal::new(true),
            sku,
            quantity,
            on_choose,
            disabled: Signal::derive(move || !sku.read().as_ref().is_some_and(choice::can_buy)),
            leave,
            cart: use_cart(),
            toaster: toast(),
            time: use_server_time(),
        }
    }

    /// Goes where what is chosen is bought.
    pub fn buy(self, address: impl FnOnce(&SkuId, Quantity) -> String) {
        if let Some((sku, quantity)) = self.chosen() {
            self.leave.run(address(&sku.id, quantity));
        }
    }

    /// Puts it into the cart, and the sheet goes.
    pub fn put_into_cart(self) {
        let Some((sku, quantity)) = self.chosen() else {
            return;
        };
        let put = self.cart.edit(&Edit::Add {
            sku: sku.id,
            quantity,
            price: Some(sku.price),
            at: self.time.now(),
        });
        if put.is_ok() {
            self.open.set(false);
            self.toaster.show(t!(catalog.added));
        }
    }

    fn chosen(self) -> Option<(Sku, Quantity)> {
        let sku = self.sku.get_untracked()?;
        Some((sku, Quantity::try_from(self.quantity.get_untracked()).ok()?))
    }
}

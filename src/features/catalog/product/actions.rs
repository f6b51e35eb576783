//! What can be done with a product: put it into the cart, buy it alone, start a group.

use std::sync::Arc;

use contract::Quantity;
use contract::catalog::{ProductDetail, Sku};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::routes;
use crate::stores::use_cart;
use crate::t;
use crate::ui::sku_sheet::choice as state;
use crate::ui::{
    Button, ButtonKind, Dock, Glyph, Icon, Price, PriceInk, Toast, ToastAction, toast,
};

stylance::import_crate_style!(style, "src/features/catalog/product/actions.module.css");

/// What the sheet was opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// To look and choose: both actions.
    Choose,
    /// To put it into the cart.
    Add,
    /// To buy it now, alone.
    Buy,
}

/// The page's two actions. A product with something to choose asks in the sheet first.
#[component]
pub(super) fn PageDock(
    product: StoredValue<ProductDetail>,
    sku: Memo<Option<Sku>>,
    quantity: RwSignal<u32>,
    open: RwSignal<bool>,
    intent: RwSignal<Intent>,
    /// Opens the choice for a new group.
    opening: RwSignal<bool>,
) -> impl IntoView {
    let actions = Actions::new(sku, quantity);
    let must_choose = product.with_value(|product| product.skus.len() > 1);
    let sold_out = product.with_value(|product| !product.skus.iter().any(state::can_buy));
    let ask = move |what: Intent| {
        intent.set(what);
        open.set(true);
    };
    let price = Signal::derive(move || {
        sku.read().as_ref().map_or_else(
            || product.with_value(|product| product.card.price),
            |sku| sku.price,
        )
    });
    if sold_out {
        return view! {
            <Dock>
                <Button disabled=true>{t!(app.sold_out)}</Button>
            </Dock>
        }
        .into_any();
    }
    let together = Memo::new(move |_| {
        product.with_value(|product| state::start_price(product, sku.read().as_ref()))
    });
    if together.with_untracked(Option::is_some) {
        return view! {
            <Dock>
                <button
                    class=style::add
                    type="button"
                    on:click=move |_| if must_choose { ask(Intent::Add) } else { actions.add() }
                >
                    <Icon glyph=Glyph::Cart />
                    {t!(catalog.add_to_cart)}
                </button>
                <Button
                    kind=ButtonKind::Tonal
                    on_press=move |()| if must_choose { ask(Intent::Buy) } else { actions.buy(false) }
                >
                    <Price amount=price ink=PriceInk::Inherit />
                    <small>{t!(groups.alone)}</small>
                </Button>
                <Button kind=ButtonKind::Primary on_press=move |()| opening.set(true)>
                    {move || together.get().map(|(amount, from)| view! { <Price amount from ink=PriceInk::Inherit /> })}
                    <small>{t!(groups.start)}</small>
                </Button>
            </Dock>
        }
        .into_any();
    }
    view! {
        <Dock>
            <Button
                kind=ButtonKind::Tonal
                on_press=move |()| if must_choose { ask(Intent::Add) } else { actions.add() }
            >
                {t!(catalog.add_to_cart)}
            </Button>
            <Button
                kind=ButtonKind::Primary
                on_press=move |()| if must_choose { ask(Intent::Buy) } else { actions.buy(false) }
            >
                <Price amount=price ink=PriceInk::Inherit />
                <small>{t!(catalog.buy_now)}</small>
            </Button>
        </Dock>
    }
    .into_any()
}

/// The sheet's actions: the one that it was opened for, or both.
#[component]
pub(super) fn SheetActions(
    sku: Memo<Option<Sku>>,
    quantity: RwSignal<u32>,
    open: RwSignal<bool>,
    intent: RwSignal<Intent>,
) -> impl IntoView {
    let actions = Actions::new(sku, quantity);
    let disabled = Signal::derive(move || !sku.read().as_ref().is_some_and(state::can_buy));
    let add = move |()| {
        open.set(false);
        actions.add();
    };
    view! {
        <div class=style::actions>
            {move || {
                (intent.get() != Intent::Buy)
                    .then(|| {
                        let kind = match intent.get() {
                            Intent::Add => ButtonKind::Primary,
                            _ => ButtonKind::Tonal,
                        };
                        view! { <Button kind disabled on_press=add>{t!(catalog.add_to_cart)}</Button> }
                    })
            }}
            {move || {
                (intent.get() != Intent::Add)
                    .then(|| {
                        view! {
                            <Button kind=ButtonKind::Primary disabled on_press=move |()| actions.buy(true)>
                                {t!(catalog.buy_now)}
                            </Button>
                        }
                    })
            }}
        </div>
    }
}

/// What can be done with the chosen SKU.
#[derive(Clone, Copy)]
struct Actions {
    /// Adds; false (and a word about it) when the cart is full.
    put: Callback<(), bool>,
    go: Callback<(&'static str, bool)>,
    /// To the cart, for a toast that may outlive the page.
    see_cart: StoredValue<ToastAction>,
    toaster: crate::ui::Toaster,
}

impl Actions {
    fn new(sku: Memo<Option<Sku>>, quantity: RwSignal<u32>) -> Self {
        let cart = use_cart();
        let toaster = toast();
        let navigate = use_navigate();
        let put = Callback::new(move |()| {
            let chosen = sku.get_untracked().filter(state::can_buy);
            let wanted = Quantity::try_from(quantity.get_untracked()).ok();
            let Some((chosen, wanted)) = chosen.zip(wanted) else {
                return false;
            };
            let added = cart.add(chosen.id, wanted, chosen.price).is_ok();
            if !added {
                toaster.show(t!(catalog.cart_full));
            }
            added
        });
        let to_cart: ToastAction = Arc::new({
            let navigate = navigate.clone();
            move || navigate(routes::cart(), NavigateOptions::default())
        });
        let go = Callback::new(move |(address, replace): (&'static str, bool)| {
            navigate(
                address,
                NavigateOptions {
                    replace,
                    ..Default::default()
                },
            );
        });
        Self {
            put,
            go,
            see_cart: StoredValue::new(to_cart),
            toaster,
        }
    }

    fn add(self) {
        if self.put.run(()) {
            let see = self.see_cart.get_value();
            self.toaster.show(Toast {
                text: t!(catalog.added).to_owned(),
                action: Some((t!(catalog.see_cart).to_owned(), see)),
                stays: false,
            });
        }
    }

    /// `from_sheet`: the sheet's own step in the history is replaced, so that back leads to the page.
    fn buy(self, from_sheet: bool) {
        if self.put.run(()) {
            self.go.run((routes::checkout(), from_sheet));
        }
    }
}

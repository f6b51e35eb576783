//! The product page.

use std::sync::Arc;

use contract::catalog::{ProductDetail, Sku};
use contract::{Quantity, SkuId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::super::api::get_product;
use super::facts::{About, Delivery};
use super::gallery::Gallery;
use super::offer::Offer;
use super::reviews::Reviews;
use super::sku_sheet::SkuSheet;
use super::state;
use crate::api::{Loading, use_load};
use crate::i18n::number;
use crate::routes;
use crate::stores::use_cart;
use crate::t;
use crate::ui::{
    Button, ButtonKind, Dock, Glyph, Icon, IconLink, Panel, Price, PriceInk, Skeleton,
    SkeletonKind, Toast, ToastAction, Topbar, text, toast,
};

stylance::import_crate_style!(style, "src/features/catalog/product/page.module.css");

/// What the sheet was opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Intent {
    /// To look and choose: both actions.
    Choose,
    Add,
    Buy,
}

/// The page of the product that the address names.
#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let load = use_load(move || {
        let slug = slug.get();
        async move { get_product(&slug).await }
    });
    let title = Signal::derive(move || {
        load.ready().map_or_else(
            || t!(catalog.product).to_owned(),
            |product| product.card.title,
        )
    });
    let count = use_cart().count();
    let cart_label = Signal::derive(move || match count.get() {
        0 => t!(app.tab_cart).to_owned(),
        n => t!(app.tab_cart_count, n = number(n)),
    });
    view! {
        <Topbar title back=routes::home() clear=true>
            <IconLink href=routes::cart() label=cart_label glyph=Glyph::Cart glass=true count />
        </Topbar>
        <main class=text::narrow>
            <Loading
                load
                skeleton=skeleton
                children=|product| view! { <Product product /> }.into_any()
            />
        </main>
    }
}

#[component]
fn Product(product: ProductDetail) -> impl IntoView {
    let query = use_query_map();
    let stored = StoredValue::new(product.clone());
    let sku = Memo::new(move |_| {
        let asked = query.read().get("sku").map(SkuId::from);
        stored.with_value(|product| state::first_choice(product, asked.as_ref()).cloned())
    });
    let quantity = RwSignal::new(1_u32);
    let open = RwSignal::new(false);
    let intent = RwSignal::new(Intent::Choose);
    let navigate = use_navigate();
    // The chosen SKU stands in the address; choosing is not a step to go back to.
    let on_choose = Callback::new(move |next: Sku| {
        quantity.update(|quantity| *quantity = state::quantity_for(&next, *quantity));
        let address =
            stored.with_value(|product| routes::product(&product.card.slug, Some(&next.id)));
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&address, options);
    });
    let own_picture =
        Signal::derive(move || sku.read().as_ref().and_then(|sku| sku.picture.clone()));
    let foot = move || view! { <SheetActions sku quantity open intent /> };
    view! {
        <Gallery pictures=product.pictures.clone() first=own_picture alt=product.card.title.clone() />
        <div class=style::product>
            <Offer product=product.clone() sku />
            <ChosenLine product=stored sku quantity open intent />
            <Delivery ways=product.delivery.clone() />
            <Reviews product=product.card.id.clone() rating=product.card.rating first=product.reviews.clone() />
            <About product />
        </div>
        <PageDock product=stored sku quantity open intent />
        <SkuSheet open product=stored sku quantity on_choose foot=foot.into() />
    }
}

/// "Chosen: 1.5 kg gift box, 1" and the way to the sheet.
#[component]
fn ChosenLine(
    product: StoredValue<ProductDetail>,
    sku: Memo<Option<Sku>>,
    quantity: RwSignal<u32>,
    open: RwSignal<bool>,
    intent: RwSignal<Intent>,
) -> impl IntoView {
    let words = move || {
        let label = sku.get().map(|sku| sku.label).unwrap_or_default();
        let pieces = t!(catalog.pieces, count = u64::from(quantity.get()));
        [label, pieces]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let has_sku = product.with_value(|product| !product.skus.is_empty());
    has_sku.then(|| {
        view! {
            <Panel rows=true label=t!(catalog.choose)>
                <button
                    class=style::line
                    type="button"
                    aria-haspopup="dialog"
                    on:click=move |_| {
                        intent.set(Intent::Choose);
                        open.set(true);
                    }
                >
                    <span class=text::muted>{t!(catalog.chosen)}</span>
                    <span class=text::grow>{words}</span>
                    <Icon glyph=Glyph::Next />
                </button>
            </Panel>
        }
    })
}

/// The page's two actions. A product with something to choose asks in the sheet first.
#[component]
fn PageDock(
    product: StoredValue<ProductDetail>,
    sku: Memo<Option<Sku>>,
    quantity: RwSignal<u32>,
    open: RwSignal<bool>,
    intent: RwSignal<Intent>,
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
fn SheetActions(
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

fn skeleton() -> AnyView {
    view! {
        <Skeleton kind=SkeletonKind::Picture />
        <div class=style::product>
            <Panel label=t!(app.loading)>
                <div class=text::stack>
                    <Skeleton kind=SkeletonKind::Short />
                    <Skeleton />
                    <Skeleton kind=SkeletonKind::Short />
                </div>
            </Panel>
            <Panel label=t!(app.loading)>
                <Skeleton kind=SkeletonKind::Short />
            </Panel>
        </div>
    }
    .into_any()
}

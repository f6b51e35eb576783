//! The cart's dock: everything or nothing, what it comes to, and on to the checkout; while managing,
//! what is taken out.

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::{Currency, Money, Quantity, SkuId};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::page::Mode;
use crate::i18n::{money_to_pay, number};
use crate::routes;
use crate::stores::cart::{Edit, Row};
use crate::stores::{CartStore, use_cart};
use crate::t;
use crate::ui::{
    Button, ButtonKind, Check, Dock, DockPlace, Price, PriceSize, Toast, Toaster, text, toast,
};

stylance::import_crate_style!(style, "src/features/cart/dock.module.css");

/// The dock.
#[component]
pub(super) fn CartDock(mode: Mode) -> impl IntoView {
    let cart = use_cart();
    let review = cart.review();
    let toaster = toast();
    let navigate = use_navigate();
    let counted = Memo::new(move |_| review.with(|review| review.counted));
    let marked = Memo::new(move |_| mode.marked.with(BTreeSet::len));
    let navigate = StoredValue::new_local(navigate);
    let go = move |()| navigate.with_value(|go| go(routes::checkout(), Default::default()));
    let remove = move |()| {
        take_out(
            cart,
            toaster,
            mode.marked.get_untracked().into_iter().collect(),
        );
        mode.marked.set(BTreeSet::new());
        mode.managing.set(false);
    };
    view! {
        <Dock place=DockPlace::AboveTabs summary=move || view! { <Summary mode /> }>
            {move || {
                if mode.managing.get() {
                    view! {
                        <Button
                            kind=ButtonKind::Outline
                            disabled=Signal::derive(move || marked.get() == 0)
                            on_press=remove
                        >
                            {move || t!(cart.remove_count, n = number(marked.get() as u64))}
                        </Button>
                    }
                        .into_any()
                } else {
                    view! {
                        <Button
                            kind=ButtonKind::Primary
                            disabled=Signal::derive(move || counted.get() == 0)
                            on_press=go
                        >
                            {move || match counted.get() {
                                0 => t!(cart.check_out).to_owned(),
                                n => t!(cart.check_out_count, n = number(n as u64)),
                            }}
                        </Button>
                    }
                        .into_any()
                }
            }}
        </Dock>
    }
}

#[component]
fn Summary(mode: Mode) -> impl IntoView {
    let cart = use_cart();
    let review = cart.review();
    let all =
        move || review.with(|review| review.rows().map(|row| row.sku.clone()).collect::<Vec<_>>());
    let everything = Memo::new(move |_| {
        if mode.managing.get() {
            let all = all();
            mode.marked
                .with(|marked| !all.is_empty() && all.iter().all(|sku| marked.contains(sku)))
        } else {
            review.with(crate::stores::cart::Review::all_chosen)
        }
    });
    let nothing_to_choose = Memo::new(move |_| {
        !mode.managing.get() && !review.with(|review| review.rows().any(Row::can_count))
    });
    let choose_all = move |on: bool| {
        if mode.managing.get_untracked() {
            mode.marked.set(if on {
                all().into_iter().collect()
            } else {
                BTreeSet::new()
            });
        } else {
            // Only an added line can be refused.
            let _ = cart.edit(&Edit::Choose(all(), on));
        }
    };
    let total = Signal::derive(move || {
        review
            .with(|review| review.total)
            .unwrap_or(Money::zero(Currency::CNY))
    });
    view! {
        <div class=style::summary>
            <label class=style::all>
                <Check
                    checked=everything
                    disabled=nothing_to_choose
                    label=t!(cart.choose_all)
                    on_change=choose_all
                />
                <span aria-hidden="true">{t!(cart.choose_all)}</span>
            </label>
            <Show when=move || !mode.managing.get()>
                <div class=style::sum>
                    <p class=style::total>
                        <span class=text::small>{t!(cart.total)}</span>
                        <Price amount=total size=PriceSize::Large to_pay=true />
                    </p>
                    <p class=stylance::classes!(text::caption, text::saving)>{move || reason(cart)}</p>
                </div>
            </Show>
        </div>
    }
}

/// What stands below the total: what was saved, what waits.
fn reason(cart: CartStore) -> String {
    cart.review().with(|review| {
        let saved = review
            .saved
            .map(|saved| t!(cart.saved, amount = money_to_pay(saved)));
        let pending = (review.pending > 0).then(|| t!(cart.pending, count = review.pending as u64));
        saved
            .into_iter()
            .chain(pending)
            .collect::<Vec<_>>()
            .join(" · ")
    })
}

/// Takes lines out, and offers to put them back.
fn take_out(cart: CartStore, toaster: Toaster, skus: Vec<SkuId>) {
    let gone: Vec<(Row, bool)> = cart.review().with_untracked(|review| {
        let rows = review.rows().filter(|row| skus.contains(&row.sku));
        rows.map(|row| (row.clone(), row.chosen)).collect()
    });
    let count = skus.len() as u64;
    // Only an added line can be refused.
    let _ = cart.edit(&Edit::Remove(skus));
    let put_back = Arc::new(move || {
        for (row, chosen) in gone.clone() {
            let price = row.item.as_ref().map(|item| item.unit_price);
            put(cart, row.sku, row.quantity, price, chosen);
        }
    });
    toaster.show(Toast {
        text: t!(cart.removed, count = count),
        action: Some((t!(cart.undo).to_owned(), put_back)),
        stays: false,
    });
}

fn put(cart: CartStore, sku: SkuId, quantity: Quantity, price: Option<Money>, chosen: bool) {
    let add = Edit::Add {
        sku: sku.clone(),
        quantity,
        price,
        at: cart.now(),
    };
    // There was room for it a moment ago; if another tab has filled the cart, the line stays out.
    if cart.edit(&add).is_ok() && !chosen {
        let _ = cart.edit(&Edit::Choose(vec![sku], false));
    }
}

//! Coupons of the order: which one is used, and of the others why not.

use contract::promotions::CouponTried;
use contract::quote::Quote;
use leptos::prelude::*;

use super::desk::Desk;
use crate::i18n::money;
use crate::t;
use crate::ui::{Check, Coupon, LineButton, Panel, Sheet, reason_words, text};

/// The row that shows what is used; none for whoever has no coupons.
#[component]
pub(super) fn Coupons(desk: Desk) -> impl IntoView {
    let words = Memo::new(move |_| {
        let chosen = desk.coupons.get().unwrap_or_default();
        desk.quote.with(|quote| words(quote.as_ref()?, &chosen))
    });
    let is_there = Memo::new(move |_| words.with(Option::is_some));
    move || {
        is_there.get().then(|| {
            view! {
                <Panel rows=true label=t!(promotions.coupon)>
                    <LineButton
                        label=t!(promotions.coupon)
                        on_press=move |()| desk.sheets.coupons.set(true)
                    >
                        {words}
                    </LineButton>
                </Panel>
            }
        })
    }
}

/// What the row says: how much is saved, how many could be used, or that none fits.
fn words(quote: &Quote, chosen: &[contract::CouponId]) -> Option<String> {
    let wallet = &quote.promotions.wallet;
    if wallet.is_empty() {
        return None;
    }
    let mut applied = quote.promotions.applied.iter();
    let used = applied.find(|one| one.coupon.as_ref().is_some_and(|it| chosen.contains(it)));
    let fitting = wallet.iter().filter(|one| one.saves.is_some()).count();
    Some(match used {
        Some(one) => format!("−{}", money(one.amount)),
        None if fitting > 0 => t!(promotions.unclaimed, n = fitting.to_string()),
        None => t!(promotions.none_fits).to_owned(),
    })
}

/// The sheet that one is chosen in.
#[component]
pub(super) fn CouponSheet(desk: Desk) -> impl IntoView {
    let wallet = Memo::new(move |_| {
        let mut wallet = desk
            .quote
            .with(|quote| quote.as_ref().map(|quote| quote.promotions.wallet.clone()))
            .unwrap_or_default();
        wallet.sort_by_key(|one| std::cmp::Reverse(one.saves.map_or(0, |saves| saves.minor)));
        wallet
    });
    view! {
        <Sheet open=desk.sheets.coupons title=t!(promotions.choose)>
            <ul class=text::stack>
                <For each=move || wallet.get() key=|one| one.coupon.clone() let:one>
                    <li>
                        <Choice desk one />
                    </li>
                </For>
            </ul>
        </Sheet>
    }
}

#[component]
fn Choice(desk: Desk, one: CouponTried) -> impl IntoView {
    let currency = one.offer.threshold.currency;
    let note = match (&one.saves, &one.reason) {
        (_, Some(reason)) => reason_words(reason, currency),
        (Some(saves), None) => t!(promotions.saves, amount = money(*saves)),
        (None, None) => String::new(),
    };
    let fits = one.saves.is_some();
    let label = format!("{} {note}", one.offer.title);
    let id = StoredValue::new(one.coupon);
    let checked = Memo::new(move |_| {
        let chosen = desk.coupons.get().unwrap_or_default();
        id.with_value(|id| chosen.contains(id))
    });
    // One at a time: whether two go together is the shop's to say, and most do not.
    let choose = move |wanted: bool| {
        let chosen = wanted.then(|| id.get_value()).into_iter().collect();
        desk.coupons.set(Some(chosen));
        desk.sheets.coupons.set(false);
    };
    view! {
        <Coupon offer=one.offer faint=!fits note>
            <Check checked disabled=!fits label on_change=choose />
        </Coupon>
    }
}

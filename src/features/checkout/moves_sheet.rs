//! Prices that moved: old, new, and the question whether to go on.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::desk::Desk;
use super::state::PriceMove;
use crate::i18n::{money, money_to_pay};
use crate::routes;
use crate::t;
use crate::ui::{Button, ButtonKind, Sheet, Sum, SumRow, text};

/// The sheet.
#[component]
pub(super) fn MovesSheet(desk: Desk) -> impl IntoView {
    let accept = move |()| {
        if let Some((_, quote)) = desk.moved.get_untracked() {
            desk.accept(quote);
        }
    };
    let navigate = StoredValue::new_local(use_navigate());
    let back = move |()| {
        let to = match desk.group() {
            Some(group) => routes::group(&group),
            None if desk.past_cart => routes::home().to_owned(),
            None => routes::cart().to_owned(),
        };
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    };
    let words = move || {
        if desk.ordering.get() {
            t!(checkout.moved_accept)
        } else {
            t!(checkout.moved_take)
        }
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true on_press=accept>
                {words}
            </Button>
            <Button kind=ButtonKind::Quiet wide=true on_press=back>
                {if desk.past_cart { t!(checkout.not_now) } else { t!(checkout.back_to_cart) }}
            </Button>
        }
    };
    view! {
        <Sheet open=desk.sheets.moves title=t!(checkout.moved_title) foot>
            <p class=text::muted>{t!(checkout.moved_text)}</p>
            {move || desk.moved.get().map(|(moves, quote)| view! {
                <Sum>
                    {moves.into_iter().map(|one| view! { <Moved one /> }).collect_view()}
                    <SumRow label=t!(checkout.moved_total) total=true>{money_to_pay(quote.total)}</SumRow>
                </Sum>
            })}
        </Sheet>
    }
}

#[component]
fn Moved(one: PriceMove) -> impl IntoView {
    let PriceMove { item, was, now } = one;
    let (label, why) = match item {
        Some(item) => (item.title, item.label),
        None => (t!(checkout.moved_shipping).to_owned(), String::new()),
    };
    view! { <SumRow label why>{t!(checkout.moved_line, was = money(was), now = money(now))}</SumRow> }
}

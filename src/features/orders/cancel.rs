//! Cancelling: asked once more, with what it means for the money.

use contract::orders::{OrderDetail, OrderState};
use leptos::prelude::*;

use super::ask::{AskButton, Deed, Words};
use crate::i18n::money_to_pay;
use crate::t;

/// The button and its question.
#[component]
pub(super) fn CancelButton(
    order: OrderDetail,
    /// Gets the order as it is afterwards.
    on_change: Callback<OrderDetail>,
) -> impl IntoView {
    let (title, text) = match order.card.state {
        OrderState::Paid => (
            t!(orders.cancel_paid_title),
            t!(
                orders.cancel_paid_text,
                amount = money_to_pay(order.card.total)
            ),
        ),
        _ => (
            t!(orders.cancel_unpaid_title),
            t!(orders.cancel_unpaid_text).to_owned(),
        ),
    };
    let words = Words {
        button: t!(orders.cancel),
        title,
        text,
        yes: t!(orders.cancel_yes),
        no: t!(orders.cancel_no),
        failed: t!(orders.cancel_failed),
    };
    view! { <AskButton order=order.card.id deed=Deed::Cancel words on_change /> }
}

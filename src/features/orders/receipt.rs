//! Saying that the goods are there: asked once more, since it completes the order.

use contract::orders::OrderDetail;
use leptos::prelude::*;

use super::ask::{AskButton, Deed, Words};
use crate::t;

/// The button and its question.
#[component]
pub(super) fn ReceiptButton(
    order: OrderDetail,
    /// Gets the order as it is afterwards.
    on_change: Callback<OrderDetail>,
) -> impl IntoView {
    let words = Words {
        button: t!(orders.receipt),
        title: t!(orders.receipt_title),
        text: t!(orders.receipt_text).to_owned(),
        yes: t!(orders.receipt_yes),
        no: t!(orders.receipt_no),
        failed: t!(orders.receipt_failed),
    };
    view! { <AskButton order=order.card.id deed=Deed::ConfirmReceipt words on_change /> }
}

//! The button that pays an order at the cashier.

use contract::OrderId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::failure_words;
use crate::stores::use_attempts;
use crate::t;
use crate::ui::{Button, ButtonKind, toast};

/// The button.
#[component]
pub(super) fn PayButton(
    id: OrderId,
    /// In a list.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let attempts = use_attempts();
    let toaster = toast();
    let busy = RwSignal::new(false);
    let press = move |()| {
        let id = id.clone();
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = attempts.go_to_cashier(id).await {
                toaster.show(failure_words(&error).1);
                busy.try_set(false);
            }
        });
    };
    view! {
        <Button kind=ButtonKind::Primary small busy on_press=press>
            {t!(orders.pay)}
        </Button>
    }
}

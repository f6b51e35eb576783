//! Cancelling: asked once more, with what it means for the money.

use contract::orders::{OrderDetail, OrderState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::api::failure_words;
use crate::i18n::money_to_pay;
use crate::stores::use_attempts;
use crate::t;
use crate::ui::{Button, ButtonKind, Glyph, Notice, NoticeKind, Sheet};

/// The button and its question.
#[component]
pub(super) fn CancelButton(
    order: OrderDetail,
    /// Gets the order as it is afterwards.
    on_change: Callback<OrderDetail>,
) -> impl IntoView {
    let attempts = use_attempts();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let is_paid = order.card.state == OrderState::Paid;
    let (title, words) = match is_paid {
        true => (
            t!(orders.cancel_paid_title),
            t!(
                orders.cancel_paid_text,
                amount = money_to_pay(order.card.total)
            ),
        ),
        false => (
            t!(orders.cancel_unpaid_title),
            t!(orders.cancel_unpaid_text).to_owned(),
        ),
    };
    let id = order.card.id;
    let cancel = Callback::new(move |()| {
        let id = id.clone();
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let what = format!("cancel_order:{id}");
            match attempts.once(&what, id, api::cancel_order).await {
                Ok(order) => {
                    open.try_set(false);
                    // The page may have gone meanwhile; then nobody needs to be told.
                    if busy.try_get_untracked().is_some() {
                        on_change.run(order);
                    }
                }
                Err(error) => {
                    failure.try_set(Some(failure_words(&error).1));
                }
            }
            busy.try_set(false);
        });
    });
    let foot = move || {
        view! {
            <Button wide=true busy on_press=cancel>
                {t!(orders.cancel_yes)}
            </Button>
            <Button kind=ButtonKind::Primary wide=true on_press=move |()| open.set(false)>
                {t!(orders.cancel_no)}
            </Button>
        }
    };
    view! {
        <Button kind=ButtonKind::Quiet on_press=move |()| open.set(true)>
            {t!(orders.cancel)}
        </Button>
        <Sheet open title=title.to_owned() foot>
            <p>{words.clone()}</p>
            {move || {
                failure
                    .get()
                    .map(|words| {
                        view! {
                            <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>
                                {t!(orders.cancel_failed)}
                                " · "
                                {words}
                            </Notice>
                        }
                    })
            }}
        </Sheet>
    }
}

//! Saying that the goods are there: asked once more, since it completes the order.

use contract::orders::OrderDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::api::failure_words;
use crate::stores::use_attempts;
use crate::t;
use crate::ui::{Button, ButtonKind, Glyph, Notice, NoticeKind, Sheet};

/// The button and its question.
#[component]
pub(super) fn ReceiptButton(
    order: OrderDetail,
    /// Gets the order as it is afterwards.
    on_change: Callback<OrderDetail>,
) -> impl IntoView {
    let attempts = use_attempts();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let id = order.card.id;
    let confirm = Callback::new(move |()| {
        let id = id.clone();
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let what = format!("confirm_receipt:{id}");
            match attempts.once(&what, id, api::confirm_receipt).await {
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
            <Button kind=ButtonKind::Primary wide=true busy on_press=confirm>
                {t!(orders.receipt_yes)}
            </Button>
            <Button kind=ButtonKind::Quiet wide=true on_press=move |()| open.set(false)>
                {t!(orders.receipt_no)}
            </Button>
        }
    };
    view! {
        <Button kind=ButtonKind::Primary on_press=move |()| open.set(true)>
            {t!(orders.receipt)}
        </Button>
        <Sheet open title=t!(orders.receipt_title).to_owned() foot>
            <p>{t!(orders.receipt_text)}</p>
            {move || {
                failure
                    .get()
                    .map(|words| {
                        view! {
                            <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>
                                {t!(orders.receipt_failed)}
                                " · "
                                {words}
                            </Notice>
                        }
                    })
            }}
        </Sheet>
    }
}

//! Changing an order for good: a button, and a question before anything happens.

use contract::OrderId;
use contract::orders::OrderDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::api::failure_words;
use crate::stores::use_attempts;
use crate::ui::{Button, ButtonKind, Glyph, Notice, NoticeKind, Sheet};

/// What is done to the order.
#[derive(Clone, Copy)]
pub(super) enum Deed {
    Cancel,
    ConfirmReceipt,
}

/// The words of the button and of its question.
pub(super) struct Words {
    pub button: &'static str,
    pub title: &'static str,
    pub text: String,
    pub yes: &'static str,
    pub no: &'static str,
    /// Stands before the reason of a failure.
    pub failed: &'static str,
}

impl Deed {
    /// Names the deed among the attempts.
    fn name(self) -> &'static str {
        match self {
            Self::Cancel => "cancel_order",
            Self::ConfirmReceipt => "confirm_receipt",
        }
    }

    /// Of the button, of "yes" and of "no". What cannot be taken back is not made easy: cancelling is quiet,
    /// and keeping the order is the plain choice.
    fn kinds(self) -> [ButtonKind; 3] {
        match self {
            Self::Cancel => [ButtonKind::Quiet, ButtonKind::Plain, ButtonKind::Primary],
            Self::ConfirmReceipt => [ButtonKind::Primary, ButtonKind::Primary, ButtonKind::Quiet],
        }
    }
}

/// The button and its question.
#[component]
pub(super) fn AskButton(
    order: OrderId,
    deed: Deed,
    words: Words,
    /// Gets the order as it is afterwards.
    on_change: Callback<OrderDetail>,
) -> impl IntoView {
    let attempts = use_attempts();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let confirm = Callback::new(move |()| {
        let id = order.clone();
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let what = format!("{}:{id}", deed.name());
            let done = match deed {
                Deed::Cancel => attempts.once(&what, id, api::cancel_order).await,
                Deed::ConfirmReceipt => attempts.once(&what, id, api::confirm_receipt).await,
            };
            match done {
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
    let [kind, yes_kind, no_kind] = deed.kinds();
    let Words {
        button,
        title,
        text,
        yes,
        no,
        failed,
    } = words;
    let foot = move || {
        view! {
            <Button kind=yes_kind wide=true busy on_press=confirm>
                {yes}
            </Button>
            <Button kind=no_kind wide=true on_press=move |()| open.set(false)>
                {no}
            </Button>
        }
    };
    view! {
        <Button kind on_press=move |()| open.set(true)>
            {button}
        </Button>
        <Sheet open title=title.to_owned() foot>
            <p>{text.clone()}</p>
            {move || {
                failure
                    .get()
                    .map(|why| {
                        view! {
                            <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>
                                {failed}
                                " · "
                                {why}
                            </Notice>
                        }
                    })
            }}
        </Sheet>
    }
}

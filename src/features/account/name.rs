//! The name under which others see a customer, and the sheet in which it is changed.

use contract::ErrorCode;
use contract::account::NameRequest;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::api::failure_words;
use crate::stores::{use_attempts, use_session};
use crate::t;
use crate::ui::{Button, ButtonKind, Field, FieldKind, Glyph, IconButton, Sheet, text, toast};

/// The most characters of a name.
const LONGEST: usize = 20;

/// The way to the sheet, and the sheet.
#[component]
pub(super) fn ChangeName(
    /// The name as it is.
    name: String,
) -> impl IntoView {
    let session = use_session();
    let attempts = use_attempts();
    let toaster = toast();
    let open = RwSignal::new(false);
    let typed = RwSignal::new(name);
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let save = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let name = typed.get_untracked();
        spawn_local(async move {
            let request = NameRequest { name };
            let saved = attempts.once("set_name", request, api::set_name).await;
            busy.try_set(false);
            match saved {
                Ok(answer) => {
                    open.try_set(false);
                    toaster.show(t!(account.name_saved));
                    session.take(answer);
                }
                Err(error) if error.code() == Some(ErrorCode::InvalidRequest) => {
                    trouble.try_set(Some(t!(account.name_unfit).to_owned()));
                }
                Err(error) => {
                    trouble.try_set(Some(failure_words(&error).1));
                }
            }
        });
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true busy on_press=save>
                {t!(account.name_save)}
            </Button>
        }
    };
    view! {
        <IconButton
            label=t!(account.name_change).to_owned()
            glyph=Glyph::Edit
            on_press=move |()| open.set(true)
        />
        <Sheet open title=t!(account.name_title).to_owned() foot>
            <form
                class=text::stack
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    save(());
                }
            >
                <Field
                    label=t!(account.name)
                    kind=FieldKind::Nickname
                    value=typed
                    longest=LONGEST
                    error=trouble
                    hint=t!(account.name_hint)
                    focus=true
                />
            </form>
        </Sheet>
    }
}

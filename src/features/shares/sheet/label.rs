//! The sharer's own word for a link, so that places can be told apart (features.md 86).

use leptos::prelude::*;

use super::desk::Desk;
use super::state::{LONGEST_LABEL, label};
use crate::t;
use crate::ui::{Button, ButtonKind, Field, FieldKind};

stylance::import_crate_style!(style, "src/features/shares/sheet/label.module.css");

/// The question, folded away until somebody wants it.
#[component]
pub fn Label(desk: Desk) -> impl IntoView {
    let used = desk.label.get_untracked();
    let is_open = used.is_some();
    let typed = RwSignal::new(used.unwrap_or_default());
    let wrong = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let word = typed.with_untracked(|typed| label(typed));
        wrong.set(word.is_none());
        if let Some(word) = word
            && word != desk.label.get_untracked()
        {
            // The offer is made anew, and this form with it.
            desk.label.set(word);
            desk.said.set(Some(t!(shares.sub_id_used).to_owned()));
        }
    };
    view! {
        <details class=style::label open=is_open>
            <summary>{t!(shares.mark)}</summary>
            <form on:submit=submit novalidate>
                <Field
                    label=t!(shares.sub_id_label)
                    kind=FieldKind::Text
                    value=typed
                    longest=LONGEST_LABEL
                    hint=t!(shares.sub_id_hint)
                    error=Signal::derive(move || {
                        wrong.get().then(|| t!(shares.sub_id_error).to_owned())
                    })
                />
                <Button kind=ButtonKind::Outline submit=true>
                    {t!(shares.sub_id_use)}
                </Button>
            </form>
        </details>
    }
}

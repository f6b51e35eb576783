//! The note to the shop.

use contract::checkout::MAX_REMARK;
use leptos::prelude::*;

use super::desk::Desk;
use crate::t;
use crate::ui::{Button, ButtonKind, LineButton, Panel, Sheet, TextArea};

/// The row that shows the note.
#[component]
pub(super) fn Remark(desk: Desk) -> impl IntoView {
    let words = move || {
        let remark = desk.draft.with(|draft| draft.remark.trim().to_owned());
        if remark.is_empty() {
            t!(checkout.remark_none).to_owned()
        } else {
            remark
        }
    };
    view! {
        <Panel rows=true label=t!(checkout.remark)>
            <LineButton label=t!(checkout.remark) on_press=move |()| desk.sheets.remark.set(true)>
                {words}
            </LineButton>
        </Panel>
    }
}

/// The sheet that it is written in.
#[component]
pub(super) fn RemarkSheet(desk: Desk) -> impl IntoView {
    let open = desk.sheets.remark;
    let typed = RwSignal::new(String::new());
    Effect::new(move || {
        if open.get() {
            typed.set(desk.draft.with_untracked(|draft| draft.remark.clone()));
        }
    });
    let save = move |()| {
        // The field counts UTF-16 units, the shop characters.
        let remark = typed.get_untracked().chars().take(MAX_REMARK).collect();
        desk.draft.update(|draft| draft.remark = remark);
        open.set(false);
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true on_press=save>
                {t!(checkout.save)}
            </Button>
        }
    };
    view! {
        <Sheet open title=t!(checkout.remark) foot>
            <TextArea label=t!(checkout.remark) value=typed longest=MAX_REMARK placeholder=t!(checkout.remark_hint) />
        </Sheet>
    }
}

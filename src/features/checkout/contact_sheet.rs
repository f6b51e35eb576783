//! Who collects.

use contract::checkout::MAX_NAME;
use leptos::prelude::*;

use super::desk::Desk;
use super::state::contact;
use crate::stores::phone;
use crate::t;
use crate::ui::{Button, ButtonKind, Field, FieldKind, Sheet, text};

/// The sheet.
#[component]
pub(super) fn ContactSheet(desk: Desk) -> impl IntoView {
    view! {
        <Sheet open=desk.sheets.contact title=t!(checkout.contact)>
            <Form desk />
        </Sheet>
    }
}

#[component]
fn Form(desk: Desk) -> impl IntoView {
    let known = desk.draft.with_untracked(|draft| draft.contact.clone());
    let name = RwSignal::new(
        known
            .as_ref()
            .map(|known| known.name.clone())
            .unwrap_or_default(),
    );
    let number = RwSignal::new(known.map(|known| known.phone).unwrap_or_default());
    let pressed = RwSignal::new(false);
    let name_error = Signal::derive(move || {
        let fits = name.with(|name| (1..=MAX_NAME).contains(&name.trim().chars().count()));
        (pressed.get() && !fits).then(|| t!(checkout.contact_name_error).to_owned())
    });
    let number_error = Signal::derive(move || {
        let fits = number.with(|number| phone::normalise(number).is_some());
        (pressed.get() && !fits).then(|| t!(checkout.contact_phone_error).to_owned())
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        pressed.set(true);
        let typed =
            name.with_untracked(|name| number.with_untracked(|number| contact(name, number)));
        if let Some(contact) = typed {
            desk.draft.update(|draft| draft.contact = Some(contact));
            desk.sheets.contact.set(false);
        }
    };
    view! {
        <form class=text::stack on:submit=submit novalidate>
            <Field label=t!(checkout.contact_name) kind=FieldKind::Name value=name longest=MAX_NAME error=name_error />
            <Field
                label=t!(checkout.contact_phone)
                kind=FieldKind::Phone
                value=number
                longest=24
                hint=t!(checkout.contact_why)
                error=number_error
            />
            <Button kind=ButtonKind::Primary wide=true submit=true>
                {t!(checkout.save)}
            </Button>
        </form>
    }
}

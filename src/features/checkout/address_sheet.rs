//! Choosing an address, or writing a new one without leaving the checkout.

use contract::address::{Address, AddressInput};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::desk::Desk;
use crate::api::failure_words;
use crate::stores::phone;
use crate::t;
use crate::ui::{AddressForm, Button, Glyph, Icon, Sheet, text};

stylance::import_crate_style!(style, "src/features/checkout/choices.module.css");

/// The sheet.
#[component]
pub(super) fn AddressSheet(desk: Desk) -> impl IntoView {
    let writing = RwSignal::new(false);
    let none = Memo::new(move |_| {
        desk.book
            .entries()
            .with(|entries| entries.as_ref().is_none_or(Vec::is_empty))
    });
    let open = desk.sheets.address;
    Effect::new(move || {
        if open.get() {
            writing.set(none.get_untracked());
        }
    });
    let title = Signal::derive(move || match writing.get() {
        true => t!(checkout.address_new).to_owned(),
        false => t!(checkout.address_choose).to_owned(),
    });
    view! {
        <Sheet open title>
            {move || match writing.get() {
                true => view! { <Write desk /> }.into_any(),
                false => view! { <Choose desk writing /> }.into_any(),
            }}
        </Sheet>
    }
}

#[component]
fn Choose(desk: Desk, writing: RwSignal<bool>) -> impl IntoView {
    let entries = desk.book.entries();
    let rows = move || {
        let entries = entries.get().unwrap_or_default();
        entries
            .into_iter()
            .map(|address| view! { <Row desk address /> })
            .collect_view()
    };
    view! {
        <div class=text::stack>
            <ul class=style::choices>{rows}</ul>
            <Button wide=true on_press=move |()| writing.set(true)>
                {t!(checkout.address_new)}
            </Button>
        </div>
    }
}

#[component]
fn Row(desk: Desk, address: Address) -> impl IntoView {
    let Address { id, input } = address;
    let id = StoredValue::new(id);
    let chosen = Memo::new(move |_| {
        desk.draft
            .with(|draft| id.with_value(|id| draft.address.as_ref() == Some(id)))
    });
    let choose = move |_| {
        desk.draft
            .update(|draft| draft.address = Some(id.get_value()));
        desk.sheets.address.set(false);
    };
    view! {
        <li>
            <button class=style::choice type="button" aria-pressed=move || chosen.get().to_string() on:click=choose>
                <Icon glyph=Glyph::Place />
                <span class=style::main>
                    <b>{input.region}" "{input.detail}</b>
                    <span>{input.name}" "{phone::masked(&input.phone)}</span>
                </span>
                <Show when=move || chosen.get()>
                    <Icon glyph=Glyph::Check />
                </Show>
            </button>
        </li>
    }
}

#[component]
fn Write(desk: Desk) -> impl IntoView {
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let communities =
        LocalResource::new(|| async { api::list_communities().await.unwrap_or_default() });
    let save = Callback::new(move |input: AddressInput| {
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match desk.book.save(None, input).await {
                Ok(saved) => {
                    desk.draft
                        .try_update(|draft| draft.address = Some(saved.id));
                    desk.sheets.address.try_set(false);
                }
                Err(error) => {
                    failure.try_set(Some(failure_words(&error).1));
                }
            }
            busy.try_set(false);
        });
    });
    move || {
        // The form waits for the neighbourhoods: a field that appears later would move the others.
        communities.get().map(|communities| {
            view! { <AddressForm communities check_phone=phone::normalise busy failure on_save=save /> }
        })
    }
}

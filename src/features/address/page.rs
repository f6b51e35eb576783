//! The address book: every entry, writing, changing and striking one.

use contract::Page;
use contract::address::{Address, AddressInput};
use contract::catalog::Community;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Loading, failure_words, use_load};
use crate::routes;
use crate::stores::{phone, use_address_book};
use crate::t;
use crate::ui::{
    AddressForm, Badge, BadgeKind, Button, ButtonKind, Dock, Empty, Glyph, Panel, Sheet, Skeleton,
    SkeletonKind, Topbar, text, toast,
};

stylance::import_crate_style!(style, "src/features/address/page.module.css");

/// What the sheet holds while it is open.
#[derive(Clone, Copy)]
struct Editing {
    open: RwSignal<bool>,
    /// The entry that is changed; absent for a new one.
    entry: RwSignal<Option<Address>>,
}

/// The address book's page.
#[component]
pub fn AddressPage() -> impl IntoView {
    let book = use_address_book();
    let load = use_load(move || book.load());
    let editing = Editing {
        open: RwSignal::new(false),
        entry: RwSignal::new(None),
    };
    let add = move |()| {
        editing.entry.set(None);
        editing.open.set(true);
    };
    let skeleton = || {
        view! {
            <Panel label=t!(app.loading)>
                <div class=style::waiting aria-busy="true">
                    <Skeleton kind=SkeletonKind::Block />
                    <Skeleton kind=SkeletonKind::Block />
                </div>
            </Panel>
        }
        .into_any()
    };
    view! {
        <Topbar title=t!(address.title) back=routes::account() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Loading load skeleton children=move |_| view! { <Entries editing /> }.into_any() />
        </main>
        <Dock>
            <Button kind=ButtonKind::Primary wide=true on_press=add>
                {t!(address.add)}
            </Button>
        </Dock>
        <EditSheet editing />
    }
}

#[component]
fn Entries(editing: Editing) -> impl IntoView {
    let entries = use_address_book().entries();
    move || match entries.get().unwrap_or_default() {
        entries if entries.is_empty() => view! {
            <Empty glyph=Glyph::Place title=t!(address.empty_title) text=t!(address.empty_text) />
        }
        .into_any(),
        entries => view! {
            <ul class=style::entries>
                {entries.into_iter().map(|entry| view! { <Entry entry editing /> }).collect_view()}
            </ul>
        }
        .into_any(),
    }
}

#[component]
fn Entry(entry: Address, editing: Editing) -> impl IntoView {
    let book = use_address_book();
    let toaster = toast();
    let busy = RwSignal::new(false);
    let input = entry.input.clone();
    let id = StoredValue::new(entry.id.clone());
    let edit = move |()| {
        editing.entry.set(Some(entry.clone()));
        editing.open.set(true);
    };
    let delete = move |()| {
        busy.set(true);
        spawn_local(async move {
            match book.delete(id.get_value()).await {
                Ok(()) => toaster.show(t!(address.deleted)),
                Err(error) => toaster.show(failure_words(&error).1),
            }
            busy.try_set(false);
        });
    };
    view! {
        <li>
            <Panel label=input.detail.clone()>
                <p class=style::place>
                    {input.is_default.then(|| view! { <Badge kind=BadgeKind::BrandSoft>{t!(address.default_badge)}</Badge> })}
                    <b>{input.region}" "{input.detail}</b>
                </p>
                <p class=stylance::classes!(text::small, text::muted)>{input.name}" "{phone::masked(&input.phone)}</p>
                <div class=style::actions>
                    <Button kind=ButtonKind::Quiet small=true busy on_press=delete>
                        {t!(address.delete)}
                    </Button>
                    <Button small=true on_press=edit>
                        {t!(address.edit)}
                    </Button>
                </div>
            </Panel>
        </li>
    }
}

#[component]
fn EditSheet(editing: Editing) -> impl IntoView {
    let title = Signal::derive(move || match editing.entry.with(Option::is_some) {
        true => t!(address.edit_title).to_owned(),
        false => t!(address.add).to_owned(),
    });
    view! {
        <Sheet open=editing.open title>
            <Edit editing />
        </Sheet>
    }
}

#[component]
fn Edit(editing: Editing) -> impl IntoView {
    let book = use_address_book();
    let toaster = toast();
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let communities = LocalResource::new(|| async {
        let page: Result<Page<Community>, _> = api::get("/api/communities").await;
        // Without the neighbourhoods the question is left out; parcels reach the address all the same.
        page.map(|page| page.items).unwrap_or_default()
    });
    let save = Callback::new(move |input: AddressInput| {
        busy.set(true);
        failure.set(None);
        let id = editing
            .entry
            .with_untracked(|entry| entry.as_ref().map(|entry| entry.id.clone()));
        spawn_local(async move {
            match book.save(id, input).await {
                Ok(_) => {
                    toaster.show(t!(address.saved));
                    editing.open.try_set(false);
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
        let communities = communities.get()?;
        let entry = editing.entry.get_untracked().map(|entry| entry.input);
        Some(match entry {
            Some(initial) => {
                view! { <AddressForm initial communities check_phone=phone::normalise busy failure on_save=save /> }.into_any()
            }
            None => view! { <AddressForm communities check_phone=phone::normalise busy failure on_save=save /> }.into_any(),
        })
    }
}

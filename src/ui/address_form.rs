//! The form of one address. Who uses it saves it.

use contract::CommunityId;
use contract::address::AddressInput;
use contract::catalog::Community;
use leptos::prelude::*;

use super::{Button, ButtonKind, Check, Field, FieldKind};
use crate::t;

stylance::import_crate_style!(style, "src/ui/address_form.module.css");

/// What is wrong with an entry, field by field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Faults {
    name: bool,
    phone: bool,
    region: bool,
    detail: bool,
}

/// What the server would refuse (its address rules say the same).
fn faults(input: &AddressInput, phone_fits: bool) -> Faults {
    let fits = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count());
    Faults {
        name: !fits(&input.name, 40),
        phone: !phone_fits,
        region: !fits(&input.region, 100),
        detail: !fits(&input.detail, 200),
    }
}

/// The form. `on_save` gets an entry without faults.
#[component]
pub fn AddressForm(
    /// What stands in it at first.
    #[prop(optional)]
    initial: Option<AddressInput>,
    /// Neighbourhoods to choose from; none leaves the question out.
    communities: Vec<Community>,
    /// The phone number as it will be kept; absent when it is none.
    check_phone: fn(&str) -> Option<String>,
    /// It is being saved.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it was not saved.
    #[prop(into)]
    failure: Signal<Option<String>>,
    /// Takes the entry.
    #[prop(into)]
    on_save: Callback<AddressInput>,
) -> impl IntoView {
    let initial = initial.unwrap_or(AddressInput {
        name: String::new(),
        phone: String::new(),
        region: String::new(),
        detail: String::new(),
        community: None,
        is_default: false,
    });
    let [name, phone, region, detail] = [
        &initial.name,
        &initial.phone,
        &initial.region,
        &initial.detail,
    ]
    .map(|text| RwSignal::new(text.clone()));
    let community = RwSignal::new(initial.community.clone());
    let is_default = RwSignal::new(initial.is_default);
    let pressed = RwSignal::new(false);
    let entry = move || AddressInput {
        name: name.get(),
        phone: phone.get(),
        region: region.get(),
        detail: detail.get(),
        community: community.get(),
        is_default: is_default.get(),
    };
    let wrong = Memo::new(move |_| {
        let entry = entry();
        let phone_fits = check_phone(&entry.phone).is_some();
        if pressed.get() {
            faults(&entry, phone_fits)
        } else {
            Faults::default()
        }
    });
    let error = move |is_wrong: fn(&Faults) -> bool, words: &'static str| {
        Signal::derive(move || wrong.with(is_wrong).then(|| words.to_owned()))
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        pressed.set(true);
        let entry = untrack(entry);
        if let Some(phone) = check_phone(&entry.phone)
            && faults(&entry, true) == Faults::default()
            && !busy.get_untracked()
        {
            on_save.run(AddressInput { phone, ..entry });
        }
    };
    view! {
        <form class=style::form on:submit=submit novalidate>
            <Field
                label=t!(address.name)
                kind=FieldKind::Name
                value=name
                longest=40
                error=error(|wrong| wrong.name, t!(address.name_error))
            />
            <Field
                label=t!(address.phone)
                kind=FieldKind::Phone
                value=phone
                longest=24
                error=error(|wrong| wrong.phone, t!(address.phone_error))
            />
            <Field
                label=t!(address.region)
                kind=FieldKind::Region
                value=region
                longest=100
                hint=t!(address.region_hint)
                error=error(|wrong| wrong.region, t!(address.region_error))
            />
            <Field
                label=t!(address.detail)
                kind=FieldKind::Street
                value=detail
                longest=200
                error=error(|wrong| wrong.detail, t!(address.detail_error))
            />
            <Communities communities chosen=community />
            <label class=style::default>
                <Check
                    checked=is_default
                    label=t!(address.is_default)
                    on_change=move |on| is_default.set(on)
                />
                <span aria-hidden="true">{t!(address.is_default)}</span>
            </label>
            <p class=style::failure role="alert">
                {move || failure.get()}
            </p>
            <Button kind=ButtonKind::Primary wide=true submit=true busy>
                {t!(address.save)}
            </Button>
        </form>
    }
}

/// Which neighbourhood: it decides whether the store's own courier comes.
#[component]
fn Communities(
    communities: Vec<Community>,
    chosen: RwSignal<Option<CommunityId>>,
) -> impl IntoView {
    if communities.is_empty() {
        return None;
    }
    let none = std::iter::once((None, t!(address.community_none).to_owned()));
    let options = communities
        .into_iter()
        .map(|community| (Some(community.id), community.name))
        .chain(none);
    let option = move |(id, name): (Option<CommunityId>, String)| {
        let mine = id.clone();
        view! {
            <label class=style::option>
                <input
                    type="radio"
                    name="community"
                    prop:checked=move || chosen.with(|chosen| *chosen == mine)
                    on:change=move |_| chosen.set(id.clone())
                />
                <span>{name}</span>
            </label>
        }
    };
    Some(view! {
        <fieldset class=style::communities>
            <legend>{t!(address.community)}</legend>
            <p>{t!(address.community_hint)}</p>
            <div class=style::options>{options.map(option).collect_view()}</div>
        </fieldset>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_without_faults_has_all_four_texts() {
        let good = AddressInput {
            name: "陈小雨".into(),
            phone: "13812345678".into(),
            region: "上海市 徐汇区".into(),
            detail: "漕溪北路 45 弄".into(),
            community: None,
            is_default: false,
        };
        assert_eq!(faults(&good, true), Faults::default());
        let bad = AddressInput {
            name: " ".into(),
            detail: "长".repeat(201),
            ..good
        };
        assert_eq!(
            faults(&bad, false),
            Faults {
                name: true,
                phone: true,
                region: false,
                detail: true
            }
        );
    }
}

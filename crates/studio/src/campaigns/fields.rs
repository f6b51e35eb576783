//! Fields that the shop's own components do not have: a moment, a time of day, a tick with its words, and the place of a
//! field in the page.

use leptos::prelude::*;
use storefront::ui::{Check, text};

use super::draft::{Moment, Spot};
use crate::form;

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/campaigns/fields.module.css"
);

pub use style::{actions, dates, fields, grow, narrow, row, rows, wrong};

/// Where a field stands: readiness leads there.
#[component]
pub fn At(
    /// Which field.
    spot: Spot,
    /// It.
    children: Children,
) -> impl IntoView {
    view! { <div class=style::at data-field=spot.word()>{children()}</div> }
}

/// Day and time.
#[component]
pub fn MomentField(
    label: &'static str,
    moment: Moment,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    view! { <Stamp label kind="datetime-local" value=moment.typed error /> }
}

/// A time of day.
#[component]
pub fn TimeField(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! { <Stamp label kind="time" value error=Signal::stored(None) /> }
}

#[component]
fn Stamp(
    label: &'static str,
    kind: &'static str,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let describes = format!("stamp-{}", super::rows::key());
    let described = describes.clone();
    view! {
        <label class=stylance::classes!(form::field, style::stamp)>
            <span>{label}</span>
            <input
                type=kind
                required
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </label>
        // Outside of the label: what is wrong is no part of the field's name.
        {move || error.get().map(|words| view! { <p class=style::hint id=describes.clone() role="alert">{words}</p> })}
    }
}

/// A tick with its words.
#[component]
pub fn Tick(
    label: &'static str,
    #[prop(optional, into)] more: String,
    #[prop(into)] checked: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class=form::choice>
            <Check checked label on_change />
            <span aria-hidden="true">
                <b>{label}</b>
                {(!more.is_empty()).then(|| view! { <small>{more}</small> })}
            </span>
        </label>
    }
}

/// A choice out of a list that is known.
#[component]
pub fn Choice<T, W>(
    label: &'static str,
    #[prop(into)] options: Signal<Vec<T>>,
    words: W,
    #[prop(into)] chosen: Signal<T>,
    #[prop(into)] on_choose: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    W: Fn(&T) -> String + Copy + Send + Sync + 'static,
{
    view! {
        <label class=form::field>
            <span>{label}</span>
            <select on:change=move |event| {
                let Ok(at) = event_target_value(&event).parse::<usize>() else {
                    return;
                };
                let option = options.with_untracked(|all| all.get(at).cloned());
                if let Some(option) = option {
                    on_choose.run(option);
                }
            }>
                {move || options.get().into_iter().enumerate().map(|(at, option)| {
                    let said = words(&option);
                    view! { <option value=at.to_string() prop:selected=move || chosen.get() == option>{said}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}

/// A line of help below fields.
#[component]
pub fn Help(#[prop(into)] words: String) -> impl IntoView {
    view! { <p class=stylance::classes!(text::caption, text::muted)>{words}</p> }
}

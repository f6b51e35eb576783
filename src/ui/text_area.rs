//! A labelled field of several lines that counts its characters.

use leptos::prelude::*;

use crate::i18n::number;

stylance::import_crate_style!(style, "src/ui/field.module.css");

/// A field of several lines.
#[component]
pub fn TextArea(
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What was typed.
    value: RwSignal<String>,
    /// The most characters.
    longest: usize,
    /// What stands in it while it is empty.
    #[prop(optional, into)]
    placeholder: String,
) -> impl IntoView {
    let count = move || value.with(|text| text.chars().count() as u64);
    view! {
        <label class=style::field>
            <span class=crate::ui::text::hidden>{label}</span>
            <textarea
                rows="4"
                maxlength=longest
                placeholder=placeholder
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <span class=style::hint>{move || number(count())}" / "{number(longest as u64)}</span>
        </label>
    }
}

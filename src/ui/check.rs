//! A round check box.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/check.module.css");

/// A check box; the caller keeps its state.
#[component]
pub fn Check(
    /// Whether it is checked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Some but not all of what it stands for.
    #[prop(optional, into)]
    partly: Signal<bool>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What is spoken.
    #[prop(into)]
    label: String,
    /// Told the state wanted.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <input
            class=style::check
            type="checkbox"
            aria-label=label
            prop:checked=move || checked.get()
            prop:indeterminate=move || partly.get()
            disabled=move || disabled.get()
            on:change=move |event| on_change.run(event_target_checked(&event))
        />
    }
}

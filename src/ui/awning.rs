//! The market's awning: the mark of a place where people gather. At most one a screen.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/awning.module.css");

/// An awning, vermilion; jade once what it covers is complete, grey when it ended.
#[component]
pub fn Awning(
    /// What it covers is complete.
    #[prop(optional, into)]
    complete: Signal<bool>,
    /// What it covers ended without it.
    #[prop(optional, into)]
    closed: Signal<bool>,
) -> impl IntoView {
    view! {
        <div
            class=style::awning
            data-complete=move || complete.get().then_some("")
            data-closed=move || closed.get().then_some("")
            aria-hidden="true"
        ></div>
    }
}

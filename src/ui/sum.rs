//! What something costs, item by item, and what it comes to.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/sum.module.css");

/// A list of amounts; [`SumRow`]s inside.
#[component]
pub fn Sum(
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! { <dl class=style::sum>{children()}</dl> }
}

/// One amount.
#[component]
pub fn SumRow(
    /// What it is.
    #[prop(into)]
    label: String,
    /// Why it is so.
    #[prop(optional, into)]
    why: String,
    /// What it all comes to.
    #[prop(optional)]
    total: bool,
    /// Money that the shopper keeps.
    #[prop(optional)]
    saving: bool,
    /// The amount.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=stylance::classes!(total.then_some(style::total), saving.then_some(style::saving))>
            <dt>{label}{(!why.is_empty()).then(|| view! { <span class=style::why>{why}</span> })}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

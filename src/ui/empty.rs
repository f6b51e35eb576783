//! Nothing here: a drawing, a title, one sentence, one action.

use leptos::prelude::*;

use super::{Glyph, Icon};

stylance::import_crate_style!(style, "src/ui/empty.module.css");

/// What stands in place of content that is empty, failed or offline.
#[component]
pub fn Empty(
    /// What is drawn.
    glyph: Glyph,
    /// What happened.
    #[prop(into)]
    title: String,
    /// What it means and what to do.
    #[prop(optional, into)]
    text: String,
    /// It came instead of something that was asked for: say it at once.
    #[prop(optional)]
    alert: bool,
    /// The one action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class=style::empty role=alert.then_some("alert")>
            <span class=style::art aria-hidden="true">
                <Icon glyph />
            </span>
            <h2>{title}</h2>
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            {children.map(|children| children())}
        </section>
    }
}

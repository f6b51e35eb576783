//! A row of a panel that leads somewhere: its label, what stands there now, an arrow.

use leptos::prelude::*;

use super::{Glyph, Icon};

stylance::import_crate_style!(style, "src/ui/line.module.css");

/// A row that opens something on this page.
#[component]
pub fn LineButton(
    /// What it is about.
    #[prop(into)]
    label: String,
    /// What a press does.
    #[prop(into)]
    on_press: Callback<()>,
    /// What stands there now.
    children: Children,
) -> impl IntoView {
    view! {
        <button class=style::line type="button" on:click=move |_| on_press.run(())>
            <span class=style::label>{label}</span>
            <span class=style::value>{children()}</span>
            <Icon glyph=Glyph::Next />
        </button>
    }
}

/// A row that leads to a page.
#[component]
pub fn LineLink(
    /// What it is about.
    #[prop(into)]
    label: String,
    /// Where to.
    #[prop(into)]
    href: String,
    /// What is drawn before it.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// What stands there now.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <a href=href class=style::line>
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            <span class=style::label>{label}</span>
            <span class=style::value>{children.map(|children| children())}</span>
            <Icon glyph=Glyph::Next />
        </a>
    }
}

//! Round controls that hold an icon alone; their label is spoken.

use leptos::prelude::*;

use super::{CountBadge, Glyph, Icon, IconSize, text};

stylance::import_crate_style!(style, "src/ui/icon_button.module.css");

fn classes(glass: bool) -> String {
    stylance::classes!(style::icon_button, glass.then_some(style::glass))
}

/// A button with an icon.
#[component]
pub fn IconButton(
    /// What is spoken.
    #[prop(into)]
    label: Signal<String>,
    /// What is drawn.
    glyph: Glyph,
    /// How large it is drawn.
    #[prop(optional)]
    size: IconSize,
    /// On a picture.
    #[prop(optional)]
    glass: bool,
    /// A number on its corner; nothing at 0. The label has to speak it.
    #[prop(optional, into)]
    count: Signal<u64>,
    /// What a press does.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class=classes(glass)
            type="button"
            aria-label=move || label.get()
            on:click=move |_| on_press.run(())
        >
            <Icon glyph size />
            <CountBadge count />
        </button>
    }
}

/// A link with an icon.
#[component]
pub fn IconLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What is spoken.
    #[prop(into)]
    label: Signal<String>,
    /// What is drawn.
    glyph: Glyph,
    /// On a picture.
    #[prop(optional)]
    glass: bool,
    /// A number on its corner; nothing at 0. The label has to speak it.
    #[prop(optional, into)]
    count: Signal<u64>,
) -> impl IntoView {
    view! {
        <a href=href class=classes(glass)>
            <Icon glyph />
            <span class=text::hidden>{label}</span>
            <CountBadge count />
        </a>
    }
}

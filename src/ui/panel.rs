//! A white block of a page.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/panel.module.css");

/// A panel, with a title when it has one.
#[component]
pub fn Panel(
    /// Its heading.
    #[prop(optional, into)]
    title: Option<String>,
    /// What stands at the end of the heading's row.
    #[prop(optional, into)]
    more: ViewFnOnce,
    /// Its rows keep their own distance.
    #[prop(optional)]
    rows: bool,
    /// What is spoken for it when it has no heading.
    #[prop(optional, into)]
    label: Option<String>,
    /// Its content.
    children: Children,
) -> impl IntoView {
    let class = stylance::classes!(style::panel, rows.then_some(style::rows));
    let name = label.or_else(|| title.clone());
    view! {
        <section class=class aria-label=name>
            {title
                .map(|title| {
                    view! {
                        <header class=style::head>
                            <h2>{title}</h2>
                            {more.run()}
                        </header>
                    }
                })}
            {children()}
        </section>
    }
}

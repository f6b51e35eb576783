//! The top of a page: where one is, the way back, what can be done.

use leptos::prelude::*;
use storefront::t;
use storefront::ui::{Glyph, IconLink, page_name, text};

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/head.module.css"
);

pub use style::{main, scrolls, side, sides, table};

/// The bar on top of a page.
#[component]
pub fn Head(
    /// What the page is called.
    #[prop(into)]
    title: Signal<String>,
    /// What stands below it.
    #[prop(optional, into)]
    note: Signal<String>,
    /// Where it is a part of.
    #[prop(optional)]
    back: Option<&'static str>,
    /// What can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    page_name(title);
    view! {
        <header class=style::bar>
            {back.map(|href| view! { <IconLink href label=t!(app.back).to_owned() glyph=Glyph::Back /> })}
            <div class=text::grow>
                <h1 tabindex="-1">{move || title.get()}</h1>
                {move || {
                    let note = note.get();
                    (!note.is_empty()).then(|| view! { <p class=stylance::classes!(text::caption, text::muted)>{note}</p> })
                }}
            </div>
            {children.map(|children| view! { <div class=style::acts>{children()}</div> })}
        </header>
    }
}

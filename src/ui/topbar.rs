//! The bar on top of a page: back, title, and what can be done with the whole page.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{Glyph, IconButton};
use crate::t;

stylance::import_crate_style!(style, "src/ui/topbar.module.css");

/// Names the page in the browser's tab while the current owner lives. A page without a [`Topbar`]
/// calls it itself and draws its own `<h1 tabindex="-1">`.
pub fn page_name(title: Signal<String>) {
    crate::platform::page::name(move || t!(app.title, page = title.get()));
}

/// A top bar. Its `<h1>` is the page's name and takes the focus when the page is entered.
#[component]
pub fn Topbar(
    /// The page's name.
    #[prop(into)]
    title: Signal<String>,
    /// Where back leads when the shopper came here from outside; without it there is no back button
    /// and the title stands at the start.
    #[prop(optional, into)]
    back: Option<String>,
    /// Over a picture: no ground, the title is only spoken.
    #[prop(optional)]
    clear: bool,
    /// What stands at its end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    page_name(title);
    let class = stylance::classes!(
        style::topbar,
        back.is_none().then_some(style::start),
        clear.then_some(style::clear)
    );
    let navigate = use_navigate();
    let no_end = children.is_none() && back.is_some();
    view! {
        <header class=class>
            {back
                .map(|fallback| {
                    let on_press = move |()| {
                        if !crate::platform::travel::go_back() {
                            navigate(&fallback, Default::default());
                        }
                    };
                    view! { <IconButton label=t!(app.back) glyph=Glyph::Back glass=clear on_press /> }
                })}
            <h1 class=style::title tabindex="-1">
                {move || title.get()}
            </h1>
            {children.map(|children| view! { <span class=style::end>{children()}</span> })}
            {no_end.then(|| view! { <span class=style::spacer></span> })}
        </header>
    }
}

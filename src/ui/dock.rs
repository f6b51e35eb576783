//! The bar at the bottom of a page that holds its primary action.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/dock.module.css");

/// Where a dock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DockPlace {
    /// At the bottom of a page without a tab bar.
    #[default]
    Bottom,
    /// Above the tab bar.
    AboveTabs,
}

/// A dock. Buttons in it share its width; `summary` stands before them.
#[component]
pub fn Dock(
    /// Where it stands.
    #[prop(optional)]
    place: DockPlace,
    /// What stands before its buttons, such as the total and its reason.
    #[prop(optional, into)]
    summary: ViewFnOnce,
    /// Its buttons.
    children: Children,
) -> impl IntoView {
    let place = (place == DockPlace::AboveTabs).then_some(style::above_tabs);
    view! {
        <footer class=stylance::classes!(style::dock, place)>
            <div class=style::bar>
                <div class=style::summary>{summary.run()}</div>
                <div class=style::actions>{children()}</div>
            </div>
        </footer>
        <div class=stylance::classes!(style::room, place)></div>
    }
}

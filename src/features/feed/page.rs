//! The start page.

use leptos::prelude::*;

use crate::t;
use crate::ui::Topbar;

/// The start page.
#[component]
pub fn FeedPage() -> impl IntoView {
    view! { <Topbar title=t!(app.name) /> }
}

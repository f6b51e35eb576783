//! Whether anyone can see the page.

use leptos::prelude::{ReadSignal, Set, document, signal};

use super::events::on_document;

/// Whether the tab is in front now.
pub fn is_visible() -> bool {
    super::BROWSER && document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Whether the tab is in front as it changes, while the current owner lives.
pub fn visible() -> ReadSignal<bool> {
    let (visible, set_visible) = signal(is_visible());
    on_document("visibilitychange", move |_| set_visible.set(is_visible()));
    visible
}

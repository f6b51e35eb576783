//! Where the page is scrolled to.

use leptos::prelude::window;
use web_sys::ScrollRestoration;

/// Takes over from the browser, which would restore before the app has drawn the page.
pub fn take_over() {
    if let Ok(history) = window().history() {
        // An old browser keeps its own way, which is no worse than before.
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
}

/// Pixels scrolled down.
pub fn position() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls to a position at once.
pub fn jump_to(y: f64) {
    window().scroll_to_with_x_and_y(0.0, y);
}

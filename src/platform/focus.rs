//! Moving the keyboard's focus.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves the focus to the name of a page that was just drawn. A page that is there to be typed into has put
/// it into its field already.
pub fn arrive() {
    if !is_typing() {
        focus_first("h1[tabindex]");
    }
}

/// Whether the focus is in a field that takes typing.
pub fn is_typing() -> bool {
    super::BROWSER
        && document()
            .active_element()
            .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"))
}

/// Focuses the first element that matches and brings it into sight. False when there is none.
pub fn show_first(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let element = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Focuses the first element that matches, without scrolling to it. False when there is none.
pub fn focus_first(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

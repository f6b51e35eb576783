//! The page as a whole: its address, language, title and theme.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

/// The browser's languages, most wanted first.
pub fn languages() -> Vec<String> {
    if cfg!(not(target_family = "wasm")) {
        return Vec::new();
    }
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Tells assistive technology and the style sheet which language the page is in.
pub fn set_lang(tag: &str) {
    set_attribute("lang", tag);
}

/// Chooses light or dark against the system; `None` follows the system.
pub fn set_theme(theme: Option<&str>) {
    match theme {
        Some(theme) => set_attribute("data-theme", theme),
        None => {
            if let Some(root) = document().document_element() {
                // Removing an attribute that is not there is fine.
                let _ = root.remove_attribute("data-theme");
            }
        }
    }
}

/// Loads this page again.
pub fn reload() {
    // Refused only while the page is being unloaded anyway.
    let _ = window().location().reload();
}

/// Leaves the app for another address, such as the gateway's cashier. False when it is no address.
#[must_use]
pub fn leave_for(url: &str) -> bool {
    window().location().assign(url).is_ok()
}

/// Path and query of the page now.
pub fn path_and_query() -> String {
    let location = window().location();
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    part(location.pathname()) + &part(location.search())
}

/// Puts another address of the shop in the place of this one, without opening it; what the history knows
/// of this page stays.
pub fn set_address(path_and_query: &str) {
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        // Refused when a page does it hundreds of times: then the address stays as it is.
        let _ = history.replace_state_with_url(&state, "", Some(path_and_query));
    }
}

/// The whole address of a path of this shop.
pub fn absolute(path: &str) -> String {
    window().location().origin().unwrap_or_default() + path
}

/// Removes the static shell that was painted before the app was there.
pub fn remove_static_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// Milliseconds of the monotonic clock since the page was opened; does not jump with the wall clock.
pub fn monotonic_ms() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// Milliseconds since 1970 by this device's clock: for display and logs, never to decide (rules.md 3.0-5).
pub fn device_now_ms() -> i64 {
    // Whole milliseconds far below 2^53.
    js_sys::Date::now() as i64
}

fn set_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // Both names are valid attribute names.
        let _ = root.set_attribute(name, value);
    }
}

/// Names the page in the tab and in the history.
pub fn set_title(title: &str) {
    document().set_title(title);
}

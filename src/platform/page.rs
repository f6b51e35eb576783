//! The page as a whole: its address, language, title and theme.

#[cfg(target_family = "wasm")]
use leptos::prelude::Effect;
use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

use super::BROWSER;

/// The browser's languages, most wanted first.
pub fn languages() -> Vec<String> {
    if !BROWSER {
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

/// The language that the page says it is in.
pub fn lang() -> String {
    let lang = root().and_then(|root| root.get_attribute("lang"));
    lang.unwrap_or_default()
}

/// Tells the server something about this browser with every request, for a year.
pub fn keep_cookie(name: &str, value: &str) {
    let cookie = format!("{name}={value}; path=/; max-age=31536000; samesite=lax");
    // By reflection: web-sys keeps cookies behind a type of their own. Refused where cookies are off.
    let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
}

/// Chooses light or dark against the system; `None` follows the system.
pub fn set_theme(theme: Option<&str>) {
    match theme {
        Some(theme) => set_attribute("data-theme", theme),
        None => {
            if let Some(root) = root() {
                // Removing an attribute that is not there is fine.
                let _ = root.remove_attribute("data-theme");
            }
        }
    }
}

/// Whether the browser came back to this page and took it from where it keeps pages, however old it is there.
pub fn is_from_before() -> bool {
    let performance = window().performance();
    performance.is_some_and(|it| {
        it.navigation().type_() == web_sys::PerformanceNavigation::TYPE_BACK_FORWARD
    })
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
    if !BROWSER {
        return String::new();
    }
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
    if !BROWSER {
        return path.to_owned();
    }
    window().location().origin().unwrap_or_default() + path
}

/// Milliseconds of the monotonic clock since the page was opened; does not jump with the wall clock.
pub fn monotonic_ms() -> f64 {
    match BROWSER {
        true => window().performance().map_or(0.0, |it| it.now()),
        false => 0.0,
    }
}

/// Milliseconds since 1970 by this device's clock: for display and logs, never to decide (rules.md 3.0-5).
pub fn device_now_ms() -> i64 {
    match BROWSER {
        // Whole milliseconds far below 2^53.
        true => js_sys::Date::now() as i64,
        false => 0,
    }
}

fn set_attribute(name: &str, value: &str) {
    if let Some(root) = root() {
        // Both names are valid attribute names.
        let _ = root.set_attribute(name, value);
    }
}

fn root() -> Option<web_sys::Element> {
    match BROWSER {
        true => document().document_element(),
        false => None,
    }
}

#[cfg(not(target_family = "wasm"))]
thread_local! {
    static TITLE: std::cell::RefCell<Option<Box<dyn Fn() -> String>>> = const { std::cell::RefCell::new(None) };
}

/// Names the page in the tab and in the history while the current owner lives.
pub fn name(title: impl Fn() -> String + 'static) {
    #[cfg(not(target_family = "wasm"))]
    TITLE.set(Some(Box::new(title)));
    #[cfg(target_family = "wasm")]
    Effect::new(move || document().set_title(&title()));
}

/// The name that the page drawn last has; it is forgotten then.
#[cfg(not(target_family = "wasm"))]
pub fn take_name() -> Option<String> {
    TITLE.take().map(|title| title())
}

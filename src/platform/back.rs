//! The back button closes what lies over the page (a sheet) before it leaves the page.
//!
//! Opening pushes one history entry of the same address; going back pops it. When the sheet closes in
//! another way its entry is popped by us, unless the app has gone on to another address meanwhile.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// The history entry of an open sheet.
pub struct BackEntry {
    mark: JsValue,
}

impl BackEntry {
    /// Pushes the entry.
    pub fn push() -> Self {
        let mark = match super::BROWSER {
            true => JsValue::from_f64(super::page::monotonic_ms()),
            false => JsValue::NULL,
        };
        if super::BROWSER
            && let Ok(history) = window().history()
        {
            // Refused when a page pushes hundreds a second: then back leaves the page at once.
            let _ = history.push_state_with_url(&mark, "", None);
        }
        Self { mark }
    }

    /// Whether the browser still stands on this entry.
    pub fn is_current(&self) -> bool {
        super::BROWSER
            && window()
                .history()
                .and_then(|history| history.state())
                .is_ok_and(|state| state == self.mark)
    }

    /// Pops the entry if the browser still stands on it.
    pub fn pop(self) {
        if self.is_current()
            && let Ok(history) = window().history()
        {
            // Refused only while the page is being unloaded.
            let _ = history.back();
        }
    }
}

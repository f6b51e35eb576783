//! What happens when the app panics (reliability.md B6).
//!
//! Under `panic = "abort"` the page does not die: after a trap the other handlers go on with
//! half-done state. So the panic hook hands over to plain JavaScript (`boot.js`), which makes the
//! page inert, stops every write and offers to load it again.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// Hands every panic over to `boot.js` once it has been written to the console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let crash = js_sys::Reflect::get(&window(), &JsValue::from_str("jishiCrash"));
        if let Some(crash) = crash
            .ok()
            .and_then(|f| f.dyn_into::<js_sys::Function>().ok())
        {
            // Nothing is left to tell of a failure here.
            let _ = crash.call0(&JsValue::NULL);
        }
    }));
}

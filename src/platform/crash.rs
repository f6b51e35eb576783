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
        call("jishiCrash");
    }));
}

/// Loads the app anew because a piece of it is missing, once in a row. False when that was tried already, or
/// there is no network.
#[must_use]
pub fn start_anew() -> bool {
    call("jishiStartAnew").is_some_and(|answer| answer.is_truthy())
}

/// Starts the newer version of the shop that `boot.js` has told of (`jishiNewer`) and that is here already.
pub fn renew() {
    call("jishiRenew");
}

/// Waits until the style of all pages but the first is there, or cannot be had.
pub async fn styled() {
    wait_for("jishiStyled").await;
}

/// Waits for a promise of `boot.js`, however it ends.
pub(super) async fn wait_for(name: &str) {
    let promise = call(name).and_then(|value| value.dyn_into::<js_sys::Promise>().ok());
    if let Some(promise) = promise {
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    }
}

/// Calls a function of `boot.js`; nothing is left to tell of a failure here.
pub(super) fn call(name: &str) -> Option<JsValue> {
    if !super::BROWSER {
        return None;
    }
    let function = js_sys::Reflect::get(&window(), &JsValue::from_str(name)).ok()?;
    let function = function.dyn_into::<js_sys::Function>().ok()?;
    function.call0(&JsValue::NULL).ok()
}

//! Handing something over to other programs of the device: the clipboard and the system's share sheet.
//! Both may be absent or refuse, and both want a press that is only moments old.
//!
//! By reflection: web-sys keeps parts of both interfaces behind an unstable flag.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What became of an offer to the system's share sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Somebody took it.
    Done,
    /// The person closed the sheet.
    Cancelled,
    /// The browser refused: the press was too long ago.
    Refused,
}

/// Puts a text on the clipboard. False when the browser refuses.
pub async fn copy(text: &str) -> bool {
    let written = || {
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        call(&clipboard, "writeText", &text.into())
    };
    match written() {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Whether the browser can open the system's share sheet.
pub fn can_share() -> bool {
    super::BROWSER
        && Reflect::get(&window().navigator(), &"share".into())
            .is_ok_and(|share| share.is_function())
}

/// Opens the system's share sheet with a title and an address. No text: some programs take the text
/// alone and lose the address (features.md 71).
pub async fn share(title: &str, url: &str) -> Shared {
    let offer = Object::new();
    for (key, value) in [("title", title), ("url", url)] {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&offer, &key.into(), &value.into());
    }
    let Some(promise) = call(&window().navigator(), "share", &offer) else {
        return Shared::Refused;
    };
    match JsFuture::from(promise).await {
        Ok(_) => Shared::Done,
        Err(error) => {
            let name = Reflect::get(&error, &"name".into()).ok();
            match name.and_then(|name| name.as_string()).as_deref() {
                Some("AbortError") => Shared::Cancelled,
                _ => Shared::Refused,
            }
        }
    }
}

/// Whether the page is open in WeChat, which lets no page share by itself: its own menu does.
pub fn is_in_wechat() -> bool {
    if !super::BROWSER {
        return false;
    }
    let agent = window().navigator().user_agent().unwrap_or_default();
    agent.contains("MicroMessenger")
}

fn call(object: &JsValue, method: &str, argument: &JsValue) -> Option<Promise> {
    let method = Reflect::get(object, &method.into()).ok()?;
    let method = method.dyn_into::<Function>().ok()?;
    method.call1(object, argument).ok()?.dyn_into().ok()
}

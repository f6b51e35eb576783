//! Whether a person is looking at this page, as opposed to a page that another site loads to be counted:
//! in a frame, ahead of time, behind a window, or in a window of its own that nobody asked for
//! (reliability.md 3.1, click and cookie stuffing).

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

use super::events::on_document;
use super::visibility::is_visible;

/// Does `then` once a person looks at the page: at once in most visits; in a window that another site
/// opened, once the person touches the page; in a frame, never. While the current owner lives.
pub fn when_seen(then: impl FnOnce() + 'static) {
    if !is_top_level() {
        return;
    }
    let needs_hand = was_opened_by_a_page();
    let then = Rc::new(RefCell::new(Some(then)));
    let look = move |touched: bool| {
        if is_visible() && !is_prerendering() && (touched || !needs_hand) {
            let then = then.borrow_mut().take();
            if let Some(then) = then {
                then();
            }
        }
    };
    look(false);
    for (event, touched) in [
        ("visibilitychange", false),
        ("prerenderingchange", false),
        ("pointerdown", true),
        ("keydown", true),
    ] {
        let look = look.clone();
        on_document(event, move |event| look(touched && event.is_trusted()));
    }
}

/// Whether the page is the browser's own and not part of another.
fn is_top_level() -> bool {
    let top = window().top().ok().flatten();
    top.is_some_and(|top| JsValue::from(top) == JsValue::from(window()))
}

fn is_prerendering() -> bool {
    flag(&document(), "prerendering").unwrap_or(false)
}

/// Whether a page of another site opened this window for itself.
fn was_opened_by_a_page() -> bool {
    let window = window();
    let has_opener = window
        .opener()
        .is_ok_and(|opener| !opener.is_null() && !opener.is_undefined());
    let is_popup = Reflect::get(&window, &"toolbar".into())
        .ok()
        .and_then(|toolbar| flag(&toolbar, "visible"))
        == Some(false);
    let is_new = window
        .history()
        .and_then(|it| it.length())
        .is_ok_and(|n| n <= 1);
    let origin = window.location().origin().unwrap_or_default();
    let referrer = document().referrer();
    let is_foreign = !referrer.is_empty() && !referrer.starts_with(&format!("{origin}/"));
    has_opener || is_popup || (is_new && is_foreign)
}

fn flag(object: &JsValue, name: &str) -> Option<bool> {
    Reflect::get(object, &name.into()).ok()?.as_bool()
}

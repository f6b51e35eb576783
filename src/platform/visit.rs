//! Whether a person is looking at this page, as opposed to a page that another site loads to be counted:
//! in a frame, ahead of time, behind another window, or in a window that nobody asked for
//! (reliability.md 3.1, click and cookie stuffing).

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

use super::events::on_document;
use super::visibility::is_visible;

/// Does `then` once a person looks at the page: at once where the person went on to it; in a window that
/// was opened for it, once the person touches it; in a frame, never. While the current owner lives.
pub fn when_seen(then: impl FnOnce() + 'static) {
    if !super::BROWSER || !is_top_level() {
        return;
    }
    let needs_hand = is_new_window();
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
        ("wheel", true),
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

/// Whether the window was opened for this page, by a person or by another page: who opened it cannot be
/// told apart, but only a person goes on to touch it.
fn is_new_window() -> bool {
    let window = window();
    let has_opener = window
        .opener()
        .is_ok_and(|opener| !opener.is_null() && !opener.is_undefined());
    let bar = Reflect::get(&window, &"toolbar".into()).ok();
    let is_bare = bar.and_then(|bar| flag(&bar, "visible")) == Some(false);
    let is_first = window
        .history()
        .and_then(|history| history.length())
        .is_ok_and(|length| length <= 1);
    has_opener || is_bare || is_first
}

fn flag(object: &JsValue, name: &str) -> Option<bool> {
    Reflect::get(object, &name.into()).ok()?.as_bool()
}

//! Whether an element is in, or near, the visible part of the page.

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Calls `seen` when the element comes within `margin_px` of the visible part, and `false` when it
/// leaves; while the current owner lives. A browser without the observer never calls.
pub fn watch(element: &Element, margin_px: u32, seen: impl Fn(bool) + 'static) {
    let on_change = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries
            .iter()
            .last()
            .map(JsValue::unchecked_into::<IntersectionObserverEntry>);
        if let Some(entry) = last {
            seen(entry.is_intersecting());
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(&format!("{margin_px}px"));
    let observer =
        IntersectionObserver::new_with_options(on_change.as_ref().unchecked_ref(), &options);
    let Ok(observer) = observer else { return };
    observer.observe(element);
    let kept = SendWrapper::new((observer, on_change));
    on_cleanup(move || {
        let (observer, on_change) = kept.take();
        observer.disconnect();
        drop(on_change);
    });
}

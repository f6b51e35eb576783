//! Web Locks where the browser offers them: work that no other tab of the shop does at the same time.
//!
//! By reflection: web-sys keeps the interface behind an unstable flag.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Does `work` while holding the lock `name`: soon, once it is free; at once in a browser without locks.
pub fn exclusively(name: &str, work: impl FnOnce() + 'static) {
    if !super::BROWSER {
        return;
    }
    let work = Rc::new(RefCell::new(Some(work)));
    let run = move || {
        let work = work.borrow_mut().take();
        if let Some(work) = work {
            work();
        }
    };
    let held = Closure::once_into_js({
        let run = run.clone();
        move |_lock: JsValue| run()
    });
    match request(name, &held) {
        // A page that is going away, or may not store anything, is refused the lock.
        Some(promise) => spawn_local(async move {
            if JsFuture::from(promise).await.is_err() {
                run();
            }
        }),
        None => run(),
    }
}

fn request(name: &str, held: &JsValue) -> Option<Promise> {
    let manager = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&manager, &"request".into())
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    request
        .call2(&manager, &name.into(), held)
        .ok()?
        .dyn_into()
        .ok()
}

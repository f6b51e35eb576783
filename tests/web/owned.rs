//! Timers and listeners end with the owner that asked for them.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{Owner, window};
use storefront::platform::{events, timers};
use wasm_bindgen_test::wasm_bindgen_test;

fn counter() -> (Rc<Cell<u32>>, impl Fn() + Clone) {
    let count = Rc::new(Cell::new(0));
    let add = {
        let count = count.clone();
        move || count.set(count.get() + 1)
    };
    (count, add)
}

#[wasm_bindgen_test]
async fn a_timer_ends_with_its_owner() {
    let (count, add) = counter();
    let owner = Owner::new();
    let (kept, ended) = (Owner::new(), owner.clone());
    kept.with(|| timers::after(20, add.clone()));
    ended.with(|| timers::after(20, add.clone()));
    ended.with(|| timers::every(10, add));
    owner.cleanup();
    timers::sleep(100).await;
    assert_eq!(count.get(), 1, "only the kept owner's timer ran");
    kept.cleanup();
}

#[wasm_bindgen_test]
fn a_listener_ends_with_its_owner() {
    let (count, add) = counter();
    let owner = Owner::new();
    owner.with(|| events::on_window("shop-test", move |_| add()));
    let event = web_sys::Event::new("shop-test").unwrap();
    window().dispatch_event(&event).unwrap();
    owner.cleanup();
    window().dispatch_event(&event).unwrap();
    assert_eq!(count.get(), 1);
}

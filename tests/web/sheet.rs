//! A sheet: modal while open, closed by the back button, the focus given back.

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use storefront::platform::timers;
use storefront::ui::Sheet;
use wasm_bindgen_test::wasm_bindgen_test;

fn is_open() -> bool {
    document().query_selector("dialog[open]").unwrap().is_some()
}

fn focused() -> String {
    document()
        .active_element()
        .map(|element| element.id())
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn back_closes_a_sheet_and_the_focus_returns() {
    let open = RwSignal::new(false);
    mount_to_body(move || {
        view! {
            <button id="opener">"open"</button>
            <Sheet open title="Test".to_owned()>"inside"</Sheet>
        }
    });
    assert!(storefront::platform::focus::focus_first("#opener"));
    let entries = window().history().unwrap().length().unwrap();
    open.set(true);
    timers::sleep(50).await;
    assert!(is_open());
    assert_eq!(window().history().unwrap().length().unwrap(), entries + 1);
    window().history().unwrap().back().unwrap();
    timers::sleep(200).await;
    assert!(!is_open() && !open.get_untracked());
    assert_eq!(focused(), "opener");
}

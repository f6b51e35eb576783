//! Starts the shopper's app in the page.

#[cfg(target_family = "wasm")]
fn main() {
    use storefront::{app, i18n, platform};

    platform::crash::install();
    let is_in_language = i18n::choose();
    if !is_in_language || platform::page::is_from_before() {
        platform::first::forget();
    }
    wasm_bindgen_futures::spawn_local(app::open());
}

/// On the host the app is a library: the server draws first screens with it.
#[cfg(not(target_family = "wasm"))]
fn main() {}

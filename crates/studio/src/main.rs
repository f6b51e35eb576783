//! Starts the studio in the page.

#[cfg(target_family = "wasm")]
fn main() {
    storefront::platform::crash::install();
    storefront::i18n::choose();
    leptos::mount::mount_to_body(studio::app::App);
}

/// Only a browser shows it; on the host it is a library, for its tests.
#[cfg(not(target_family = "wasm"))]
fn main() {}

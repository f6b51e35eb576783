//! Starts the shopper's app in the page.

use storefront::app::App;
use storefront::{i18n, platform};

fn main() {
    platform::crash::install();
    i18n::choose();
    leptos::mount::mount_to_body(App);
    platform::page::remove_static_shell();
}

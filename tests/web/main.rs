//! What only a browser can tell: run by wasm-bindgen-test in headless Chromium.
#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod intl;
mod json;
mod owned;
mod platform;
mod sheet;

wasm_bindgen_test_configure!(run_in_browser);

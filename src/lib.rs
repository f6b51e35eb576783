//! The shopper's app: a storefront that runs in the browser.
//!
//! `app` joins the features' routes inside the shell; a feature is a folder under `features`; what
//! features share stands in `stores` (state), `api` (requests), `i18n` (texts) and `ui` (looks);
//! `platform` is the browser. ARCHITECTURE.md says which may use which.

// A generic `view!` nests one type a node.
#![recursion_limit = "256"]

#[macro_use]
pub mod piece;

pub mod api;
pub mod app;
pub mod features;
#[cfg(not(target_family = "wasm"))]
pub mod first_screen;
pub mod i18n;
pub mod platform;
pub mod routes;
pub mod stores;
pub mod ui;

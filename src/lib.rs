//! The shopper's app: a storefront that runs in the browser.
//!
//! `app` joins the features' routes inside the shell; a feature is a folder under `features`; what
//! features share stands in `stores` (state), `api` (requests), `i18n` (texts) and `ui` (looks);
//! `platform` is the browser. ARCHITECTURE.md says which may use which.

// A generic `view!` nests one type a node.
#![recursion_limit = "256"]
// What builds on this without the shopper's pages uses some of it (ADR 19).
#![cfg_attr(not(feature = "shop"), allow(dead_code))]

#[macro_use]
pub mod piece;

pub mod api;
#[cfg(feature = "shop")]
pub mod app;
#[cfg(feature = "shop")]
pub mod features;
/// Without the shopper's pages: what staff needs as well.
#[cfg(not(feature = "shop"))]
pub mod features {
    pub mod account;
}
#[cfg(all(feature = "shop", not(target_family = "wasm")))]
pub mod first_screen;
pub mod i18n;
pub mod platform;
pub mod routes;
pub mod stores;
pub mod ui;

//! The browser, behind plain Rust functions: the only place that touches `web_sys` and `js_sys`.
//!
//! Every listener and timer made here ends with the reactive owner (the component) that asked for it.
//!
//! The server draws first screens with the same components (ADR 18): there nothing is heard, kept or waited for.

/// Whether this is a browser; a constant, so that neither side carries the other's code.
const BROWSER: bool = cfg!(target_family = "wasm");

pub mod back;
pub mod canvas;
pub mod clip;
pub mod crash;
pub mod deadline;
pub mod dialog;
pub mod event_source;
pub mod events;
pub mod file;
pub mod first;
pub mod focus;
pub mod hand_over;
pub mod intl;
pub mod json;
pub mod live_player;
pub mod local_time;
pub mod locks;
pub mod online;
pub mod page;
pub mod picked;
pub mod place;
pub mod random;
pub mod sight;
pub mod storage;
pub mod timers;
pub mod travel;
pub mod visibility;
pub mod visit;

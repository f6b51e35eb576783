//! The page of a shop's staff (ADR 19): a second WebAssembly program beside the shopper's, on the same components,
//! texts and requests. `live` runs live rooms.

// A generic `view!` nests one type a node.
#![recursion_limit = "256"]

pub mod address;
pub mod app;
pub mod gate;
pub mod live;

//! Money that goes back.

pub mod lines;
pub mod store;

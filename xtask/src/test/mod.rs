//! test
pub mod postgres;

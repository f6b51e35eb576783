//! The engine from outside: real encoders on its port, real requests to its router.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod ending;
mod garbage;
mod harness;
mod keys;
mod playing;
mod viewers;

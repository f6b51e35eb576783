//! kill -9 of the real server, again and again: `orders` while buyers order and a page listens, `groups` while
//! groups fill, end and give money back through a gateway that lives on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../api/checks.rs"]
mod checks;
#[path = "../api/harness/database.rs"]
mod database;
mod groups;
mod orders;
mod victim;

//! The API from outside: every test asks `app()` over HTTP, on SQLite and, when
//! `JISHI_TEST_POSTGRES_URL` is set, on PostgreSQL too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod harness;

mod access;
mod account;
mod address;
mod basics;
mod cart;
mod csrf;
mod catalog;
mod feed;
mod http;
mod migrations;
mod import;
mod limits;
mod idempotency;
mod orders;
mod privacy;
mod program;
mod quote;
mod search;
mod shopping;
mod cashier;
mod late_payment;
mod payment;
mod events;
mod listener;

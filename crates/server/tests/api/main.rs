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
mod after_sales;
mod attribution;
mod basics;
mod books;
mod broken_files;
mod cart;
mod cashier;
mod catalog;
mod checks;
mod comments;
mod commission;
mod csrf;
mod desk;
mod events;
mod feed;
mod first_screen;
mod goods_studio;
mod groups;
mod http;
mod idempotency;
mod import;
mod import_broken;
mod import_feeds;
mod late_payment;
mod limits;
mod listener;
mod live;
mod live_media;
mod migrations;
mod names;
mod orders;
mod orders_studio;
mod payment;
mod payouts;
mod pictures;
mod privacy;
mod program;
mod promotions;
mod quote;
mod rates;
mod search;
mod share_groups;
mod share_page;
mod shares;
mod sharing;
mod shopping;
mod videos;

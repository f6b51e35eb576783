//! A payment gateway for trying and testing: its own process, its own ledger, no real money.
//!
//! It stands for a third party, so it shares no code with the shop. A merchant creates payments over
//! `/v1` ([`http::merchant`]), the payer decides on a hosted page ([`http::cashier`]), and signed
//! callbacks tell the merchant ([`callback`], [`worker`]). Switches ([`switches`]) make those callbacks
//! late, doubled, reordered, lost, wrong or forged, because real ones are. The ledger is an append-only
//! file ([`ledger`]): the truth that a test compares the shop with.

pub mod callback;
mod clock;
mod error;
mod gateway;
pub mod http;
pub mod ledger;
mod pages;
pub mod serve;
mod signature;
pub mod switches;
mod worker;

pub use error::Refusal;
pub use gateway::{Asked, Decision, Gateway, Pace};
pub use serve::{Options, Running, StartError, spawn};
pub use switches::Switches;

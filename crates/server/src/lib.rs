//! The shop's server: `app` builds everything that answers HTTP, `serve` runs it.
//!
//! A request goes `http` (headers, request id, language) → `features/<word>/http.rs` → `service.rs` →
//! `store.rs` → `db`. SQL stands in `store.rs` files and `db` alone; a feature never imports another.

pub mod attribution;
pub mod auth;
pub mod bus;
pub mod calendar;
pub mod campaigns;
pub mod clock;
pub mod commission;
pub mod config;
pub mod cursor;
pub mod db;
pub mod error;
pub mod features;
pub mod goods;
pub mod groups;
pub mod http;
pub mod idempotency;
pub mod import;
pub mod jobs;
pub mod ledger;
pub mod limits;
pub mod live;
pub mod live_media;
pub mod notices;
pub mod outbox;
pub mod payment;
pub mod payout;
pub mod phone;
pub mod preview;
pub mod pricing;
pub mod search;
pub mod serve;
pub mod sms;
pub mod state;
pub mod stock;
pub mod telemetry;
pub mod trade;
pub mod videos;
pub mod words;

pub use error::AppError;
pub use http::app;
pub use state::AppState;

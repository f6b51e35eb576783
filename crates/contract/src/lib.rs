//! The words that browser and server share: ids, money, error codes, requests, answers and events.
//!
//! Nothing here knows Leptos, axum, sqlx or the browser. One file a feature; a type that two features
//! need lives in the file named after what it is (`money`, `time`, `page`).

mod macros;

pub mod account;
pub mod address;
pub mod books;
pub mod campaigns;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod creators;
pub mod earnings;
pub mod error;
pub mod events;
pub mod feed;
pub mod fulfilment;
pub mod goods_studio;
pub mod groups;
pub mod ids;
pub mod live;
pub mod live_giveaway;
pub mod live_studio;
pub mod money;
pub mod notifications;
pub mod orders;
pub mod orders_studio;
pub mod page;
pub mod payment;
pub mod promotions;
pub mod quantity;
pub mod quote;
pub mod reviews;
pub mod shares;
pub mod time;
pub mod videos;
pub mod videos_own;

pub use error::{ApiError, ErrorCode, ErrorDetails};
pub use ids::*;
pub use money::{Currency, Money, MoneyError};
pub use page::{Cursor, Page};
pub use quantity::Quantity;
pub use time::Timestamp;

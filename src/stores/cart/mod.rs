//! The shopper's cart (rules.md 3.8): it lives in this browser, agrees between tabs, survives damage
//! and other versions, and is held against the shop's prices before anything is bought.
//!
//! The logic knows neither Leptos nor the browser and is tested on the host: [`line`] and [`document`]
//! say what edits do and how tabs converge, [`codec`] and [`keeping`] how it is kept, [`review`] what it
//! costs now. [`store`] and [`mirror`] tie it to the browser and to the shop; [`lazy`] makes it when it is needed.

mod api;
pub mod codec;
pub mod document;
pub mod keeping;
pub mod lazy;
pub mod line;
mod mirror;
pub mod review;
pub mod store;

#[cfg(test)]
mod review_test;
#[cfg(test)]
mod tabs_test;

pub use api::create_quote;
pub use document::{Cart, CartFull, Edit};
pub use keeping::{Finding, Owner};
pub use review::{Concern, Review, Row};

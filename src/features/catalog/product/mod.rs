//! The product page.

mod actions;
mod facts;
mod gallery;
mod offer;
mod open_groups;
mod page;
mod reviews;
mod seat_sheet;

pub use page::ProductPage;

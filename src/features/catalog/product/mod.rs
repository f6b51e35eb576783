//! The product page.

mod actions;
mod facts;
mod gallery;
mod offer;
mod open_groups;
mod page;
mod reviews;
mod sale;
mod seat_sheet;

pub use page::ProductPage;

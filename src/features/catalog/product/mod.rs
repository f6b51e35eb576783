//! The product page.

mod actions;
mod facts;
mod gallery;
mod offer;
mod open_groups;
mod page;
mod reviews;
mod seat_sheet;
mod sku_sheet;
mod state;

pub use page::ProductPage;

//! The product page.

mod facts;
mod gallery;
mod offer;
mod page;
mod reviews;
mod sku_sheet;
mod state;

pub use page::ProductPage;

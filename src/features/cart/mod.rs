//! The cart's page.

mod dock;
mod notices;
mod page;
mod row;

pub use page::CartPage;

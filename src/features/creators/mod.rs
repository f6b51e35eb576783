//! A creator's page: who shows what (features.md 83).

mod api;
mod page;

pub use page::CreatorPage;

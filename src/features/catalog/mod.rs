//! Finding goods and looking at them: categories, search, the product page and its SKU sheet.

mod api;
mod category;
mod filters;
mod product;
mod query;
mod recent;
mod results;
mod search;

pub use category::CategoryPage;
pub use product::ProductPage;
pub use search::SearchPage;

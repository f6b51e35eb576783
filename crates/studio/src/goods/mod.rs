//! Goods as the owner keeps them: stock, cost and floor of every SKU, and levels of membership.

mod api;
mod cost;
mod list;
mod member;
mod sku;
mod stock;

pub use list::GoodsPage;

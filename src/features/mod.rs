//! One folder a feature. A feature knows no other feature: they meet in `stores`, `routes` and the contract.

pub mod cart;
pub mod catalog;
pub mod feed;

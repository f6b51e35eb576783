//! One folder a feature. A feature knows no other feature: they meet in `stores`, `routes` and the contract.

pub mod account;
pub mod address;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod creators;
pub mod feed;
pub mod groups;
pub mod live;
pub mod notifications;
pub mod orders;
pub mod promotions;
pub mod shares;
pub mod videos;

//! SQL of promotions, coupons, and what orders took of them.

pub mod coupon;
pub mod customer;
pub mod order;
pub mod promotion;
pub mod share;
pub mod sku;
pub mod words;

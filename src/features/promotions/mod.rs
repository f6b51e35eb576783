//! Promotions that one goes looking for: the coupon centre with the wallet, and the flash sales of the day.

mod api;
mod coupons;
mod flash;
mod wallet;

pub use coupons::CouponsPage;
pub use flash::FlashSalesPage;

//! The requests of promotions.

use contract::PromotionId;
use contract::promotions::{CouponList, FlashSales, Wallet, WalletCoupon};

use crate::api::{self, ApiError, IdempotencyKey};
use crate::routes::encoded;

pub(super) async fn list_coupons() -> Result<CouponList, ApiError> {
    api::get("/api/coupons").await
}

pub(super) async fn claim_coupon(
    key: IdempotencyKey,
    promotion: &PromotionId,
) -> Result<WalletCoupon, ApiError> {
    let path = format!("/api/coupons/{}/claims", encoded(promotion.as_str()));
    api::post(&path, &key, &serde_json::json!({})).await
}

pub(super) async fn list_wallet() -> Result<Wallet, ApiError> {
    api::get("/api/wallet").await
}

pub(super) async fn list_flash_sales() -> Result<FlashSales, ApiError> {
    api::get("/api/flash-sales").await
}

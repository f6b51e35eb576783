//! Promotions for shoppers: the coupon centre, the wallet, the flash-sale page.

mod coupons;
mod flash;
mod http;
mod offers;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::list_coupons))
        .routes(routes!(http::claim_coupon))
        .routes(routes!(http::list_wallet))
        .routes(routes!(http::list_flash_sales))
        .routes(routes!(http::list_offers))
}

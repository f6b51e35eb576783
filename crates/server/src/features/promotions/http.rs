//! HTTP of promotions for shoppers.

use axum::Json;
use axum::extract::{Path, State};
use contract::PromotionId;
use contract::promotions::{CouponList, FlashSales, ProductOffers, Wallet, WalletCoupon};

use super::{coupons, flash, offers};
use crate::auth::{SignedIn, Viewer};
use crate::http::language::Lang;
use crate::idempotency::{Answer, KeyedEmpty};
use crate::preview::Moment;
use crate::{AppError, AppState};

/// Coupons that can be claimed now.
#[utoipa::path(get, path = "/api/coupons", tag = "promotions", responses((status = 200, body = CouponList)))]
pub async fn list_coupons(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    moment: Moment,
    lang: Lang,
) -> Result<Json<CouponList>, AppError> {
    coupons::list(&state, viewer.as_ref(), &moment, lang)
        .await
        .map(Json)
}

/// Puts a coupon into the wallet. `COUPON_GONE` when there are no more, or none for this customer.
#[utoipa::path(post, path = "/api/coupons/{id}/claims", tag = "promotions",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = WalletCoupon)))]
pub async fn claim_coupon(
    State(state): State<AppState>,
    SignedIn(owner): SignedIn,
    lang: Lang,
    Path(id): Path<PromotionId>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, owner.as_str())?;
    coupons::claim(&state, &owner, lang, &ticket, &id).await
}

/// The customer's coupons, newest first.
#[utoipa::path(get, path = "/api/wallet", tag = "promotions", responses((status = 200, body = Wallet)))]
pub async fn list_wallet(
    State(state): State<AppState>,
    SignedIn(owner): SignedIn,
    lang: Lang,
) -> Result<Json<Wallet>, AppError> {
    coupons::wallet(&state, &owner, lang).await.map(Json)
}

/// Flash sales by their slots: the one that is open and those that come.
#[utoipa::path(get, path = "/api/flash-sales", tag = "promotions", responses((status = 200, body = FlashSales)))]
pub async fn list_flash_sales(
    State(state): State<AppState>,
    moment: Moment,
    lang: Lang,
) -> Result<Json<FlashSales>, AppError> {
    flash::list(&state, &moment, lang).await.map(Json)
}

/// What the SKUs of a product, by its id or its word in URLs, cost the viewer by promotions.
#[utoipa::path(get, path = "/api/products/{id}/offers", tag = "promotions", params(("id" = String, Path)),
    responses((status = 200, body = ProductOffers)))]
pub async fn list_offers(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    moment: Moment,
    lang: Lang,
    Path(id): Path<String>,
) -> Result<Json<ProductOffers>, AppError> {
    offers::list(&state, viewer.as_ref(), &moment, lang, &id)
        .await
        .map(Json)
}

//! The checkout's requests.

use contract::catalog::Community;
use contract::fulfilment::PickupPoint;
use contract::groups::{GroupProgress, SeatQuoteRequest, SeatRequest, SeatTaken};
use contract::live::{FlashQuote, FlashQuoteRequest, FlashRequest, FlashTaken};
use contract::orders::{OrderDetail, OrderRequest};
use contract::quote::Quote;
use contract::{FlashId, GroupId, LiveId, OrderId, Page};

use crate::api::{self, ApiError, IdempotencyKey};
use crate::routes::encoded;

pub(super) async fn list_pickup_points() -> Result<Vec<PickupPoint>, ApiError> {
    let page: Page<PickupPoint> = api::get("/api/pickup-points").await?;
    Ok(page.items)
}

pub(super) async fn list_communities() -> Result<Vec<Community>, ApiError> {
    let page: Page<Community> = api::get("/api/communities").await?;
    Ok(page.items)
}

pub(super) async fn submit_order(
    key: IdempotencyKey,
    request: OrderRequest,
) -> Result<OrderDetail, ApiError> {
    api::post("/api/orders", &key, &request).await
}

pub(super) async fn quote_seat(request: &SeatQuoteRequest) -> Result<Quote, ApiError> {
    api::ask("/api/groups/quote", request).await
}

pub(super) async fn take_seat(
    key: IdempotencyKey,
    request: SeatRequest,
) -> Result<OrderDetail, ApiError> {
    let taken: SeatTaken = api::post("/api/groups/seats", &key, &request).await?;
    Ok(taken.order)
}

fn flash_path(live: &LiveId, flash: &FlashId, rest: &str) -> String {
    let (live, flash) = (encoded(live.as_str()), encoded(flash.as_str()));
    format!("/api/live/{live}/flash/{flash}/{rest}")
}

pub(super) async fn quote_flash(
    live: &LiveId,
    flash: &FlashId,
    request: &FlashQuoteRequest,
) -> Result<FlashQuote, ApiError> {
    api::ask(&flash_path(live, flash, "quote"), request).await
}

pub(super) async fn buy_flash(
    key: IdempotencyKey,
    (live, flash, request): (LiveId, FlashId, FlashRequest),
) -> Result<OrderDetail, ApiError> {
    let path = flash_path(&live, &flash, "orders");
    let taken: FlashTaken = api::post(&path, &key, &request).await?;
    Ok(taken.order)
}

pub(super) async fn get_group(id: &GroupId) -> Result<GroupProgress, ApiError> {
    api::get(&format!("/api/groups/{}", encoded(id.as_str()))).await
}

pub(super) async fn check_payment(order: &OrderId) -> Result<OrderDetail, ApiError> {
    let path = format!("/api/orders/{}/payment-check", encoded(order.as_str()));
    // A new key each time: the same one would get the same answer again.
    api::post(&path, &IdempotencyKey::new(), &serde_json::json!({})).await
}

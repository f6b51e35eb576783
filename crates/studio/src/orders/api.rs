//! The requests of orders, named after the server's operations.

use contract::books::{RefundGiven, RefundOrder};
use contract::orders_studio::{
    HandOver, RefundQuestion, RefundQuote, RevealedContact, StudioOrder, StudioOrderDetail,
};
use contract::{Cursor, OrderId, Page};
use storefront::api::{self, ApiError, IdempotencyKey};
use storefront::routes::{encoded, query};

fn path(id: &OrderId, rest: &str) -> String {
    format!("/api/studio/orders/{}{rest}", encoded(id.as_str()))
}

pub async fn list_studio_orders(
    words: String,
    state: String,
    cursor: Option<Cursor>,
) -> Result<Page<StudioOrder>, ApiError> {
    let mut pairs = vec![("q", words.as_str()), ("state", state.as_str())];
    if let Some(cursor) = &cursor {
        pairs.push(("cursor", cursor.0.as_str()));
    }
    pairs.retain(|(_, value)| !value.is_empty());
    api::get(&format!("/api/studio/orders{}", query(&pairs))).await
}

pub async fn get_studio_order(id: OrderId) -> Result<StudioOrderDetail, ApiError> {
    api::get(&path(&id, "")).await
}

pub async fn quote_refund(id: OrderId, asked: RefundQuestion) -> Result<RefundQuote, ApiError> {
    api::ask(&path(&id, "/refund-quotes"), &asked).await
}

pub async fn refund_order(
    key: IdempotencyKey,
    id: OrderId,
    asked: RefundOrder,
) -> Result<RefundGiven, ApiError> {
    api::post(&path(&id, "/refunds"), &key, &asked).await
}

pub async fn hand_over_order(
    key: IdempotencyKey,
    id: OrderId,
    given: HandOver,
) -> Result<StudioOrderDetail, ApiError> {
    api::post(&path(&id, "/handover"), &key, &given).await
}

pub async fn reveal_contact(key: IdempotencyKey, id: OrderId) -> Result<RevealedContact, ApiError> {
    api::post(&path(&id, "/contact"), &key, &serde_json::json!({})).await
}

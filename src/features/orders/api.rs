//! The requests of orders.

use contract::orders::{OrderCard, OrderDetail};
use contract::{Cursor, OrderId, Page};

use crate::api::{self, ApiError, IdempotencyKey};
use crate::routes::{encoded, query};

pub(super) async fn list_orders(
    state: Option<&str>,
    cursor: Option<&Cursor>,
) -> Result<Page<OrderCard>, ApiError> {
    let state = state.map(|state| ("state", state));
    let cursor = cursor.map(|cursor| ("cursor", cursor.0.as_str()));
    let pairs: Vec<_> = state.into_iter().chain(cursor).collect();
    api::get(&format!("/api/orders{}", query(&pairs))).await
}

pub(super) async fn get_order(id: &OrderId) -> Result<OrderDetail, ApiError> {
    api::get(&format!("/api/orders/{}", encoded(id.as_str()))).await
}

pub(super) async fn cancel_order(
    key: IdempotencyKey,
    id: OrderId,
) -> Result<OrderDetail, ApiError> {
    let path = format!("/api/orders/{}/cancel", encoded(id.as_str()));
    api::post(&path, &key, &serde_json::json!({})).await
}

pub(super) async fn confirm_receipt(
    key: IdempotencyKey,
    id: OrderId,
) -> Result<OrderDetail, ApiError> {
    let path = format!("/api/orders/{}/receipt", encoded(id.as_str()));
    api::post(&path, &key, &serde_json::json!({})).await
}

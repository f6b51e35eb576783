//! The cart's requests, and the quote that cart and checkout ask for.

use contract::cart::{Cart, MergedCart};
use contract::quote::{Quote, QuoteRequest};

use crate::api::{self, ApiError, IdempotencyKey};

/// What a basket costs now.
///
/// # Errors
/// See [`ApiError`].
pub async fn create_quote(request: &QuoteRequest) -> Result<Quote, ApiError> {
    api::ask("/api/quotes", request).await
}

pub(super) async fn get_cart() -> Result<Cart, ApiError> {
    api::get("/api/cart").await
}

pub(super) async fn put_cart(key: &IdempotencyKey, cart: &Cart) -> Result<Cart, ApiError> {
    api::put("/api/cart", key, cart).await
}

pub(super) async fn merge_cart(key: &IdempotencyKey, cart: &Cart) -> Result<MergedCart, ApiError> {
    api::post("/api/cart/merge", key, cart).await
}

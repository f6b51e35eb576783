//! The requests of goods, named after the server's operations.

use contract::books::{MemberLevel, SkuCost};
use contract::goods_studio::{AdjustStock, SkuStock, StudioProduct};
use contract::{Cursor, Page, SkuId};
use storefront::api::{self, ApiError, IdempotencyKey};
use storefront::routes::{encoded, query};

pub async fn list_studio_products(
    words: String,
    cursor: Option<Cursor>,
) -> Result<Page<StudioProduct>, ApiError> {
    let mut pairs = vec![("q", words.as_str())];
    if let Some(cursor) = &cursor {
        pairs.push(("cursor", cursor.0.as_str()));
    }
    pairs.retain(|(_, value)| !value.is_empty());
    api::get(&format!("/api/studio/products{}", query(&pairs))).await
}

pub async fn adjust_stock(
    key: IdempotencyKey,
    sku: SkuId,
    asked: AdjustStock,
) -> Result<SkuStock, ApiError> {
    let path = format!("/api/studio/skus/{}/stock", encoded(sku.as_str()));
    api::post(&path, &key, &asked).await
}

pub async fn set_sku_cost(
    key: IdempotencyKey,
    sku: SkuId,
    cost: SkuCost,
) -> Result<SkuCost, ApiError> {
    let path = format!("/api/studio/skus/{}/cost", encoded(sku.as_str()));
    api::put(&path, &key, &cost).await
}

pub async fn set_member_level(
    key: IdempotencyKey,
    member: MemberLevel,
) -> Result<MemberLevel, ApiError> {
    api::put("/api/studio/members", &key, &member).await
}

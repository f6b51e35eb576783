//! The requests of promotions, named after the server's operations.

use contract::campaigns::{
    Campaign, CampaignCommand, CampaignList, CampaignTerms, EditCampaign, MoveCampaign, NewPreview,
    PreviewGiven, Readiness,
};
use contract::catalog::{Community, Home};
use contract::quote::{BasketLine, Quote, QuoteRequest};
use contract::{Page, PromotionId, Quantity, SkuId};
use storefront::api::{self, ApiError, IdempotencyKey};
use storefront::routes::encoded;

fn path(id: &PromotionId, rest: &str) -> String {
    format!("/api/studio/campaigns/{}{rest}", encoded(id.as_str()))
}

pub async fn list_campaigns() -> Result<CampaignList, ApiError> {
    api::get("/api/studio/campaigns").await
}

pub async fn create_campaign(
    key: &IdempotencyKey,
    terms: &CampaignTerms,
) -> Result<Campaign, ApiError> {
    api::post("/api/studio/campaigns", key, terms).await
}

pub async fn get_campaign(id: &PromotionId) -> Result<Campaign, ApiError> {
    api::get(&path(id, "")).await
}

pub async fn edit_campaign(
    id: &PromotionId,
    key: &IdempotencyKey,
    edit: &EditCampaign,
) -> Result<Campaign, ApiError> {
    api::put(&path(id, ""), key, edit).await
}

pub async fn move_campaign(
    id: &PromotionId,
    command: CampaignCommand,
) -> Result<Campaign, ApiError> {
    let key = IdempotencyKey::new();
    api::post(&path(id, "/state"), &key, &MoveCampaign { command }).await
}

pub async fn check_campaign(id: &PromotionId) -> Result<Readiness, ApiError> {
    api::get(&path(id, "/readiness")).await
}

pub async fn create_preview(new: &NewPreview) -> Result<PreviewGiven, ApiError> {
    api::post("/api/studio/previews", &IdempotencyKey::new(), new).await
}

pub async fn get_home() -> Result<Home, ApiError> {
    api::get("/api/home").await
}

pub async fn list_communities() -> Result<Page<Community>, ApiError> {
    api::get("/api/communities").await
}

/// What SKUs are: a quote of one of each says it.
pub async fn create_quote(skus: &[SkuId]) -> Result<Quote, ApiError> {
    let line = |sku: &SkuId| BasketLine {
        sku: sku.clone(),
        quantity: Quantity::ONE,
    };
    let request = QuoteRequest {
        lines: skus.iter().map(line).collect(),
        fulfilment: None,
        coupons: Vec::new(),
    };
    api::ask("/api/quotes", &request).await
}

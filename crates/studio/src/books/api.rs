//! The requests of the books, named after the server's operations.

use contract::PromotionId;
use contract::books::{
    AuditResult, CampaignResult, ClosePeriod, NewLoss, Posted, Report, StaffActionList,
};
use storefront::api::{self, ApiError, IdempotencyKey};
use storefront::routes::{encoded, query};

use super::span::Span;

pub async fn get_report(span: Span) -> Result<Report, ApiError> {
    let [from, until] = span.written();
    let pairs = [("from", from.as_str()), ("until", until.as_str())];
    api::get(&format!("/api/studio/books/report{}", query(&pairs))).await
}

/// Where the statement of a time is, of one party or of all.
pub fn export_statement(span: Span, party: &str) -> String {
    let [from, until] = span.written();
    let mut pairs = vec![
        ("from", from.as_str()),
        ("until", until.as_str()),
        ("party", party),
    ];
    pairs.retain(|(_, value)| !value.is_empty());
    format!("/api/studio/books/statement{}", query(&pairs))
}

pub async fn get_campaign_result(id: PromotionId) -> Result<CampaignResult, ApiError> {
    api::get(&format!(
        "/api/studio/campaigns/{}/result",
        encoded(id.as_str())
    ))
    .await
}

pub async fn post_loss(key: IdempotencyKey, loss: NewLoss) -> Result<Posted, ApiError> {
    api::post("/api/studio/books/losses", &key, &loss).await
}

pub async fn close_period(
    key: IdempotencyKey,
    period: ClosePeriod,
) -> Result<ClosePeriod, ApiError> {
    api::post("/api/studio/books/periods", &key, &period).await
}

pub async fn audit_books(key: IdempotencyKey) -> Result<AuditResult, ApiError> {
    api::post("/api/studio/books/audits", &key, &serde_json::json!({})).await
}

pub async fn list_staff_actions() -> Result<StaffActionList, ApiError> {
    api::get("/api/studio/actions").await
}

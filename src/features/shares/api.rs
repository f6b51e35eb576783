//! The requests of sharing, named after the server's operations.

use contract::catalog::ProductDetail;
use contract::creators::CreatorPage;
use contract::earnings::{Commission, Earnings, Withdrawal, WithdrawalRequest};
use contract::groups::GroupProgress;
use contract::shares::{Share, ShareRequest, ShareStats};
use contract::{Cursor, GroupId, Page, ShareToken};
use serde::de::DeserializeOwned;

use crate::api::{self, ApiError, Batch, IdempotencyKey};
use crate::routes::{encoded, query};

pub(super) async fn create_share(
    key: IdempotencyKey,
    request: ShareRequest,
) -> Result<Share, ApiError> {
    api::post("/api/shares", &key, &request).await
}

pub(super) async fn list_shares(cursor: Option<Cursor>) -> Result<Batch<ShareStats, ()>, ApiError> {
    page("/api/shares", cursor).await
}

pub(super) async fn revoke_share(key: IdempotencyKey, token: ShareToken) -> Result<(), ApiError> {
    let path = format!("/api/shares/{}/revoke", encoded(token.as_str()));
    api::order(&path, &key).await
}

pub(super) async fn get_earnings() -> Result<Earnings, ApiError> {
    api::get("/api/earnings").await
}

pub(super) async fn list_commissions(
    cursor: Option<Cursor>,
) -> Result<Batch<Commission, ()>, ApiError> {
    page("/api/earnings/commissions", cursor).await
}

pub(super) async fn list_withdrawals(
    cursor: Option<Cursor>,
) -> Result<Batch<Withdrawal, ()>, ApiError> {
    page("/api/withdrawals", cursor).await
}

pub(super) async fn request_withdrawal(
    key: IdempotencyKey,
    request: WithdrawalRequest,
) -> Result<Withdrawal, ApiError> {
    api::post("/api/withdrawals", &key, &request).await
}

pub(super) async fn get_product(slug: &str) -> Result<ProductDetail, ApiError> {
    api::get(&format!("/api/products/{}", encoded(slug))).await
}

pub(super) async fn get_group(id: &GroupId) -> Result<GroupProgress, ApiError> {
    api::get(&format!("/api/groups/{}", encoded(id.as_str()))).await
}

pub(super) async fn get_creator(handle: &str) -> Result<CreatorPage, ApiError> {
    api::get(&format!("/api/creators/{}", encoded(handle))).await
}

async fn page<T: DeserializeOwned>(
    path: &str,
    cursor: Option<Cursor>,
) -> Result<Batch<T, ()>, ApiError> {
    let at: Vec<_> = cursor
        .iter()
        .map(|cursor| ("cursor", cursor.0.as_str()))
        .collect();
    let page: Page<T> = api::get(&format!("{path}{}", query(&at))).await?;
    Ok(Batch {
        items: page.items,
        next: page.next,
        head: (),
    })
}

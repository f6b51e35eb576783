//! Paying out: once for the merchant's id, told by a signed callback, and coming back when told to.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::merchant::Merchant;

fn terms(merchant: &Merchant, transfer: &str, minor: i64) -> Value {
    let notify_url = merchant.terms("any")["notify_url"].clone();
    json!({
        "transfer": transfer, "payee": "sharer-1",
        "amount": { "minor": minor, "currency": "CNY" }, "notify_url": notify_url,
    })
}

#[tokio::test]
async fn a_transfer_arrives_once_and_is_told() {
    let merchant = Merchant::new().await;
    let asked = terms(&merchant, "w1-1", 5000);
    let (status, told) = merchant.post("/v1/transfers", asked.clone()).await;
    assert_eq!(
        (status, told["state"].as_str()),
        (StatusCode::CREATED, Some("pending"))
    );
    let (status, _) = merchant.post("/v1/transfers", asked.clone()).await;
    assert_eq!(status, StatusCode::OK);
    let heard = merchant.hear(1).await;
    assert!(heard[0].is_true());
    assert_eq!(heard[0].kind(), "transfer.succeeded");
    assert_eq!(heard[0].body["data"]["transfer"], "w1-1");
    assert_eq!(heard[0].body["data"]["amount"]["minor"], 5000);
    let (status, told) = merchant.post("/v1/transfers", asked).await;
    assert_eq!(
        (status, told["state"].as_str()),
        (StatusCode::OK, Some("succeeded"))
    );
    let ledger = merchant.get("/control/ledger").await;
    assert_eq!(ledger["transfers"].as_array().unwrap().len(), 1);
    assert_eq!(
        merchant.get("/v1/transfers/w1-1").await["state"],
        "succeeded"
    );
}

#[tokio::test]
async fn the_same_id_for_another_amount_is_refused() {
    let merchant = Merchant::new().await;
    merchant
        .post("/v1/transfers", terms(&merchant, "w1-1", 5000))
        .await;
    let (status, _) = merchant
        .post("/v1/transfers", terms(&merchant, "w1-1", 5001))
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (status, _) = merchant
        .post("/v1/transfers", terms(&merchant, "w1-2", 0))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_transfer_that_is_told_to_comes_back_and_stays_so_over_a_restart() {
    let mut merchant = Merchant::new().await;
    merchant.switch(json!({ "fail_transfers": true })).await;
    let asked = terms(&merchant, "w1-1", 5000);
    merchant.post("/v1/transfers", asked.clone()).await;
    let heard = merchant.hear(1).await;
    assert_eq!(heard[0].kind(), "transfer.failed");
    merchant.stop().await;
    merchant.start().await;
    merchant.switch(json!({})).await;
    let (status, told) = merchant.post("/v1/transfers", asked).await;
    assert_eq!(
        (status, told["state"].as_str()),
        (StatusCode::OK, Some("failed"))
    );
}

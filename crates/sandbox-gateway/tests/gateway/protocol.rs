//! The merchant's API: ids are idempotent, states are final, refunds are bounded.

use axum::http::StatusCode;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::merchant::{Merchant, now_ms};

#[tokio::test]
async fn a_payment_is_created_paid_once_and_told_of_once() {
    let merchant = Merchant::new().await;
    merchant.create("pay-1").await;
    assert_eq!(merchant.state("pay-1").await, "open");
    assert_eq!(merchant.pay("pay-1").await, StatusCode::OK);
    assert_eq!(merchant.pay("pay-1").await, StatusCode::OK);

    let heard = merchant.hear(1).await;
    assert!(heard[0].is_true());
    assert_eq!(heard[0].kind(), "payment.paid");
    let amount = json!({ "minor": 12_890, "currency": "CNY" });
    assert_eq!(
        heard[0].body["data"],
        json!({ "payment": "pay-1", "order": "order-1", "amount": amount })
    );
    let payment = merchant.get("/v1/payments/pay-1").await;
    assert_eq!(payment["state"], "paid");
    assert!(payment["paid_at"].is_i64());
}

#[tokio::test]
async fn one_hundred_parallel_payers_capture_once() {
    let merchant = Merchant::new().await;
    merchant.create("pay-1").await;
    let payers = (0..100).map(|_| merchant.pay("pay-1"));
    for status in join_all(payers).await {
        assert_eq!(status, StatusCode::OK);
    }
    merchant.hear(1).await;
}

#[tokio::test]
async fn asking_again_with_one_id_changes_nothing_and_other_content_conflicts() {
    let merchant = Merchant::new().await;
    let terms = merchant.terms("pay-1");
    let (first, created) = merchant.post("/v1/payments", terms.clone()).await;
    let (again, repeated) = merchant.post("/v1/payments", terms.clone()).await;
    assert_eq!((first, again), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(created, repeated);

    let mut other = terms;
    other["amount"]["minor"] = json!(1);
    let (status, refusal) = merchant.post("/v1/payments", other).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(refusal["error"]["code"], "conflict");
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused_with_a_reason() {
    let merchant = Merchant::new().await;
    let spoil = |pointer: &str, value: Value| {
        let mut terms = merchant.terms("pay-1");
        *terms.pointer_mut(pointer).unwrap() = value;
        terms
    };
    let mut extra = merchant.terms("pay-1");
    extra["surprise"] = json!(1);
    for bad in [
        spoil("/payment", json!("../x")),
        spoil("/order", json!("")),
        spoil("/amount/minor", json!(0)),
        spoil("/amount/minor", json!(-5)),
        spoil("/amount/currency", json!("yuan")),
        spoil("/return_url", json!("javascript:alert(1)")),
        spoil("/notify_url", json!("/hooks")),
        extra,
    ] {
        let (status, refusal) = merchant.post("/v1/payments", bad.clone()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert_eq!(refusal["error"]["code"], "invalid");
    }
}

#[tokio::test]
async fn without_the_key_nothing_is_answered() {
    let merchant = Merchant::new().await;
    merchant.create("pay-1").await;
    for path in ["/v1/payments/pay-1", "/v1/refunds/r-1"] {
        for request in [
            merchant.http.get(merchant.url(path)),
            merchant
                .http
                .get(merchant.url(path))
                .bearer_auth("sandbox-kez"),
        ] {
            assert_eq!(
                request.send().await.unwrap().status(),
                StatusCode::UNAUTHORIZED
            );
        }
    }
}

#[tokio::test]
async fn a_closed_or_expired_payment_cannot_be_paid() {
    let merchant = Merchant::new().await;
    merchant.create("closed").await;
    let (_, closed) = merchant.post("/v1/payments/closed/close", json!({})).await;
    assert_eq!(closed["state"], "closed");
    assert_eq!(merchant.pay("closed").await, StatusCode::CONFLICT);

    let mut short = merchant.terms("expired");
    short["expires_at"] = json!(now_ms() - 1);
    merchant.post("/v1/payments", short).await;
    assert_eq!(merchant.state("expired").await, "closed");
    assert_eq!(merchant.pay("expired").await, StatusCode::CONFLICT);

    merchant.create("paid").await;
    merchant.pay("paid").await;
    let (_, still_paid) = merchant.post("/v1/payments/paid/close", json!({})).await;
    assert_eq!(still_paid["state"], "paid");
    merchant.hear(1).await;
}

#[tokio::test]
async fn a_declined_payment_stays_declined() {
    let merchant = Merchant::new().await;
    merchant.create("pay-1").await;
    merchant
        .post("/control/payments/pay-1/decline", json!({}))
        .await;
    assert_eq!(merchant.state("pay-1").await, "declined");
    assert_eq!(merchant.pay("pay-1").await, StatusCode::CONFLICT);
    assert_eq!(merchant.hear(1).await[0].kind(), "payment.declined");
}

#[tokio::test]
async fn inv_p2_refunds_never_exceed_what_was_captured() {
    let merchant = Merchant::new().await;
    merchant.create("pay-1").await;
    let refund = |id: &str, minor: i64| {
        json!({ "refund": id, "payment": "pay-1", "reason": "test",
                "amount": { "minor": minor, "currency": "CNY" } })
    };
    let ask = async |terms: Value| merchant.post("/v1/refunds", terms).await.1["state"].clone();
    assert_eq!(ask(refund("too-early", 1)).await, "failed");
    merchant.pay("pay-1").await;
    merchant.hear(1).await;

    assert_eq!(ask(refund("r-1", 12_000)).await, "pending");
    assert_eq!(ask(refund("r-2", 891)).await, "failed");
    assert_eq!(ask(refund("r-3", 890)).await, "pending");
    let (status, _) = merchant.post("/v1/refunds", refund("r-3", 889)).await;
    assert_eq!(status, StatusCode::CONFLICT);

    let heard = merchant.hear(3).await;
    assert!(
        heard[1..]
            .iter()
            .all(|call| call.is_true() && call.kind() == "refund.succeeded")
    );
    assert!(
        heard
            .iter()
            .any(|call| call.body["data"]["refund"] == "r-1")
    );
    assert_eq!(ask(refund("r-1", 12_000)).await, "succeeded");
    assert_eq!(merchant.get("/v1/refunds/r-3").await["state"], "succeeded");
    assert_eq!(
        merchant.get("/v1/payments/pay-1").await["refunded_minor"],
        12_890
    );
    let missing = merchant.ask(Method::GET, "/v1/refunds/none", None).await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn callbacks_are_tried_again_until_the_merchant_says_yes() {
    let merchant = Merchant::new().await;
    merchant.deaf_for(3);
    merchant.create("pay-1").await;
    merchant.pay("pay-1").await;
    let heard = merchant.hear(1).await;
    assert!(heard[0].is_true());
    let ledger = merchant.get("/control/ledger").await;
    let tries = ledger["deliveries"][0]["attempts"].as_array().unwrap();
    let statuses: Vec<_> = tries
        .iter()
        .map(|attempt| attempt["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses, [500, 500, 500, 200]);
}

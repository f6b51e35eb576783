//! Every switch does what it says, and nothing else.

use axum::http::StatusCode;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

use crate::merchant::{Merchant, now_ms};

#[tokio::test]
async fn late_callbacks_come_late() {
    let merchant = Merchant::new().await;
    merchant.switch(json!({ "late_ms": 400 })).await;
    merchant.create("pay-1").await;
    let start = Instant::now();
    merchant.pay("pay-1").await;
    merchant.hear(1).await;
    assert!(start.elapsed() >= Duration::from_millis(400));
}

#[tokio::test]
async fn flushing_sends_what_is_late_at_once() {
    let merchant = Merchant::new().await;
    merchant.switch(json!({ "late_ms": 3_600_000 })).await;
    merchant.create("pay-1").await;
    merchant.pay("pay-1").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(merchant.heard().is_empty());
    let (_, flushed) = merchant.post("/control/flush", json!({})).await;
    assert_eq!(flushed["released"], 1);
    merchant.hear(1).await;
}

#[tokio::test]
async fn duplicates_carry_the_same_id() {
    let merchant = Merchant::new().await;
    merchant.switch(json!({ "duplicate": 9 })).await;
    merchant.create("pay-1").await;
    merchant.pay("pay-1").await;
    let heard = merchant.hear(10).await;
    assert!(
        heard
            .iter()
            .all(|call| call.is_true() && call.id == heard[0].id)
    );
}

#[tokio::test]
async fn reordering_swaps_every_two_callbacks() {
    let merchant = Merchant::new().await;
    merchant.switch(json!({ "reorder": true })).await;
    for payment in ["a", "b", "c"] {
        merchant.create(payment).await;
        merchant.pay(payment).await;
    }
    let told = |heard: Vec<crate::merchant::Heard>| -> Vec<Value> {
        heard
            .iter()
            .map(|call| call.body["data"]["payment"].clone())
            .collect()
    };
    // Whether c overtakes a depends on when b's try ended, so only what is certain is asserted.
    let first = told(merchant.hear_at_least(2).await);
    assert_eq!(first[0], "b");
    merchant.switch(json!({})).await;
    let all = told(merchant.hear(3).await);
    let of = |name: &str| all.iter().position(|payment| payment == name).unwrap();
    assert!(of("b") < of("a"));
}

#[tokio::test]
async fn forgeries_never_pass_and_true_callbacks_still_come() {
    let merchant = Merchant::new().await;
    merchant.switch(json!({ "forge": true })).await;
    merchant.create("pay-1").await;
    let forged = merchant.hear(3).await;
    assert!(
        forged
            .iter()
            .all(|call| !call.is_true() && call.kind() == "payment.paid")
    );
    assert_eq!(
        forged.iter().filter(|call| call.signed).count(),
        1,
        "one is a signed replay"
    );
    assert_eq!(merchant.state("pay-1").await, "open");

    merchant.pay("pay-1").await;
    let all = merchant.hear(7).await;
    assert_eq!(all.iter().filter(|call| call.is_true()).count(), 1);
    let ledger = merchant.get("/control/ledger").await;
    for delivery in ledger["deliveries"].as_array().unwrap() {
        let expected = if delivery["kind"] == "true" {
            "delivered"
        } else {
            "given_up"
        };
        assert_eq!(delivery["state"], expected, "{delivery}");
    }
}

#[tokio::test]
async fn dropped_callbacks_never_come_but_the_truth_can_be_asked() {
    let merchant = Merchant::new().await;
    merchant.switch(json!({ "drop": true })).await;
    merchant.create("pay-1").await;
    merchant.pay("pay-1").await;
    merchant.post("/control/flush", json!({})).await;
    merchant.hear(0).await;
    assert_eq!(merchant.state("pay-1").await, "paid");
}

#[tokio::test]
async fn a_wrong_amount_is_told_while_the_ledger_has_the_right_one() {
    let merchant = Merchant::new().await;
    merchant.switch(json!({ "wrong_amount": true })).await;
    merchant.create("pay-1").await;
    merchant.pay("pay-1").await;
    let heard = merchant.hear(1).await;
    assert!(heard[0].is_true());
    assert_eq!(heard[0].body["data"]["amount"]["minor"], 12_889);
    assert_eq!(
        merchant.get("/v1/payments/pay-1").await["amount"]["minor"],
        12_890
    );
}

#[tokio::test]
async fn r3_0_6_a_late_capture_pays_what_was_closed_or_expired() {
    let merchant = Merchant::new().await;
    merchant.create("closed").await;
    merchant.post("/v1/payments/closed/close", json!({})).await;
    let mut short = merchant.terms("expired");
    short["expires_at"] = json!(now_ms() - 1);
    merchant.post("/v1/payments", short).await;

    merchant.switch(json!({ "late_capture": true })).await;
    for payment in ["closed", "expired"] {
        assert_eq!(merchant.pay(payment).await, StatusCode::OK);
        assert_eq!(merchant.state(payment).await, "paid");
    }
    assert!(
        merchant
            .hear(2)
            .await
            .iter()
            .all(|call| call.kind() == "payment.paid")
    );
}

#[tokio::test]
async fn unknown_switches_are_refused_and_known_ones_read_back() {
    let merchant = Merchant::new().await;
    merchant
        .switch(json!({ "late_ms": 5, "reorder": true }))
        .await;
    let shown = merchant.get("/control/switches").await;
    assert_eq!(
        (&shown["late_ms"], &shown["reorder"]),
        (&json!(5), &json!(true))
    );
    let typo = merchant
        .ask(
            Method::PUT,
            "/control/switches",
            Some(json!({ "lates": 5 })),
        )
        .await;
    assert_eq!(typo.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

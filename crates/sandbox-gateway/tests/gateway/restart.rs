//! A gateway that stopped wakes up with its ledger, its switches and its unsent callbacks.

use sandbox_gateway::{StartError, spawn};
use serde_json::json;

use crate::merchant::Merchant;

#[tokio::test]
async fn everything_survives_a_restart() {
    let mut merchant = Merchant::new().await;
    merchant.switch(json!({ "late_ms": 3_600_000 })).await;
    merchant.create("open").await;
    merchant.create("paid").await;
    merchant.pay("paid").await;
    merchant.stop().await;
    merchant.start().await;

    assert_eq!(merchant.state("open").await, "open");
    assert_eq!(merchant.state("paid").await, "paid");
    assert_eq!(
        merchant.get("/control/switches").await["late_ms"],
        3_600_000
    );
    merchant.post("/control/flush", json!({})).await;
    let heard = merchant.hear(1).await;
    assert_eq!(heard[0].body["data"]["payment"], "paid");
}

#[tokio::test]
async fn a_refund_under_way_settles_after_a_restart() {
    let mut merchant = Merchant::new().await;
    merchant.create("pay-1").await;
    merchant.pay("pay-1").await;
    merchant.hear(1).await;
    let refund = json!({ "refund": "r-1", "payment": "pay-1", "reason": "test",
                         "amount": { "minor": 100, "currency": "CNY" } });
    merchant.post("/v1/refunds", refund).await;
    merchant.stop().await;
    merchant.start().await;
    assert_eq!(merchant.hear(2).await[1].kind(), "refund.succeeded");
}

#[tokio::test]
async fn a_second_gateway_on_the_same_ledger_or_port_is_told_so() {
    let merchant = Merchant::new().await;
    let Err(fault) = spawn(merchant.options()).await else {
        panic!("it started")
    };
    assert!(
        fault.to_string().contains("in use by another gateway"),
        "{fault}"
    );

    let mut options = merchant.options();
    options.listen = merchant
        .url("")
        .strip_prefix("http://")
        .unwrap()
        .parse()
        .unwrap();
    assert!(matches!(
        spawn(options).await,
        Err(StartError::AddressInUse(_))
    ));
}

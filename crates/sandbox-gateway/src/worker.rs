//! Does what falls due: sends callbacks, settles refunds and transfers, until told to stop.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::now_ms;
use crate::gateway::Gateway;
use crate::ledger::{Delivery, Forgery, Kind};
use crate::signature::Secret;

/// The age of a replayed forgery, in seconds.
const STALE_S: i64 = 600;
/// How long a merchant may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long tries under way may take after the word to stop.
const END_WITHIN: Duration = Duration::from_secs(2);
/// The pause after the ledger could not be written.
const LEDGER_PAUSE: Duration = Duration::from_secs(1);

/// Runs until `stop` turns true, then lets the tries under way end. One that takes too long is abandoned: its
/// callback is still due after the next start.
pub async fn run(gateway: Arc<Gateway>, secret: Secret, mut stop: watch::Receiver<bool>) {
    let client = Client::builder()
        .timeout(ANSWER_WITHIN)
        .build()
        .unwrap_or_default();
    let mut tries = JoinSet::new();
    loop {
        let now = now_ms();
        let settled = gateway
            .settle_refunds(now)
            .and_then(|()| gateway.settle_transfers(now));
        if let Err(fault) = settled {
            tracing::error!(%fault, "refunds and transfers wait");
            tokio::time::sleep(LEDGER_PAUSE).await;
        }
        for delivery in gateway.take_due(now) {
            let (gateway, client, secret) = (gateway.clone(), client.clone(), secret.clone());
            tries.spawn(async move {
                let status = send(&client, &secret, &delivery).await;
                if let Err(fault) = gateway.tried(delivery.number, status) {
                    tracing::error!(%fault, delivery = delivery.number, "a try was not recorded");
                }
            });
        }
        tokio::select! {
            () = sleep_until(gateway.next_work()) => {}
            () = gateway.new_work() => {}
            Some(_) = tries.join_next() => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    let ending = async { while tries.join_next().await.is_some() {} };
    if tokio::time::timeout(END_WITHIN, ending).await.is_err() {
        tries.shutdown().await;
    }
}

async fn sleep_until(at: Option<i64>) {
    match at {
        Some(at) => {
            let pause = u64::try_from(at - now_ms()).unwrap_or(0);
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        None => std::future::pending().await,
    }
}

/// Sends one callback and returns the merchant's status, if it answered.
async fn send(client: &Client, secret: &Secret, delivery: &Delivery) -> Option<u16> {
    let (message, body) = (&delivery.message, &delivery.body);
    let now_s = now_ms() / 1000;
    let (timestamp_s, signature) = match delivery.kind {
        Kind::True => (now_s, secret.sign(message, now_s, body)),
        Kind::Forged(Forgery::WrongSecret) => (now_s, Secret::forgers().sign(message, now_s, body)),
        Kind::Forged(Forgery::AlteredBody) => (now_s, secret.sign(message, now_s, "{}")),
        Kind::Forged(Forgery::Stale) => {
            let then_s = now_s - STALE_S;
            (then_s, secret.sign(message, then_s, body))
        }
    };
    let answer = client
        .post(&delivery.notify_url)
        .header("content-type", "application/json")
        .header("webhook-id", message)
        .header("webhook-timestamp", timestamp_s.to_string())
        .header("webhook-signature", signature)
        .body(body.clone())
        .send()
        .await;
    match answer {
        Ok(answer) => Some(answer.status().as_u16()),
        Err(fault) => {
            tracing::warn!(delivery = delivery.number, %fault, "a callback did not arrive");
            None
        }
    }
}

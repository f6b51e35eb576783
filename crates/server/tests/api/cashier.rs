//! The other side of paying: a real sandbox gateway, a door through which its webhooks come, and
//! webhooks of a test's own making.
#![allow(dead_code)] // offers more than each test needs

use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::Request;
use contract::Timestamp;
use contract::payment::PaymentStarted;
use sandbox_gateway::{Decision, Options, Running, Switches, spawn};
use serde_json::{Value, json};
use server::clock::Clock;
use server::payment::signature::{Secret, sign};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::harness::{Answer, TestShop};

/// The secret that both sides know.
pub const SECRET: &str = "sandbox-webhook-secret";

/// A gateway and the door to whichever shop is being tested.
pub struct Cashier {
    running: Option<Running>,
    door: Arc<RwLock<Option<Router>>>,
    pub public_url: String,
    pub gateway_url: String,
    ledger: TempDir,
}

impl Cashier {
    pub async fn open() -> Self {
        let ledger = TempDir::new().unwrap();
        let running = spawn(Options::for_tests(ledger.path().join("ledger.jsonl")))
            .await
            .unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let public_url = format!("http://{}", listener.local_addr().unwrap());
        let door: Arc<RwLock<Option<Router>>> = Arc::default();
        let behind = door.clone();
        let front = Router::new().fallback(async move |request: Request| {
            let shop = behind.read().unwrap().clone().expect("no shop is open");
            shop.oneshot(request).await.unwrap()
        });
        tokio::spawn(async move { axum::serve(listener, front).await });
        Self {
            gateway_url: running.url(),
            running: Some(running),
            door,
            public_url,
            ledger,
        }
    }

    /// Shops that pay here. Their clocks tell the real time, because the gateway's does.
    pub async fn shops(&self) -> Vec<TestShop> {
        let settings = [
            ("gateway_url", self.gateway_url.as_str()),
            ("public_url", self.public_url.as_str()),
            ("gateway_webhook_secret", SECRET),
            ("pay_ttl_s", "60"),
        ];
        let shops = TestShop::each_stocked_with(&settings).await;
        for shop in &shops {
            shop.clock.advance_ms(real_now().since(shop.clock.now()));
        }
        shops
    }

    /// From now on webhooks reach this shop.
    pub fn serve(&self, shop: &TestShop) {
        *self.door.write().unwrap() = Some(server::app(shop.state.clone()));
    }

    pub fn switch(&self, switches: Switches) {
        self.gateway().set_switches(switches).unwrap();
    }

    pub fn gateway(&self) -> &sandbox_gateway::Gateway {
        self.running.as_ref().unwrap().gateway()
    }

    pub fn pay(&self, started: &PaymentStarted) {
        self.gateway()
            .decide(started.payment.as_str(), Decision::Pay)
            .unwrap();
    }

    /// Pays from a wallet that the gateway has this word for.
    pub fn pay_by(&self, started: &PaymentStarted, wallet: &str) {
        self.gateway()
            .pay_by(started.payment.as_str(), Some(wallet.to_owned()))
            .unwrap();
    }

    pub fn decline(&self, started: &PaymentStarted) {
        self.gateway()
            .decide(started.payment.as_str(), Decision::Decline)
            .unwrap();
    }

    /// How much the gateway gave back of a payment, in fen, and in how many refunds.
    pub fn refunded(&self, started: &PaymentStarted) -> (i64, usize) {
        self.gateway().read(|book| {
            let refunds: Vec<_> = book
                .refunds()
                .filter(|refund| refund.terms.payment == started.payment.as_str())
                .collect();
            let sum = refunds.iter().map(|refund| refund.terms.amount.minor).sum();
            (sum, refunds.len())
        })
    }

    /// The gateway goes away; nothing answers at its address.
    pub async fn stop(&mut self) {
        self.running.take().unwrap().stop().await;
    }
}

pub fn real_now() -> Timestamp {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(now.as_millis()).unwrap())
}

/// Waits until something is so; five seconds at most.
pub async fn until<F: Future<Output = bool>>(what: &str, is_so: impl Fn() -> F) {
    for _ in 0..250 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("not within five seconds: {what}");
}

/// A webhook as the gateway would send it, to be changed before it is sent.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub id: String,
    pub body: Value,
    pub secret: String,
    pub age_s: i64,
}

impl Webhook {
    fn new(id: &str, kind: &str, data: Value) -> Self {
        Self {
            id: id.to_owned(),
            body: json!({"type": kind, "occurred_at": 0, "data": data}),
            secret: SECRET.to_owned(),
            age_s: 0,
        }
    }

    pub fn paid(id: &str, started: &PaymentStarted, minor: i64) -> Self {
        Self::new(id, "payment.paid", Self::data(started, minor))
    }

    pub fn declined(id: &str, started: &PaymentStarted, minor: i64) -> Self {
        Self::new(id, "payment.declined", Self::data(started, minor))
    }

    pub fn refunded(id: &str, started: &PaymentStarted, refund: &str, minor: i64) -> Self {
        let mut data = Self::data(started, minor);
        data["refund"] = json!(refund);
        Self::new(id, "refund.succeeded", data)
    }

    fn data(started: &PaymentStarted, minor: i64) -> Value {
        json!({
            "payment": started.payment,
            "order": started.order,
            "amount": {"minor": minor, "currency": "CNY"},
        })
    }

    pub fn forged(mut self) -> Self {
        self.secret = "not the secret".to_owned();
        self
    }

    pub fn aged(mut self, seconds: i64) -> Self {
        self.age_s = seconds;
        self
    }

    pub async fn send(&self, shop: &TestShop) -> Answer {
        let timestamp = (shop.clock.now().0 / 1000 - self.age_s).to_string();
        let body = self.body.to_string();
        let secret = Secret::parse(&self.secret);
        let signature = sign(&secret, &self.id, &timestamp, body.as_bytes()).unwrap();
        shop.post("/api/webhooks/payments")
            .without("sec-fetch-site")
            .header("webhook-id", &self.id)
            .header("webhook-timestamp", &timestamp)
            .header("webhook-signature", &signature)
            .body(body)
            .send()
            .await
    }
}

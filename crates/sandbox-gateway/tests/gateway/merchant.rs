//! A merchant for tests: a running gateway, a webhook endpoint, and short words for what to do with them.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, Method, Response};
use sandbox_gateway::{Options, Running, spawn};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The sandbox's webhook secret.
const SECRET: &[u8] = b"sandbox-webhook-secret";

/// A callback as the merchant received it.
#[derive(Clone, Debug)]
pub struct Heard {
    pub id: String,
    pub body: Value,
    /// Signed with the merchant's secret over exactly these bytes.
    pub signed: bool,
    /// Seconds between its timestamp and now.
    pub age_s: i64,
}

impl Heard {
    pub fn is_true(&self) -> bool {
        self.signed && self.age_s.abs() <= 300
    }

    pub fn kind(&self) -> &str {
        self.body["type"].as_str().unwrap()
    }
}

#[derive(Default)]
struct Ear {
    heard: Vec<Heard>,
    /// Answers 500 to this many callbacks first.
    deaf_for: usize,
}

pub struct Merchant {
    pub gateway: Option<Running>,
    pub http: Client,
    folder: TempDir,
    ear: Arc<Mutex<Ear>>,
    notify_url: String,
}

impl Merchant {
    pub async fn new() -> Self {
        let ear = Arc::new(Mutex::new(Ear::default()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let notify_url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let app = Router::new()
            .route("/hooks", post(hear))
            .with_state(ear.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let folder = tempfile::tempdir().unwrap();
        let mut merchant = Self {
            gateway: None,
            http: Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            folder,
            ear,
            notify_url,
        };
        merchant.start().await;
        merchant
    }

    pub async fn start(&mut self) {
        self.gateway = Some(spawn(self.options()).await.unwrap());
    }

    pub async fn stop(&mut self) {
        self.gateway.take().unwrap().stop().await;
    }

    pub fn options(&self) -> Options {
        Options::for_tests(self.folder.path().join("ledger.jsonl"))
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.gateway.as_ref().unwrap().url())
    }

    pub fn terms(&self, payment: &str) -> Value {
        json!({
            "payment": payment, "order": "order-1", "amount": { "minor": 12_890, "currency": "CNY" },
            "title": "丹东草莓 等 2 件", "lang": "zh-CN", "return_url": "http://127.0.0.1:1/pay/order-1",
            "notify_url": self.notify_url, "expires_at": now_ms() + 60_000,
        })
    }

    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let mut request = self
            .http
            .request(method, self.url(path))
            .bearer_auth("sandbox-key");
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        self.ask(Method::GET, path, None)
            .await
            .json()
            .await
            .unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let answer = self.ask(Method::POST, path, Some(body)).await;
        (answer.status(), answer.json().await.unwrap())
    }

    /// Creates a payment and returns its cashier page.
    pub async fn create(&self, payment: &str) -> String {
        let (status, created) = self.post("/v1/payments", self.terms(payment)).await;
        assert_eq!(status, StatusCode::CREATED, "{created}");
        created["cashier_url"].as_str().unwrap().to_owned()
    }

    pub async fn pay(&self, payment: &str) -> StatusCode {
        self.post(&format!("/control/payments/{payment}/pay"), json!({}))
            .await
            .0
    }

    pub async fn state(&self, payment: &str) -> String {
        self.get(&format!("/v1/payments/{payment}")).await["state"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub async fn switch(&self, switches: Value) {
        let answer = self
            .ask(Method::PUT, "/control/switches", Some(switches))
            .await;
        assert_eq!(answer.status(), StatusCode::OK);
    }

    pub fn deaf_for(&self, callbacks: usize) {
        self.ear.lock().unwrap().deaf_for = callbacks;
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.ear.lock().unwrap().heard.clone()
    }

    /// Waits until at least that many callbacks came in.
    pub async fn hear_at_least(&self, count: usize) -> Vec<Heard> {
        let start = Instant::now();
        while self.heard().len() < count {
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "heard only {:?}",
                self.heard()
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.heard()
    }

    /// Waits until that many callbacks came in, then a little longer, so that one too many shows.
    pub async fn hear(&self, count: usize) -> Vec<Heard> {
        self.hear_at_least(count).await;
        tokio::time::sleep(Duration::from_millis(60)).await;
        let heard = self.heard();
        assert_eq!(heard.len(), count, "{heard:?}");
        heard
    }
}

async fn hear(State(ear): State<Arc<Mutex<Ear>>>, headers: HeaderMap, body: String) -> StatusCode {
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    let (id, timestamp) = (text("webhook-id"), text("webhook-timestamp"));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET).unwrap();
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    let heard = Heard {
        id,
        body: serde_json::from_str(&body).unwrap(),
        signed: text("webhook-signature") == expected,
        age_s: now_ms() / 1000 - timestamp.parse::<i64>().unwrap(),
    };
    let mut ear = ear.lock().unwrap();
    if ear.deaf_for > 0 {
        ear.deaf_for -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    let status = if heard.is_true() {
        StatusCode::OK
    } else {
        StatusCode::UNAUTHORIZED
    };
    ear.heard.push(heard);
    status
}

pub fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_millis() as i64
}

//! What people tell the shop about themselves stays out of its log, whatever goes wrong.

use std::io::Write;
use std::sync::{Arc, Mutex};

use contract::address::Address;
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use crate::harness::TestShop;

/// A log that the test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn names_numbers_addresses_codes_and_tokens_never_reach_the_log() {
    for shop in TestShop::each().await {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_max_level(tracing::Level::DEBUG)
            .with_writer(log.clone())
            .finish();
        let listening = tracing::subscriber::set_default(subscriber);

        let customer = shop.customer("13755550001").await;
        let code = shop.code_sent_to("13755550001").await;
        let entry = |name: &str, phone: &str| json!({ "name": name, "phone": phone, "region": "绝密市", "detail": "绝密路 9 号" });
        let path = "/api/addresses";
        customer
            .post(path)
            .json(&entry("绝密收件人", "13755550002"))
            .ok::<Address>()
            .await;
        customer
            .post(path)
            .json(&entry("绝密收件人", "not 13755550003"))
            .send()
            .await;
        customer
            .post(path)
            .body("{\"name\":\"绝密收件人\"")
            .send()
            .await;
        shop.post("/api/auth/codes")
            .fresh_key()
            .json(&json!({ "phone": "13755550001" }))
            .send()
            .await;
        shop.state.db.close().await;
        let broken = customer
            .post(path)
            .json(&entry("绝密收件人", "13755550002"))
            .send()
            .await;
        assert_eq!(broken.status, 500);
        drop(listening);

        let text = log.text();
        assert!(
            text.contains("request failed"),
            "the log was not listened to: {text}"
        );
        let token = customer.cookies.rsplit('=').next().unwrap();
        for secret in ["1375555000", "绝密", code.as_str(), token] {
            assert!(!text.contains(secret), "{secret} on {}: {text}", shop.on);
        }
    }
}

//! What comes too often is refused with the time to wait, and nobody pays for another's haste.

use contract::{ApiError, ErrorCode};

use crate::harness::TestShop;

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_when_to_come_back() {
    for shop in TestShop::each_with(&[("rate_per_minute", "5"), ("trusted_proxies", "1")]).await {
        let ask = |from: &str| {
            shop.get("/api/communities")
                .header("x-forwarded-for", from)
                .send()
        };
        for _ in 0..5 {
            assert_eq!(ask("203.0.113.1").await.status, 200);
        }
        let refused = ask("203.0.113.1").await;
        assert_eq!(refused.status, 429);
        assert_eq!(refused.header("retry-after"), "12");
        assert_eq!(refused.json::<ApiError>().code, ErrorCode::RateLimited);
        // Writing another address into the header does not help, and does not hurt its owner.
        assert_eq!(ask("203.0.113.2, 203.0.113.1").await.status, 429);
        assert_eq!(ask("203.0.113.2").await.status, 200);
        shop.clock.advance_ms(12_000);
        assert_eq!(ask("203.0.113.1").await.status, 200);
    }
}

#[tokio::test]
async fn a_customer_has_one_limit_wherever_the_requests_come_from() {
    for shop in TestShop::each_with(&[("rate_per_minute", "8"), ("trusted_proxies", "1")]).await {
        let customer = shop.customer("13800000001").await;
        let ask = |n: u8| {
            let from = format!("203.0.113.{n}");
            customer
                .get("/api/addresses")
                .header("x-forwarded-for", &from)
                .send()
        };
        for n in 0..8 {
            assert_eq!(ask(n).await.status, 200);
        }
        assert_eq!(ask(100).await.status, 429);
        assert_eq!(
            shop.get("/api/communities")
                .header("x-forwarded-for", "203.0.113.100")
                .send()
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn one_address_cannot_send_codes_without_end() {
    for shop in TestShop::each().await {
        let ask = |n: u32| {
            let body = serde_json::json!({ "phone": format!("138000{n:05}") });
            shop.post("/api/auth/codes").fresh_key().json(&body).send()
        };
        for n in 0..30 {
            assert_eq!(ask(n).await.status, 200);
        }
        assert_eq!(ask(30).await.status, 429);
    }
}

#[tokio::test]
async fn one_address_cannot_guess_without_end() {
    for shop in TestShop::each().await {
        let guess = || {
            let body = serde_json::json!({ "request": "made-up", "code": "123456" });
            shop.post("/api/auth/session")
                .fresh_key()
                .json(&body)
                .send()
        };
        for _ in 0..60 {
            assert_eq!(
                guess().await.json::<ApiError>().code,
                ErrorCode::CodeExpired
            );
        }
        assert_eq!(
            guess().await.json::<ApiError>().code,
            ErrorCode::RateLimited
        );
    }
}

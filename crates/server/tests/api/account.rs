//! Signing in: codes that cannot be guessed, sessions that end, cookies that do not leak.

use std::collections::BTreeMap;

use contract::account::{CodeSent, Session};
use contract::{ErrorCode, ErrorDetails};
use futures_util::future::join_all;
use serde_json::json;
use sqlx::Row;

use crate::harness::{Answer, TestShop, cookies_of};

const PHONE: &str = "13812345678";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

async fn ask_for_code(shop: &TestShop, phone: &str) -> CodeSent {
    shop.post("/api/auth/codes")
        .fresh_key()
        .json(&json!({ "phone": phone }))
        .ok()
        .await
}

/// A code that is certainly not the right one.
fn other_than(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

#[tokio::test]
async fn a_first_sign_in_makes_the_account_and_the_next_finds_it() {
    for shop in TestShop::each().await {
        let first = shop.customer(PHONE).await;
        let session: Session = first.get("/api/auth/session").ok().await;
        let me = session.me.unwrap();
        assert_eq!(me.phone_masked, "138****5678");
        assert!(me.name.starts_with("Neighbour "), "{}", me.name);
        let chinese: Session = first.get("/api/auth/session").lang("zh-CN").ok().await;
        assert!(chinese.me.unwrap().name.starts_with("邻居 "));

        shop.clock.advance_ms(60_000);
        let again = shop
            .customer("+86 138-1234-5678".replace([' ', '-'], "").as_str())
            .await;
        assert_eq!(again.id, first.id, "{}", shop.on);
    }
}

#[tokio::test]
async fn a_guest_has_a_session_with_nobody_in_it() {
    for shop in TestShop::each().await {
        let answer = shop.get("/api/auth/session").send().await;
        assert_eq!(answer.json::<Session>().me, None);
        assert_eq!(answer.header("cache-control"), "no-store");
        let forged = shop.get("/api/auth/session").cookie("sid=AAAA; did=zz");
        assert_eq!(forged.ok::<Session>().await.me, None);
    }
}

#[tokio::test]
async fn known_and_unknown_numbers_get_the_same_answer() {
    for shop in TestShop::each().await {
        shop.customer(PHONE).await;
        shop.clock.advance_ms(60_000);
        let shape = |answer: Answer| {
            let body: BTreeMap<String, serde_json::Value> = answer.json();
            let times: Vec<_> = ["expires_at", "resend_at", "server_now"]
                .map(|key| body[key].clone())
                .into();
            (
                answer.status,
                body.keys().cloned().collect::<Vec<_>>(),
                times,
            )
        };
        let ask = async |phone: &str| {
            shop.post("/api/auth/codes")
                .fresh_key()
                .json(&json!({ "phone": phone }))
                .send()
                .await
        };
        assert_eq!(shape(ask(PHONE).await), shape(ask("13900000000").await));
    }
}

#[tokio::test]
async fn another_code_can_be_asked_for_after_a_minute() {
    for shop in TestShop::each().await {
        let sent = ask_for_code(&shop, PHONE).await;
        assert_eq!(sent.resend_at.since(sent.server_now), 60_000);
        assert_eq!(sent.expires_at.since(sent.server_now), 600_000);
        let early = shop
            .post("/api/auth/codes")
            .fresh_key()
            .json(&json!({ "phone": PHONE }));
        let refused = early.refused(ErrorCode::RateLimited).await;
        assert_eq!(refused.details, Some(ErrorDetails::RetryAfter(60)));
        shop.clock.advance_ms(60_000);
        ask_for_code(&shop, PHONE).await;
    }
}

#[tokio::test]
async fn inv_i1_asking_twice_with_one_key_sends_one_message() {
    for shop in TestShop::each().await {
        let device = cookies_of(&shop.get("/api/auth/session").send().await);
        let ask = || {
            let request = shop.post("/api/auth/codes").cookie(&device).key("one");
            request.json(&json!({ "phone": PHONE })).send()
        };
        let (first, again) = (ask().await, ask().await);
        assert_eq!(first.body, again.body);
        let row = sqlx::query("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM sandbox_sms")
            .fetch_one(shop.state.db.reader())
            .await
            .unwrap();
        assert_eq!(row.get::<i64, _>("n"), 1);
    }
}

#[tokio::test]
async fn a_code_works_once_for_its_own_request_and_only_in_time() {
    for shop in TestShop::each().await {
        let mine = ask_for_code(&shop, PHONE).await;
        let code = shop.code_sent_to(PHONE).await;
        let other = ask_for_code(&shop, "13900000000").await;
        let try_code = |request: &str, code: &str| {
            let body = json!({ "request": request, "code": code });
            shop.post("/api/auth/session").fresh_key().json(&body)
        };
        if shop.code_sent_to("13900000000").await != code {
            try_code(other.request.as_str(), &code)
                .refused(ErrorCode::CodeWrong)
                .await;
        }
        try_code("made-up", &code)
            .refused(ErrorCode::CodeExpired)
            .await;
        try_code(mine.request.as_str(), "12345")
            .refused(ErrorCode::InvalidRequest)
            .await;
        try_code(mine.request.as_str(), &code).ok::<Session>().await;
        try_code(mine.request.as_str(), &code)
            .refused(ErrorCode::CodeExpired)
            .await;

        shop.clock.advance_ms(60_000);
        let late = ask_for_code(&shop, PHONE).await;
        let code = shop.code_sent_to(PHONE).await;
        shop.clock.advance_ms(600_000);
        try_code(late.request.as_str(), &code)
            .refused(ErrorCode::CodeExpired)
            .await;
    }
}

#[tokio::test]
async fn of_a_thousand_guesses_at_once_five_are_looked_at() {
    for shop in TestShop::each_with(&[("trusted_proxies", "1")]).await {
        let sent = ask_for_code(&shop, PHONE).await;
        let code = shop.code_sent_to(PHONE).await;
        let guess = |from: usize, code: &str| {
            let body = json!({ "request": sent.request, "code": code });
            let request = shop.post("/api/auth/session").fresh_key().json(&body);
            // Each from an address of its own, so that only the code's own limit stands in the way.
            request
                .header(
                    "x-forwarded-for",
                    &format!("10.0.{}.{}", from / 250, from % 250),
                )
                .send()
        };
        let wrong = other_than(&code);
        let answers = join_all((0..1000).map(|from| guess(from, &wrong))).await;
        let mut counts = BTreeMap::new();
        for answer in &answers {
            *counts
                .entry(answer.json::<contract::ApiError>().code as u8)
                .or_insert(0) += 1;
        }
        assert_eq!(
            counts[&(ErrorCode::CodeWrong as u8)],
            5,
            "{}: {counts:?}",
            shop.on
        );
        assert_eq!(
            counts[&(ErrorCode::CodeExpired as u8)],
            995,
            "{}: {counts:?}",
            shop.on
        );
        let right = guess(2000, &code).await;
        assert_eq!(
            right.json::<contract::ApiError>().code,
            ErrorCode::CodeExpired
        );
    }
}

#[tokio::test]
async fn a_wrong_guess_says_how_many_tries_are_left() {
    for shop in TestShop::each().await {
        let sent = ask_for_code(&shop, PHONE).await;
        let wrong = other_than(&shop.code_sent_to(PHONE).await);
        for left in [4, 3, 2, 1, 0] {
            let body = json!({ "request": sent.request, "code": wrong });
            let guess = shop.post("/api/auth/session").fresh_key().json(&body);
            let refused = guess.refused(ErrorCode::CodeWrong).await;
            assert_eq!(refused.details, Some(ErrorDetails::TriesLeft(left)));
        }
    }
}

#[tokio::test]
async fn inv_i1_signing_in_again_with_one_key_gives_the_same_session() {
    for shop in TestShop::each().await {
        let device = cookies_of(&shop.get("/api/auth/session").send().await);
        let sent = ask_for_code(&shop, PHONE).await;
        let body = json!({ "request": sent.request, "code": shop.code_sent_to(PHONE).await });
        let sign_in = || {
            shop.post("/api/auth/session")
                .cookie(&device)
                .key("one")
                .json(&body)
                .send()
        };
        let (first, again) = (sign_in().await, sign_in().await);
        assert_eq!(first.body, again.body);
        assert_eq!(cookies_of(&first), cookies_of(&again));
        let session = shop.get("/api/auth/session").cookie(&cookies_of(&again));
        assert!(session.ok::<Session>().await.me.is_some());

        // The same words from another browser are another request: the code is used up.
        let stranger = shop.post("/api/auth/session").key("one").json(&body);
        stranger.refused(ErrorCode::CodeExpired).await;
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_whoever_kept_the_cookie() {
    for shop in TestShop::each().await {
        let customer = shop.customer(PHONE).await;
        let left = customer.delete("/api/auth/session").send().await;
        assert_eq!(left.status, 204);
        assert!(
            left.header("set-cookie").starts_with("sid=;")
                && left.header("set-cookie").contains("Max-Age=0")
        );
        assert_eq!(
            customer.get("/api/auth/session").ok::<Session>().await.me,
            None
        );
        customer
            .get("/api/addresses")
            .refused(ErrorCode::SignInRequired)
            .await;
    }
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_the_browser_had() {
    for shop in TestShop::each().await {
        let customer = shop.customer(PHONE).await;
        shop.clock.advance_ms(60_000);
        let sent = ask_for_code(&shop, PHONE).await;
        let body = json!({ "request": sent.request, "code": shop.code_sent_to(PHONE).await });
        customer
            .post("/api/auth/session")
            .json(&body)
            .ok::<Session>()
            .await;
        assert_eq!(
            customer.get("/api/auth/session").ok::<Session>().await.me,
            None
        );
    }
}

#[tokio::test]
async fn a_session_ends_by_thirty_days_of_rest_or_ninety_days_of_age() {
    for shop in TestShop::each().await {
        let customer = shop.customer(PHONE).await;
        let is_signed_in = async || {
            customer
                .get("/api/auth/session")
                .ok::<Session>()
                .await
                .me
                .is_some()
        };
        for _ in 0..3 {
            shop.clock.advance_ms(29 * DAY_MS);
            assert!(is_signed_in().await, "{}", shop.on);
        }
        shop.clock.advance_ms(3 * DAY_MS);
        assert!(!is_signed_in().await, "ninety days");

        let rested = shop.customer(PHONE).await;
        shop.clock.advance_ms(30 * DAY_MS);
        assert_eq!(
            rested.get("/api/auth/session").ok::<Session>().await.me,
            None
        );
        assert_eq!(server::auth::prune(&shop.state).await.unwrap(), 2);
        assert!(server::features::account::prune(&shop.state).await.unwrap() >= 2);
    }
}

#[tokio::test]
async fn cookies_are_out_of_reach_for_scripts_and_other_sites() {
    for (public_url, name, secure) in [
        ("http://127.0.0.1:8080", "sid=", false),
        ("https://shop.example", "__Host-sid=", true),
    ] {
        for shop in TestShop::each_with(&[("public_url", public_url)]).await {
            let sent = ask_for_code(&shop, PHONE).await;
            let body = json!({ "request": sent.request, "code": shop.code_sent_to(PHONE).await });
            let answer = shop
                .post("/api/auth/session")
                .fresh_key()
                .json(&body)
                .send()
                .await;
            let cookies = answer.headers.get_all("set-cookie");
            let session = cookies
                .iter()
                .map(|c| c.to_str().unwrap())
                .find(|c| c.starts_with(name))
                .unwrap();
            for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
                assert!(session.contains(attribute), "{session}");
            }
            assert_eq!(session.contains("Secure"), secure, "{session}");
            let token = session.split(['=', ';']).nth(1).unwrap();
            assert_eq!(token.len(), 43, "256 bits in base64url");
            let row = sqlx::query("SELECT token_hash FROM session")
                .fetch_one(shop.state.db.reader())
                .await
                .unwrap();
            assert_ne!(row.get::<String, _>("token_hash"), token);
        }
    }
}

#[tokio::test]
async fn the_inbox_shows_the_latest_message_first_in_the_readers_language() {
    for shop in TestShop::each().await {
        ask_for_code(&shop, PHONE).await;
        let first = shop.code_sent_to(PHONE).await;
        shop.clock.advance_ms(60_000);
        ask_for_code(&shop, PHONE).await;
        let second = shop.code_sent_to(PHONE).await;
        let page = shop.get("/sandbox/sms").send().await.text();
        let at = |code: &str| page.find(code).unwrap();
        assert!(at(&second) < at(&first) || first == second);
        assert!(page.contains(r#"<html lang="en">"#));
        let chinese = shop.get("/sandbox/sms").lang("zh-CN").send().await.text();
        assert!(chinese.contains("短信收件箱"));
        assert_eq!(
            shop.get("/sandbox/sms.css")
                .send()
                .await
                .header("content-type"),
            "text/css"
        );
    }
}

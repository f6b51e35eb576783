//! The payer's page: what it says, and where its buttons lead.

use axum::http::StatusCode;
use serde_json::json;

use crate::merchant::Merchant;

async fn page(merchant: &Merchant, url: &str) -> String {
    merchant
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap()
}

async fn choose(merchant: &Merchant, url: &str, choice: &str) -> (StatusCode, String) {
    let answer = merchant
        .http
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("choice={choice}"))
        .send()
        .await
        .unwrap();
    (
        answer.status(),
        answer.headers()["location"].to_str().unwrap().to_owned(),
    )
}

#[tokio::test]
async fn the_page_speaks_the_merchants_language_or_the_payers() {
    let merchant = Merchant::new().await;
    let url = merchant.create("pay-1").await;
    let chinese = page(&merchant, &url).await;
    for words in [
        r#"<html lang="zh-CN">"#,
        "丹东草莓 等 2 件",
        "¥128.90",
        "确认付款",
        "order-1",
    ] {
        assert!(chinese.contains(words), "{words} is missing in {chinese}");
    }
    let english = page(&merchant, &format!("{url}?lang=en")).await;
    assert!(english.contains(r#"<html lang="en">"#) && english.contains("Pay now"));
}

#[tokio::test]
async fn what_the_merchant_writes_is_text_and_never_markup() {
    let merchant = Merchant::new().await;
    let mut terms = merchant.terms("pay-1");
    terms["title"] = json!("<img src=x onerror=alert(1)>");
    let (_, created) = merchant.post("/v1/payments", terms).await;
    let shown = page(&merchant, created["cashier_url"].as_str().unwrap()).await;
    assert!(!shown.contains("<img") && shown.contains("&lt;img"));
}

#[tokio::test]
async fn every_choice_leads_back_to_the_merchant() {
    let merchant = Merchant::new().await;
    for (payment, choice, state) in [
        ("a", "pay", "paid"),
        ("b", "decline", "declined"),
        ("c", "abandon", "open"),
    ] {
        let url = merchant.create(payment).await;
        let (status, location) = choose(&merchant, &url, choice).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(location, "http://127.0.0.1:1/pay/order-1");
        assert_eq!(merchant.state(payment).await, state);
    }
    merchant.hear(2).await;
}

/// The cookie that a page gives a browser.
async fn wallet(merchant: &Merchant, url: &str, known: Option<&str>) -> String {
    let mut request = merchant.http.get(url);
    if let Some(cookie) = known {
        request = request.header("cookie", cookie);
    }
    let answer = request.send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("Path=/cashier"));
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn one_browser_pays_by_one_instrument() {
    let merchant = Merchant::new().await;
    let mut told = Vec::new();
    let mut cookie = None;
    for payment in ["a", "b", "c"] {
        let url = merchant.create(payment).await;
        // The third payer comes with another browser.
        let known = cookie.filter(|_| payment != "c");
        let own = wallet(&merchant, &url, known.as_deref()).await;
        let form = merchant
            .http
            .post(&url)
            .header("content-type", "application/x-www-form-urlencoded");
        let paying = form.header("cookie", &own).body("choice=pay");
        assert_eq!(paying.send().await.unwrap().status(), StatusCode::SEE_OTHER);
        let status = merchant.get(&format!("/v1/payments/{payment}")).await;
        told.push(status["instrument"].as_str().unwrap().to_owned());
        assert!(!own.contains(&told[told.len() - 1]));
        cookie = Some(own);
    }
    assert_eq!(told[0], told[1]);
    assert_ne!(told[1], told[2]);
    for heard in merchant.hear(3).await {
        let instrument = heard.body["data"]["instrument"].as_str().unwrap();
        assert!(told.iter().any(|one| one == instrument));
    }
}

#[tokio::test]
async fn a_choice_that_comes_too_late_shows_where_the_payment_stands() {
    let merchant = Merchant::new().await;
    let url = merchant.create("pay-1").await;
    merchant.post("/v1/payments/pay-1/close", json!({})).await;
    let (_, location) = choose(&merchant, &url, "pay").await;
    assert!(url.ends_with(&location));
    let shown = page(&merchant, &url).await;
    assert!(
        shown.contains("这笔付款已关闭")
            && shown.contains(r#"href="http://127.0.0.1:1/pay/order-1""#)
    );
    assert!(!shown.contains(r#"value="pay""#));
    assert_eq!(merchant.state("pay-1").await, "closed");
}

#[tokio::test]
async fn pages_cannot_be_guessed_framed_or_scripted() {
    let merchant = Merchant::new().await;
    let url = merchant.create("pay-1").await;
    let missing = merchant
        .http
        .get(merchant.url("/cashier/pay-1"))
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    let answer = merchant.http.get(url).send().await.unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
}

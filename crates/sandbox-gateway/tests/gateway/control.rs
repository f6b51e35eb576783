//! The tester's page flips switches by a plain form, and not for a foreign page.

use axum::http::StatusCode;

use crate::merchant::Merchant;

#[tokio::test]
async fn the_page_shows_and_flips_the_switches() {
    let merchant = Merchant::new().await;
    merchant.create("pay-1").await;
    let form = |site: &'static str| {
        merchant
            .http
            .post(merchant.url("/control"))
            .header("sec-fetch-site", site)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("late_ms=7&duplicate=0&forge=on")
            .send()
    };
    assert_eq!(
        form("cross-site").await.unwrap().status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(merchant.get("/control/switches").await["forge"], false);
    assert_eq!(
        form("same-origin").await.unwrap().status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(merchant.get("/control/switches").await["forge"], true);

    let page = merchant
        .http
        .get(merchant.url("/control"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.contains(r#"name="forge" checked"#) && page.contains("pay-1"));
}

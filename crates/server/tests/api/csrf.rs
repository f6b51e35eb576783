//! Only the shop's own page may change anything: every unsafe operation of the API's document.

use contract::ErrorCode;

use crate::harness::{Request, TestShop};

/// Every operation that changes something, with some id where the path wants one.
fn unsafe_operations() -> Vec<(String, String)> {
    let (_, document) = server::http::api().split_for_parts();
    let document = serde_json::to_value(document).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            if ["post", "put", "patch", "delete"].contains(&method.as_str()) {
                let path = path
                    .split('/')
                    .map(|part| if part.starts_with('{') { "x" } else { part });
                operations.push((method.to_uppercase(), path.collect::<Vec<_>>().join("/")));
            }
        }
    }
    operations
}

fn ask(shop: &TestShop, method: &str, path: &str) -> Request {
    let request = match method {
        "POST" => shop.post(path),
        "PUT" => shop.put(path),
        "PATCH" => shop.patch(path),
        _ => shop.delete(path),
    };
    request.fresh_key().body("{}")
}

#[tokio::test]
async fn every_operation_that_changes_something_refuses_other_sites() {
    let operations = unsafe_operations();
    assert!(operations.len() >= 8, "{operations:?}");
    for shop in TestShop::each().await {
        for (method, path) in &operations {
            if path.starts_with("/api/webhooks/") {
                continue; // signed by its sender, which is no browser
            }
            let request = || ask(&shop, method, path);
            let foreign = [
                request().header("sec-fetch-site", "cross-site"),
                request().header("sec-fetch-site", "same-site"),
                request().header("sec-fetch-site", "none"),
                request().without("sec-fetch-site"),
                request()
                    .without("sec-fetch-site")
                    .header("origin", "https://evil.example"),
                request().without("sec-fetch-site").header("origin", "null"),
                request()
                    .header("sec-fetch-site", "cross-site")
                    .header("origin", "http://127.0.0.1:8080"),
                request().header("content-type", "text/plain"),
                request().header("content-type", "application/x-www-form-urlencoded"),
                request().header("content-type", "multipart/form-data; boundary=x"),
            ];
            for attempt in foreign {
                let answer = attempt.send().await;
                assert_eq!(answer.status, 403, "{method} {path}");
                assert_eq!(
                    answer.json::<contract::ApiError>().code,
                    ErrorCode::CrossSiteRefused
                );
            }
        }
    }
}

#[tokio::test]
async fn every_operation_lets_our_own_page_through() {
    for shop in TestShop::each_with(&[("public_url", "https://shop.example")]).await {
        for (method, path) in unsafe_operations() {
            let request = || ask(&shop, &method, &path);
            for ours in [
                request(),
                request()
                    .without("sec-fetch-site")
                    .header("origin", "https://shop.example"),
                request()
                    .without("sec-fetch-site")
                    .header("origin", "http://127.0.0.1:8080"),
            ] {
                let answer = ours.send().await;
                assert_ne!(answer.status, 403, "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn reading_is_open_to_links_from_anywhere() {
    for shop in TestShop::each().await {
        let answer = shop
            .get("/api/auth/session")
            .header("sec-fetch-site", "cross-site")
            .send()
            .await;
        assert_eq!(answer.status, 200);
    }
}

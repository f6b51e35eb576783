//! Previews (rules.md 3.9): the shop at a moment, for somebody of a kind, with drafts; nothing is written, and nobody
//! else sees anything of it.

use contract::campaigns::PreviewGiven;
use contract::promotions::FlashSales;
use contract::quote::Quote;
use contract::{ApiError, ErrorCode, PromotionId};
use serde_json::{Value, json};

use super::{DAY, Editor, HOUR, SALE, at, coupon, sale, strawberries, with};
use crate::groups::offline_shops;
use crate::harness::TestShop;
use crate::shopping::{Buyer, STRAWBERRIES_PRICE, yuan};

async fn preview(editor: &Editor<'_>, as_of: i64, persona: Value, draft: &PromotionId) -> String {
    let body = json!({ "as_of": at(as_of), "persona": persona, "drafts": [draft], "minutes": 60 });
    let given: PreviewGiven = editor
        .0
        .me
        .post("/api/studio/previews")
        .json(&body)
        .ok()
        .await;
    given.token
}

async fn seen(shop: &TestShop, token: &str) -> i64 {
    let body = json!({ "lines": strawberries(1) });
    let request = shop.post("/api/quotes").header("jishi-preview", token);
    request.json(&body).ok::<Quote>().await.total.minor
}

#[tokio::test]
async fn r3_9_two_who_look_at_different_moments_see_different_prices_and_shoppers_nothing() {
    for shop in offline_shops().await {
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let evening = json!({ "starts_at": at(5 * DAY), "ends_at": at(6 * DAY), "slots": [{ "from": 20 * 60, "to": 22 * 60 }],
            "audience": { "new_only": true } });
        let draft = editor.draft(&with(sale(5), evening)).await.id;
        let fresh = json!({ "is_new": true });
        // Twenty past eight of that day, as a new customer; as a guest; after ten.
        let at_eight = 5 * DAY + 10 * HOUR + HOUR / 3;
        let new_customer = preview(&editor, at_eight, fresh.clone(), &draft).await;
        let guest = preview(&editor, at_eight, json!({ "guest": true }), &draft).await;
        let later = preview(&editor, at_eight + 2 * HOUR, fresh, &draft).await;
        assert_eq!(seen(&shop, &new_customer).await, SALE, "{}", shop.on);
        assert_eq!(seen(&shop, &guest).await, STRAWBERRIES_PRICE);
        assert_eq!(seen(&shop, &later).await, STRAWBERRIES_PRICE);
        let page: FlashSales = shop
            .get("/api/flash-sales")
            .header("jishi-preview", &new_customer)
            .ok()
            .await;
        assert_eq!(page.slots[0].goods[0].left, 5, "as planned");

        let real = buyer.quote(&strawberries(1)).await;
        assert_eq!(real.total, yuan(STRAWBERRIES_PRICE));
        assert!(
            real.promotions.rejected.is_empty(),
            "a draft is not even refused"
        );
        let page: FlashSales = shop.get("/api/flash-sales").ok().await;
        assert!(page.slots.is_empty());
    }
}

#[tokio::test]
async fn r3_9_every_write_of_a_preview_is_refused() {
    for shop in offline_shops().await {
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let id = editor.publish(&coupon(0, 100)).await;
        let token = preview(&editor, 0, json!({}), &id).await;
        let (_, document) = server::http::api().split_for_parts();
        let document = serde_json::to_value(document).unwrap();
        let mut refused = 0;
        for (path, methods) in document["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                let path = path.replace("{id}", "x");
                let request = match method.as_str() {
                    "post" => buyer.post(&path),
                    "put" => shop.put(&path).cookie(&buyer.cookie).fresh_key(),
                    "delete" => shop.delete(&path).cookie(&buyer.cookie).fresh_key(),
                    _ => continue,
                };
                if ["/api/quotes", "/api/groups/quote"].contains(&path.as_str()) {
                    continue;
                }
                let answer = request
                    .header("jishi-preview", &token)
                    .body("{}")
                    .send()
                    .await;
                let code = answer.json::<ApiError>().code;
                assert_eq!(
                    code,
                    ErrorCode::PreviewReadOnly,
                    "{method} {path} on {}",
                    shop.on
                );
                refused += 1;
            }
        }
        assert!(refused > 40, "{refused}");
        let read = shop
            .get("/api/coupons")
            .header("jishi-preview", &token)
            .send()
            .await;
        assert_eq!(read.headers["x-robots-tag"], "noindex");
    }
}

#[tokio::test]
async fn r3_9_a_preview_is_signed_and_lasts_no_longer_than_a_day() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let token = preview(&editor, 0, json!({}), &"none".into()).await;
        let ask = |token: &str| {
            let body = json!({ "lines": strawberries(1) });
            shop.post("/api/quotes")
                .header("jishi-preview", token)
                .json(&body)
                .send()
        };
        let forged = format!("A{token}");
        assert_eq!(
            ask(&forged).await.json::<ApiError>().code,
            ErrorCode::PreviewOver
        );
        assert_eq!(ask(&token).await.status, 200);
        shop.clock.advance_ms(HOUR);
        assert_eq!(
            ask(&token).await.json::<ApiError>().code,
            ErrorCode::PreviewOver,
            "{}",
            shop.on
        );
        let long = json!({ "as_of": at(0), "persona": {}, "minutes": 24 * 60 + 1 });
        let answer = editor
            .0
            .me
            .post("/api/studio/previews")
            .json(&long)
            .send()
            .await;
        assert_eq!(answer.status, 422);
    }
}

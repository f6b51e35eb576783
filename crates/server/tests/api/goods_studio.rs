//! Goods for staff: the list, and a stock that never falls below what is kept and sold (inv.S1).

use contract::books::StaffActionList;
use contract::goods_studio::{SkuStock, StudioProduct};
use contract::live_studio::StaffRole;
use contract::{ApiError, ErrorCode, ErrorDetails, Page};
use serde_json::json;

use crate::groups::{offline_shops, pay};
use crate::harness::{Request, TestShop};
use crate::live::Host;
use crate::shopping::{Buyer, STRAWBERRIES, audit, bucket, leave, line};

async fn owner(shop: &TestShop) -> Host<'_> {
    Host::new(shop, "13800000055", StaffRole::Owner).await
}

fn adjust(owner: &Host<'_>, by: i64, reason: &str) -> Request {
    let path = format!("/api/studio/skus/{STRAWBERRIES}/stock");
    owner
        .me
        .post(&path)
        .json(&json!({ "by": by, "reason": reason }))
}

#[tokio::test]
async fn products_are_listed_with_their_skus_page_by_page_and_found_by_words() {
    for shop in offline_shops().await {
        let owner = owner(&shop).await;
        let list = async |query: &str| -> Page<StudioProduct> {
            let path = format!("/api/studio/products?{query}");
            owner.me.get(&path).ok().await
        };
        let (mut seen, mut next) = (Vec::new(), String::new());
        loop {
            let page = list(&format!("limit=7{next}")).await;
            seen.extend(page.items.into_iter().map(|product| product.id));
            match page.next {
                Some(cursor) => next = format!("&cursor={}", cursor.0),
                None => break,
            }
        }
        let all = crate::shopping::count(&shop, "SELECT COUNT(*) FROM product").await;
        let distinct: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!(
            (seen.len() as i64, distinct.len() as i64),
            (all, all),
            "{}",
            shop.on
        );
        let found = list("q=fru001-a").await;
        assert_eq!(found.items.len(), 1, "by a SKU's id");
        let sku = &found.items[0].skus[0];
        let (on_hand, reserved, sold) = bucket(&shop, STRAWBERRIES).await;
        assert_eq!(sku.id.as_str(), STRAWBERRIES);
        assert_eq!(sku.stock, SkuStock::of(on_hand, reserved, sold));
        assert!(list("q=nothing-of-that-name").await.items.is_empty());
    }
}

#[tokio::test]
async fn inv_s1_stock_never_falls_below_what_is_kept_and_sold() {
    for shop in offline_shops().await {
        let owner = owner(&shop).await;
        let buyer = Buyer::new(&shop, "13700000001").await;
        leave(&shop, STRAWBERRIES, 10).await;
        buyer.order(&[line(STRAWBERRIES, 3)]).await;
        let sold = buyer.order(&[line(STRAWBERRIES, 2)]).await;
        pay(&shop, &sold.card.id).await;
        let refused = adjust(&owner, -6, "spoilage").send().await;
        let error: ApiError = refused.json();
        assert_eq!(error.code, ErrorCode::SoldOut, "{}", shop.on);
        assert!(
            matches!(
                error.details,
                Some(ErrorDetails::Stock { available: 5, .. })
            ),
            "{error:?}"
        );
        let left: SkuStock = adjust(&owner, -5, "spoilage").ok().await;
        assert_eq!((left.available, left.reserved), (0, 3));
        let total = buyer.quote(&[line(STRAWBERRIES, 1)]).await.total;
        let refused = buyer
            .send_order(&[line(STRAWBERRIES, 1)], total)
            .send()
            .await;
        assert_eq!(refused.status, 409);
        let more: SkuStock = adjust(&owner, 4, "delivery").ok().await;
        assert_eq!(more.available, 4);
        buyer.order(&[line(STRAWBERRIES, 4)]).await;
        for (by, reason) in [(0, "delivery"), (1, "other"), (2_000_000, "delivery")] {
            assert_eq!(adjust(&owner, by, reason).send().await.status, 422);
        }
        let record: StaffActionList = owner.me.get("/api/studio/actions").ok().await;
        let last = &record.items[0];
        assert_eq!(
            (last.operation.as_str(), last.before.as_deref()),
            ("adjust_stock", Some(r#"{"available":0}"#))
        );
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_s1_many_who_change_a_stock_at_once_lose_nothing() {
    for shop in offline_shops().await {
        let owner = owner(&shop).await;
        leave(&shop, STRAWBERRIES, 5).await;
        let wishes = (0..8).map(|n| adjust(&owner, if n < 4 { 3 } else { -4 }, "stocktake").send());
        let answers = futures_util::future::join_all(wishes).await;
        let by: i64 = answers
            .iter()
            .enumerate()
            .filter(|(_, answer)| answer.status == 200)
            .map(|(n, _)| if n < 4 { 3 } else { -4 })
            .sum();
        let (on_hand, reserved, sold) = bucket(&shop, STRAWBERRIES).await;
        assert_eq!(on_hand - reserved - sold, 5 + by, "{}", shop.on);
        assert!(
            answers
                .iter()
                .all(|answer| matches!(answer.status.as_u16(), 200 | 409))
        );
    }
}

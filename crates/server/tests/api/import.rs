//! `jishi import`: whole or not at all, every bad entry told, again is an update.

use serde_json::{Value, json};
use server::import::ImportError;

use crate::harness::{TestShop, changed_demo, demo};

async fn wrong(shop: &TestShop, change: impl FnOnce(&mut Value)) -> String {
    match shop.import(&changed_demo(shop, change)).await {
        Err(ImportError::Wrong(problems)) => problems.to_string(),
        other => panic!("{other:?}"),
    }
}

async fn count(shop: &TestShop, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(shop.state.db.reader())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_demo_shop_is_imported_whole() {
    for shop in TestShop::each().await {
        let imported = shop.import(&demo()).await.unwrap();
        assert_eq!(imported.products, 60, "{}", shop.on);
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM product").await, 60);
        assert_eq!(
            count(&shop, "SELECT COUNT(*) FROM sku").await,
            imported.skus as i64
        );
        assert_eq!(
            count(&shop, "SELECT COUNT(*) FROM product_search").await,
            60
        );
        let src: String = sqlx::query_scalar("SELECT src FROM media ORDER BY src LIMIT 1")
            .fetch_one(shop.state.db.reader())
            .await
            .unwrap();
        let stored = shop
            .state
            .config
            .media_dir
            .join(src.trim_start_matches("/media/"));
        assert!(stored.is_file(), "{stored:?}");
    }
}

#[tokio::test]
async fn importing_again_changes_nothing_and_a_changed_file_updates() {
    for shop in TestShop::each_stocked().await {
        let feed = "SELECT CAST(SUM(feed_rank * position) AS BIGINT) FROM product";
        let stock = "SELECT CAST(SUM(on_hand) AS BIGINT) FROM stock";
        let before = (count(&shop, feed).await, count(&shop, stock).await);
        shop.clock.advance_ms(86_400_000);
        shop.import(&demo()).await.unwrap();
        assert_eq!(
            (count(&shop, feed).await, count(&shop, stock).await),
            before
        );
        let fewer = changed_demo(&shop, |file| {
            file["products"][0]["skus"][0]["price"] = json!(1);
            file["products"][0]["group_buy"] = Value::Null;
            file["products"].as_array_mut().unwrap().pop();
        });
        shop.import(&fewer).await.unwrap();
        assert_eq!(
            count(&shop, "SELECT price FROM product WHERE id = 'p01'").await,
            1
        );
        assert_eq!(
            count(&shop, "SELECT COUNT(*) FROM product WHERE on_sale = 1").await,
            59
        );
    }
}

#[tokio::test]
async fn importing_again_never_resurrects_sold_goods() {
    for shop in TestShop::each_stocked().await {
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query("UPDATE stock SET sold = 255, reserved = 3 WHERE sku = 'FRU001-A'")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let left = "SELECT on_hand - sold - reserved FROM stock WHERE sku = 'FRU001-A'";
        let with_stock =
            |n: i64| move |file: &mut Value| file["products"][0]["skus"][0]["stock"] = json!(n);
        // The file: 260 → 260 → 200 → 200 → 300. On hand never falls below what is sold and held (258).
        for (says, expected) in [(260, 2), (200, 0), (200, 0), (300, 42)] {
            shop.import(&changed_demo(&shop, with_stock(says)))
                .await
                .unwrap();
            assert_eq!(
                count(&shop, left).await,
                expected,
                "{} says {says}",
                shop.on
            );
        }
    }
}

#[tokio::test]
async fn every_bad_entry_is_told_and_nothing_is_imported() {
    for shop in TestShop::each().await {
        let told = wrong(&shop, |file| {
            file["products"][0]["skus"][0]["price"] = json!(-1);
            file["products"][1]["category"] = json!("nowhere");
            file["products"][2]["images"][0] = json!("../../etc/passwd.webp");
            file["products"][3]["images"][0] = json!("products/not-there.webp");
            file["banners"][0]["link"] = json!("javascript:alert(1)");
        })
        .await;
        for part in [
            "products[0].skus[0].price: must be 0",
            "products[1].category: \"nowhere\" is not in the file",
            "products[2].images[0]: \"../../etc/passwd.webp\" is no path",
            "products[3].images[0]: products/not-there.webp",
            "banners[0].link",
        ] {
            assert!(told.contains(part), "{part} not in {told}");
        }
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM product").await, 0);
    }
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_does_not_hide_the_next() {
    for shop in TestShop::each().await {
        let told = wrong(&shop, |file| {
            file["products"][4]["skus"][0]["price"] = json!(12.5);
            file["products"][5]["colour"] = json!("red");
            file["stores"] = json!({});
            file["sandwiches"] = json!([]);
        })
        .await;
        for part in [
            "products[4].skus[0].price",
            "products[5]",
            "colour",
            "stores: must be a list",
            "sandwiches: is not known",
        ] {
            assert!(told.contains(part), "{part} not in {told}");
        }
    }
}

#[tokio::test]
async fn at_most_a_hundred_problems_are_told() {
    for shop in TestShop::each().await {
        let told = wrong(&shop, |file| {
            for product in file["products"].as_array_mut().unwrap() {
                product["title"] = json!({"zh": "", "en": ""});
                product["brand"] = json!("nobody");
            }
        })
        .await;
        assert_eq!(told.lines().count(), 101);
        assert!(told.contains("… and 80 more"), "{told}");
    }
}

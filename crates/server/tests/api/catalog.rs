//! Finding products and looking at one.

use std::collections::BTreeSet;

use contract::catalog::{Home, ProductDetail, ProductList, TagKind};
use contract::fulfilment::FulfilmentKind;
use contract::reviews::Review;
use contract::{ErrorCode, Page};

use crate::harness::TestShop;

pub fn ids(list: &ProductList) -> Vec<String> {
    list.items.iter().map(|card| card.id.to_string()).collect()
}

/// Every page of a list, one after the other.
pub async fn all_pages(shop: &TestShop, query: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let mut path = format!("/api/products?limit=7&{query}");
    loop {
        let list: ProductList = shop.get(&path).ok().await;
        seen.extend(ids(&list));
        match list.next {
            Some(next) => path = format!("/api/products?limit=7&{query}&cursor={}", next.0),
            None => {
                assert_eq!(seen.len() as u64, list.total, "{query} on {}", shop.on);
                return seen;
            }
        }
    }
}

pub async fn found(shop: &TestShop, typed: &str) -> BTreeSet<String> {
    let q: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
    let list: ProductList = shop
        .get(&format!("/api/products?limit=50&q={q}"))
        .ok()
        .await;
    ids(&list).into_iter().collect()
}

#[tokio::test]
async fn every_order_pages_through_all_products_once() {
    for shop in TestShop::each_stocked().await {
        for sort in ["relevance", "sales", "price_up", "price_down", "newest"] {
            let seen = all_pages(&shop, &format!("sort={sort}")).await;
            assert_eq!(seen.len(), 60, "{sort} on {}", shop.on);
            assert_eq!(
                seen.iter().collect::<BTreeSet<_>>().len(),
                60,
                "{sort} on {}",
                shop.on
            );
        }
        assert_eq!(
            all_pages(&shop, "q=tea&sort=sales").await.len(),
            found(&shop, "tea").await.len()
        );
        let up: ProductList = shop.get("/api/products?sort=price_up&limit=50").ok().await;
        assert!(up.items.is_sorted_by_key(|card| card.price.minor));
        let sales: ProductList = shop.get("/api/products?sort=sales&limit=50").ok().await;
        assert!(
            sales
                .items
                .is_sorted_by_key(|card| std::cmp::Reverse(card.sold))
        );
    }
}

#[tokio::test]
async fn filters_are_joined_by_and() {
    for shop in TestShop::each_stocked().await {
        let list: ProductList = shop.get("/api/products?category=fruit&price_min=2000&price_max=4000&fulfilment=pickup&limit=50").ok().await;
        assert!(list.total > 0 && list.total < 60);
        assert!(
            list.items
                .iter()
                .all(|card| (2000..=4000).contains(&card.price.minor))
        );
        let narrower = list.tags.first().expect("a tag that narrows").id.clone();
        let narrowed: ProductList = shop.get(&format!("/api/products?category=fruit&price_min=2000&price_max=4000&fulfilment=pickup&tag={narrower}")).ok().await;
        assert!(narrowed.total > 0 && narrowed.total < list.total);
        let nothing: ProductList = shop.get("/api/products?category=nowhere").ok().await;
        assert_eq!((nothing.total, nothing.items.len()), (0, 0));
    }
}

#[tokio::test]
async fn what_is_sold_out_says_so_and_can_be_left_out() {
    for shop in TestShop::each_stocked().await {
        let before: ProductList = shop.get("/api/products?in_stock=true").ok().await;
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query("UPDATE stock SET sold = on_hand - reserved WHERE sku LIKE 'FRU001-%'")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let after: ProductList = shop.get("/api/products?in_stock=true").ok().await;
        assert_eq!(after.total, before.total - 1);
        let product: ProductDetail = shop.get("/api/products/dandong-strawberry").ok().await;
        assert!(product.card.sold_out);
        assert!(product.skus.iter().all(|sku| sku.available == 0));
        assert_eq!(product.card.sold, 23417 + 260 + 480 + 90);
    }
}

#[tokio::test]
async fn a_bad_question_is_refused_by_the_name_of_its_field() {
    for shop in TestShop::each_stocked().await {
        for (query, field) in [
            ("limit=0", "limit"),
            ("limit=51", "limit"),
            ("limit=x", "limit"),
            ("price_min=-1", "price_min"),
            ("sort=best", "sort"),
            ("cursor=AAAA", "cursor"),
            ("colour=red", "colour"),
        ] {
            let error = shop
                .get(&format!("/api/products?{query}"))
                .refused(ErrorCode::InvalidRequest)
                .await;
            assert!(error.message.contains(field), "{query}: {}", error.message);
        }
        let list: ProductList = shop.get("/api/products?limit=5").ok().await;
        let cursor = list.next.unwrap().0;
        shop.get(&format!("/api/products?sort=sales&cursor={cursor}"))
            .refused(ErrorCode::InvalidRequest)
            .await;
        shop.get(&format!("/api/feed?cursor={cursor}"))
            .refused(ErrorCode::InvalidRequest)
            .await;
    }
}

#[tokio::test]
async fn a_product_is_found_by_id_and_by_slug_in_the_asked_language() {
    for shop in TestShop::each_stocked().await {
        let en: ProductDetail = shop.get("/api/products/p01").lang("en").ok().await;
        let zh: ProductDetail = shop
            .get("/api/products/dandong-strawberry")
            .lang("zh-CN")
            .ok()
            .await;
        assert_eq!((en.card.id.as_str(), zh.card.id.as_str()), ("p01", "p01"));
        assert_eq!(zh.card.title, "丹东99红颜草莓礼盒");
        assert_eq!(en.card.title, "Dandong 99 strawberries, gift box");
        assert_eq!((en.card.price.minor, en.card.price_from), (2990, true));
        assert_eq!(en.pictures.len(), 2);
        assert!(
            en.pictures
                .iter()
                .all(|picture| picture.width > 0 && picture.src.starts_with("/media/products/"))
        );
        assert_eq!(
            (en.options.len(), en.options[0].values.len(), en.skus.len()),
            (1, 3, 3)
        );
        assert_eq!(en.skus[0].available, 260);
        assert_eq!(en.skus[0].limit, 99);
        assert_eq!(en.store.name, "Wutongli Fresh Market");
        let ways: Vec<FulfilmentKind> = en.delivery.iter().map(|way| way.kind).collect();
        assert_eq!(ways.len(), 3, "{ways:?}");
        assert!(en.delivery.is_sorted_by_key(|way| way.fee.minor));
        assert!(en.tags.iter().any(|tag| tag.kind == TagKind::Service));
        assert_eq!(en.reviews.len(), 3);
        shop.get("/api/products/nothing")
            .refused(ErrorCode::NotFound)
            .await;
    }
}

#[tokio::test]
async fn every_product_of_the_demo_shop_has_a_page() {
    for shop in TestShop::each_stocked().await {
        for id in all_pages(&shop, "").await {
            let product: ProductDetail = shop.get(&format!("/api/products/{id}")).ok().await;
            assert!(!product.delivery.is_empty(), "{id}");
            let chosen: BTreeSet<String> = product
                .skus
                .iter()
                .map(|sku| format!("{:?}", sku.attributes))
                .collect();
            assert_eq!(chosen.len(), product.skus.len(), "{id}");
        }
    }
}

#[tokio::test]
async fn reviews_come_newest_first_and_page_by_page() {
    for shop in TestShop::each_stocked().await {
        let first: Page<Review> = shop
            .get("/api/products/p01/reviews?limit=2")
            .lang("zh-CN")
            .ok()
            .await;
        let cursor = first.next.unwrap().0;
        let rest: Page<Review> = shop
            .get(&format!(
                "/api/products/p01/reviews?limit=2&cursor={cursor}"
            ))
            .ok()
            .await;
        assert_eq!(
            (first.items.len(), rest.items.len(), rest.next.is_none()),
            (2, 1, true)
        );
        let all: Vec<&Review> = first.items.iter().chain(&rest.items).collect();
        assert!(all.is_sorted_by_key(|review| std::cmp::Reverse(review.at)));
        assert_eq!(first.items[0].lang, "zh-CN");
    }
}

#[tokio::test]
async fn the_start_page_has_what_the_shop_has_and_its_words_find_goods() {
    for shop in TestShop::each_stocked().await {
        for lang in ["en", "zh-CN"] {
            let home: Home = shop.get("/api/home").lang(lang).ok().await;
            assert_eq!(home.categories.len(), 8);
            assert!(
                home.banners
                    .iter()
                    .all(|banner| banner.href.starts_with('/'))
            );
            assert!(!home.banners.is_empty() && !home.shop.is_empty() && !home.area.is_empty());
            assert_eq!(home.hot_words.len(), 8, "{:?}", home.hot_words);
            for word in home.hot_words {
                assert!(
                    !found(&shop, &word).await.is_empty(),
                    "{word} finds nothing on {}",
                    shop.on
                );
            }
        }
    }
}

#[tokio::test]
async fn an_empty_shop_answers_too() {
    for shop in TestShop::each().await {
        let home: Home = shop.get("/api/home").ok().await;
        assert!(home.categories.is_empty());
        let list: ProductList = shop.get("/api/products").ok().await;
        assert_eq!(list.total, 0);
    }
}

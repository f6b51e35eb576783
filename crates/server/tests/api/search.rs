//! Full-text search, in Chinese and English, the same on both databases.

use contract::catalog::ProductList;

use crate::catalog::{all_pages, found, ids};
use crate::harness::TestShop;

#[tokio::test]
async fn search_finds_chinese_and_english_in_either_language_of_the_page() {
    for shop in TestShop::each_stocked().await {
        for typed in [
            "草莓",
            "strawberries",
            "Strawberry",
            "strawb",
            "ＳＴＲＡＷＢＥＲＲＹ",
            "丹东 草莓",
        ] {
            for lang in ["zh-CN", "en"] {
                let q: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
                let list: ProductList = shop
                    .get(&format!("/api/products?q={q}"))
                    .lang(lang)
                    .ok()
                    .await;
                let titles = list.items.iter().map(|card| card.title.to_lowercase());
                let named = titles
                    .filter(|title| title.contains("草莓") || title.contains("strawberr"))
                    .count();
                assert!(
                    ids(&list).contains(&"p01".to_owned()),
                    "{typed} in {lang} on {}",
                    shop.on
                );
                let first = &list.items[0].title.to_lowercase();
                assert!(
                    named > 0 && (first.contains("草莓") || first.contains("strawberr")),
                    "{first} leads for {typed}"
                );
            }
        }
        let tea: ProductList = shop.get("/api/products?q=tea&limit=50").ok().await;
        assert!(tea.total >= 5, "{} teas", tea.total);
        let teas = all_pages(&shop, "category=tea").await;
        assert!(
            ids(&tea).iter().take(3).all(|id| teas.contains(id)),
            "{:?}",
            ids(&tea)
        );
        assert_eq!(found(&shop, "nosuchword").await.len(), 0);
    }
}

#[tokio::test]
async fn both_databases_find_the_same() {
    let shops = TestShop::each_stocked().await;
    for typed in [
        "草莓",
        "tea",
        "te",
        "茶",
        "strawberries in a box",
        "水果",
        "红",
        "kids",
        "gift 礼盒",
        "1 kg",
        "99",
        "fresh milk",
        "a",
    ] {
        let mut answers = Vec::new();
        for shop in &shops {
            answers.push(found(shop, typed).await);
        }
        assert!(
            answers.windows(2).all(|pair| pair[0] == pair[1]),
            "{typed}: {answers:?}"
        );
    }
}

#[tokio::test]
async fn no_query_however_hostile_is_an_error() {
    let long = format!("{}{}", "tea ".repeat(1_000), "草".repeat(6_000));
    for shop in TestShop::each_stocked().await {
        for typed in [
            "\"",
            "'",
            "\" OR 1=1 --",
            "NEAR(a b)",
            "a*b",
            "title:tea",
            "(",
            "tea) OR (",
            "-tea",
            "&|!:*",
            "🍓",
            "\u{0}",
            "%",
            "\\",
            &long,
            "the",
            "tea\u{301}",
        ] {
            let q: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
            let answer = shop.get(&format!("/api/products?q={q}")).send().await;
            assert_eq!(
                answer.status,
                200,
                "{typed:.20} on {}: {}",
                shop.on,
                answer.text()
            );
        }
    }
}

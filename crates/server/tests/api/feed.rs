//! The feed: mixed, no card twice in one browse, stable on back (features.md 1).

use std::collections::BTreeSet;

use contract::Page;
use contract::feed::FeedCard;
use serde_json::json;

use crate::harness::{TestShop, changed_demo};

async fn page(shop: &TestShop, cursor: Option<&str>) -> Page<FeedCard> {
    let path = match cursor {
        Some(cursor) => format!("/api/feed?limit=9&cursor={cursor}"),
        None => "/api/feed?limit=9".to_owned(),
    };
    shop.get(&path).ok().await
}

fn keys(page: &Page<FeedCard>) -> Vec<String> {
    page.items.iter().map(FeedCard::key).collect()
}

#[tokio::test]
async fn one_browse_shows_every_card_once_whatever_the_shop_imports_meanwhile() {
    for shop in TestShop::each_stocked().await {
        let mut seen = keys(&page(&shop, None).await);
        let mut cursor = page(&shop, None).await.next;
        let mut imports = 0;
        while let Some(at) = cursor {
            let next = page(&shop, Some(&at.0)).await;
            if imports < 2 {
                imports += 1;
                shop.clock.advance_ms(1000);
                let file = changed_demo(&shop, |file| {
                    let products = file["products"].as_array_mut().unwrap();
                    products.reverse();
                    products[0]["skus"][0]["price"] = json!(1);
                    products[0]["group_buy"] = json!(null);
                    let mut new = products[30].clone();
                    new["id"] = json!(format!("new{imports}"));
                    new["slug"] = json!(format!("new-{imports}"));
                    new["reviews"] = json!([]);
                    new["group_buy"] = json!(null);
                    for (i, sku) in new["skus"].as_array_mut().unwrap().iter_mut().enumerate() {
                        sku["code"] = json!(format!("NEW{imports}-{i}"));
                    }
                    products.insert(0, new);
                });
                shop.import(&file).await.unwrap();
                assert_eq!(
                    keys(&page(&shop, Some(&at.0)).await),
                    keys(&next),
                    "back is not stable on {}",
                    shop.on
                );
            }
            seen.extend(keys(&next));
            cursor = next.next;
        }
        let different: BTreeSet<&String> = seen.iter().collect();
        assert_eq!(
            different.len(),
            seen.len(),
            "a card came twice on {}",
            shop.on
        );
        assert_eq!(seen.len(), 60);
        assert!(!seen.contains(&"product:new1".to_owned()));
    }
}

#[tokio::test]
async fn the_first_screen_is_mixed() {
    for shop in TestShop::each_stocked().await {
        let first = page(&shop, None).await;
        let products: BTreeSet<String> = keys(&first).into_iter().take(8).collect();
        let mut categories = BTreeSet::new();
        for key in products {
            let id = key.trim_start_matches("product:").to_owned();
            let detail: contract::catalog::ProductDetail =
                shop.get(&format!("/api/products/{id}")).ok().await;
            categories.insert(detail.category.to_string());
        }
        assert_eq!(categories.len(), 8);
    }
}

#[tokio::test]
async fn rooms_on_air_stand_among_the_first_cards_and_keep_their_place_when_they_end() {
    use contract::live_studio::LiveCommand;

    use crate::live::{Host, announced};
    for shop in TestShop::each_stocked().await {
        let first: Host<'_> = announced(&shop).await;
        let rooms = |page: &Page<FeedCard>| {
            let live = page.items.iter().enumerate();
            live.filter_map(|(at, card)| match card {
                FeedCard::Live(room) => Some((at, room.on_air, room.host.clone())),
                _ => None,
            })
            .collect::<Vec<_>>()
        };
        assert!(
            rooms(&page(&shop, None).await).is_empty(),
            "announced alone"
        );
        first.go(LiveCommand::Start).await;
        let second = Host {
            room: "tea-evening".to_owned(),
            ..first
        };
        shop.clock.advance_ms(1);
        second.go(LiveCommand::Start).await;
        shop.clock.advance_ms(1);
        let seen = page(&shop, None).await;
        let hosts: Vec<_> = rooms(&seen)
            .into_iter()
            .map(|(at, on_air, _)| (at, on_air))
            .collect();
        assert_eq!(hosts, [(1, true), (4, true)], "{}", shop.on);
        let next = seen.next.unwrap();
        let before = keys(&page(&shop, Some(&next.0)).await);
        assert!(
            before.iter().all(|key| !key.starts_with("live:")),
            "{before:?}"
        );
        second.go(LiveCommand::End).await;
        assert_eq!(keys(&page(&shop, Some(&next.0)).await), before);
        shop.clock.advance_ms(1);
        assert_eq!(
            rooms(&page(&shop, None).await).len(),
            1,
            "a new browse does without"
        );
    }
}

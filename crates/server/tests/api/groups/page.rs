//! What pages see of groups: one action that fits, nobody's name, live for everybody, a centre that tells
//! (G17, G18), and cards in the feed.

use std::collections::BTreeSet;

use contract::events::ShopEvent;
use contract::feed::FeedCard;
use contract::groups::{GroupChange, GroupCta, GroupState, JoinObstacle};
use contract::notifications::{MarkRead, Notice, NotificationList, Unread};
use contract::{ApiError, ErrorCode, NotificationId};
use server::jobs;

use super::*;
use crate::listener::{Listener, start_relay};
use crate::shopping::audit;

async fn cta_of(shop: &TestShop, viewer: Option<&Buyer<'_>>, group: &GroupId) -> GroupCta {
    let path = format!("/api/groups/{group}");
    let request = match viewer {
        Some(buyer) => buyer.get(&path),
        None => shop.get(&path),
    };
    request.ok::<GroupProgress>().await.cta
}

#[tokio::test]
async fn g17_every_viewer_has_the_one_action_that_fits() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        assert_eq!(cta_of(&shop, None, &group).await, GroupCta::Login);
        assert_eq!(cta_of(&shop, Some(&a), &group).await, GroupCta::Invite);
        assert_eq!(cta_of(&shop, Some(&b), &group).await, GroupCta::Join);
        let held = b.sit(join(&group), STRAWBERRY_BOX, 1).await;
        assert_eq!(cta_of(&shop, Some(&b), &group).await, GroupCta::ViewOrder);
        assert_eq!(cta_of(&shop, Some(&c), &group).await, GroupCta::OpenNew);
        assert_eq!(cta_of(&shop, None, &group).await, GroupCta::OpenNew);
        pay(&shop, &held.card.id).await;
        for member in [&a, &b] {
            assert_eq!(
                cta_of(&shop, Some(member), &group).await,
                GroupCta::ViewOrder
            );
        }
        assert_eq!(
            cta_of(&shop, Some(&c), &group).await,
            GroupCta::OpenNew,
            "{}",
            shop.on
        );
        let seen = c.group(&group).await;
        assert_eq!(seen.obstacle, Some(JoinObstacle::Ended));
        assert_eq!(seen.server_now, shop.state.clock.now());
    }
}

#[tokio::test]
async fn g17_strangers_see_no_name_no_number_and_no_order() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        let paths = [
            "/api/groups/",
            "/api/products/p02/groups",
            "/api/products/p02",
        ];
        for path in paths {
            let path = if path.ends_with('/') {
                format!("{path}{group}")
            } else {
                path.to_owned()
            };
            for request in [shop.get(&path), b.get(&path)] {
                let text = request.send().await.text();
                assert!(text.contains("**"), "a masked name is there: {text}");
                for secret in [a.id.as_str(), led.card.id.as_str(), "小周", "13800138000"] {
                    assert!(!text.contains(secret), "{path} tells {secret}");
                }
            }
        }
    }
}

async fn change(page: &mut Listener) -> (String, GroupChange) {
    let heard = page.next().await.unwrap().envelope();
    let (kind, change) = match heard.event {
        ShopEvent::GroupProgressed(change) => ("progressed", change),
        ShopEvent::GroupFilled(change) => ("filled", change),
        ShopEvent::GroupFailed(change) => ("failed", change),
        other => panic!("{other:?}"),
    };
    assert_eq!(heard.topic, format!("group:{}", change.group));
    (kind.to_owned(), change)
}

#[tokio::test]
async fn g18_guests_and_members_hear_of_a_group_with_versions_that_grow() {
    for shop in offline_shops().await {
        let _relay = start_relay(&shop).await;
        let (a, b, _) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let (_, other) = b.lead(MANGO, MANGO_BOX).await;
        let topics = format!("/api/events?topics=group:{group}");
        let mut guest = Listener::of(shop.get(&topics).stream().await);
        let mut member = Listener::open(&a, &format!("group:{group}"), "").await;
        let start = guest.next().await.unwrap().id;
        member.next().await.unwrap();
        let order = b.sit(join(&group), STRAWBERRY_BOX, 1).await;
        a.sit(join(&other), MANGO_BOX, 1).await;
        pay(&shop, &order.card.id).await;
        for page in [&mut guest, &mut member] {
            let (kind, held) = change(page).await;
            assert_eq!(
                (kind.as_str(), held.filled, held.reserved),
                ("progressed", 1, 1)
            );
            let (kind, done) = change(page).await;
            assert_eq!(
                (kind.as_str(), done.state),
                ("filled", GroupState::Succeeded)
            );
            assert!(done.version > held.version, "{}", shop.on);
            assert_eq!(done.version, a.group(&group).await.version);
        }
        assert!(
            guest.is_silent().await,
            "another group's events are not asked for"
        );
        // What was missed is replayed, to guests too.
        let request = shop.get(&topics).header("last-event-id", &start);
        let mut back = Listener::of(request.stream().await);
        back.next().await.unwrap();
        assert_eq!(change(&mut back).await.0, "progressed");
        assert_eq!(change(&mut back).await.0, "filled");
        shop.state.stop.cancel();
    }
}

#[tokio::test]
async fn g18_a_guest_hears_of_groups_alone_and_of_those_that_exist() {
    for shop in offline_shops().await {
        let (a, _, _) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        let order = format!("order:{}", led.card.id);
        for topics in ["user:me", order.as_str(), &format!("group:{group},user:me")] {
            let answer = shop
                .get(&format!("/api/events?topics={topics}"))
                .send()
                .await;
            assert_eq!(answer.json::<ApiError>().code, ErrorCode::SignInRequired);
        }
        let answer = shop.get("/api/events?topics=group:none").send().await;
        assert_eq!(
            answer.json::<ApiError>().code,
            ErrorCode::NotFound,
            "{}",
            shop.on
        );
    }
}

#[tokio::test]
async fn everybody_is_told_what_happened_to_their_group() {
    for shop in offline_shops().await {
        let relay = start_relay(&shop).await;
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        let mut page = Listener::open(&a, "user:me", "").await;
        page.next().await.unwrap();
        b.join_and_pay(&group, MANGO_BOX).await;
        let mut counts = Vec::new();
        for _ in 0..2 {
            match page.next().await.unwrap().shop_event() {
                ShopEvent::NotificationsChanged(unread) => counts.push(unread.unread),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(counts, [1, 2], "{}", shop.on);
        c.join_and_pay(&group, MANGO_BOX).await;
        let list: NotificationList = a.get("/api/notifications").lang("zh-CN").ok().await;
        assert_eq!(list.unread, 3);
        let kinds: Vec<_> = list.items.iter().map(|entry| &entry.notice).collect();
        assert!(
            matches!(kinds[0], Notice::GroupCompleted { .. }),
            "{kinds:?}"
        );
        let rest: BTreeSet<bool> = kinds[1..]
            .iter()
            .map(|n| matches!(n, Notice::GroupJoined { who, need: 1, .. } if who == "邻居 **01"))
            .collect();
        assert_eq!(rest.len(), 2, "{kinds:?}");
        assert!(
            list.items
                .iter()
                .all(|entry| entry.subject.contains('芒') && !entry.read)
        );

        // A page at a time, each entry once.
        let first: NotificationList = a.get("/api/notifications?limit=2").ok().await;
        let path = format!(
            "/api/notifications?limit=2&cursor={}",
            first.next.unwrap().0
        );
        let second: NotificationList = a.get(&path).ok().await;
        assert_eq!((second.items.len(), second.next), (1, None));
        let read = MarkRead {
            up_to: list.items[1].id.clone(),
        };
        let left: Unread = a.post("/api/notifications/read").json(&read).ok().await;
        assert_eq!(left.unread, 1);
        let again: NotificationList = a.get("/api/notifications").ok().await;
        assert_eq!(again.unread, 1);
        assert!(!again.items[0].read && again.items[1].read && again.items[2].read);
        // Another's entry is nobody's.
        let foreign = MarkRead {
            up_to: NotificationId(list.items[0].id.0.clone()),
        };
        let refused = b
            .post("/api/notifications/read")
            .json(&foreign)
            .send()
            .await;
        assert_eq!(refused.json::<ApiError>().code, ErrorCode::NotFound);
        audit(&shop).await;
        shop.state.stop.cancel();
        relay.await.unwrap();
    }
}

async fn feed(shop: &TestShop, cursor: Option<&str>) -> Page<FeedCard> {
    let path = match cursor {
        Some(cursor) => format!("/api/feed?limit=7&cursor={cursor}"),
        None => "/api/feed?limit=7".to_owned(),
    };
    shop.get(&path).ok().await
}

fn keys(page: &Page<FeedCard>) -> Vec<String> {
    page.items.iter().map(FeedCard::key).collect()
}

#[tokio::test]
async fn the_feed_shows_forming_groups_between_products_and_stands_still_while_they_end() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, mango) = a.lead(MANGO, MANGO_BOX).await;
        b.lead(MANGO, MANGO_BOX).await;
        shop.clock.advance_ms(10);
        let (_, berry) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        shop.clock.advance_ms(10);
        let first = feed(&shop, None).await;
        let FeedCard::Group(card) = &first.items[3] else {
            panic!("{:?}", keys(&first));
        };
        assert_eq!(
            (card.size, card.filled, card.price.minor),
            (3, 1, MANGO_PRICE)
        );
        let mut seen = keys(&first);
        let mut cursor = first.next;
        let mut pages = 0;
        while let Some(at) = cursor {
            let next = feed(&shop, Some(&at.0)).await;
            match pages {
                // A group of this browse is completed, another is opened, all others end.
                0 => drop(b.join_and_pay(&berry, STRAWBERRY_BOX).await),
                1 => drop(c.lead(STRAWBERRY, STRAWBERRY_BOX).await),
                2 => {
                    shop.clock.advance_ms(25 * HOUR_MS);
                    jobs::run_once(&shop.state).await;
                }
                _ => {}
            }
            pages += 1;
            assert_eq!(
                keys(&feed(&shop, Some(&at.0)).await),
                keys(&next),
                "{}",
                shop.on
            );
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
        let groups: Vec<&String> = seen
            .iter()
            .filter(|key| key.starts_with("group:"))
            .collect();
        assert_eq!(groups.len(), 2, "one a product: {groups:?}");
        assert_eq!(seen[10], format!("group:{berry}"), "{mango}");
        assert_eq!(seen.len(), 62);
        let anew = feed(&shop, None).await;
        assert!(keys(&anew).iter().all(|key| key.starts_with("product:")));
    }
}

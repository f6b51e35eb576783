//! One key, one effect (reliability.md 2, inv.I1 to I6).

use contract::ErrorCode;
use contract::orders::OrderDetail;
use futures_util::future::join_all;
use server::jobs;

use crate::harness::TestShop;
use crate::shopping::{
    Buyer, STRAWBERRIES, STRAWBERRIES_PRICE, audit, bucket, count, leave, line, yuan,
};

const ORDERS: &str = "SELECT COUNT(*) FROM orders";

#[tokio::test]
async fn inv_i1_the_same_request_is_answered_with_the_same_bytes_and_has_one_effect() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let send = || {
            buyer
                .send_order(&[line(STRAWBERRIES, 1)], yuan(STRAWBERRIES_PRICE))
                .key("k")
        };
        let first = send().send().await;
        shop.clock.advance_ms(5000);
        let again = send().send().await;
        assert_eq!(
            (first.status, again.status),
            (201.try_into().unwrap(), first.status)
        );
        assert_eq!(first.body, again.body, "{}", shop.on);
        assert_eq!(first.header("idempotent-replayed"), "");
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(again.header("content-type"), "application/json");
        assert_eq!(count(&shop, ORDERS).await, 1);
        assert_eq!(bucket(&shop, STRAWBERRIES).await.1, 1);
    }
}

#[tokio::test]
async fn inv_i2_another_request_under_the_key_is_refused() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let send = |n: u32| {
            let total = yuan(STRAWBERRIES_PRICE * i64::from(n));
            buyer.send_order(&[line(STRAWBERRIES, n)], total).key("k")
        };
        let order: OrderDetail = send(1).ok().await;
        send(2).refused(ErrorCode::IdempotencyKeyReused).await;
        let other: OrderDetail = send(1).key("l").ok().await;
        let cancel = |id| buyer.post(&format!("/api/orders/{id}/cancel")).key("c");
        let _: OrderDetail = cancel(&order.card.id).ok().await;
        let reused = cancel(&other.card.id);
        reused.refused(ErrorCode::IdempotencyKeyReused).await;
    }
}

#[tokio::test]
async fn inv_i3_concurrent_twins_make_one_order() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let tries = (0..20).map(|_| {
            let total = yuan(STRAWBERRIES_PRICE);
            let request = buyer
                .send_order(&[line(STRAWBERRIES, 1)], total)
                .key("twin");
            tokio::spawn(async move { request.send().await })
        });
        let mut bodies = Vec::new();
        for answer in join_all(tries).await {
            let answer = answer.unwrap();
            if answer.status == 201 {
                bodies.push(answer.body);
            } else {
                let refusal: contract::ApiError = answer.json();
                assert_eq!(refusal.code, ErrorCode::IdempotencyInProgress);
            }
        }
        assert!(!bodies.is_empty(), "nobody won on {}", shop.on);
        bodies.dedup();
        assert_eq!(bodies.len(), 1);
        assert_eq!(count(&shop, ORDERS).await, 1);
        audit(&shop).await;
    }
}

/// Two nodes do not know of each other's calls in flight: the key's row decides.
#[tokio::test]
async fn inv_i3_twins_on_two_nodes_make_one_order() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let mut node = shop.state.clone();
        node.in_flight = Default::default();
        let second = server::app(node);
        for round in 0..10 {
            let key = format!("twin-{round}");
            let total = yuan(STRAWBERRIES_PRICE);
            let request = || buyer.send_order(&[line(STRAWBERRIES, 1)], total).key(&key);
            let (here, there) = tokio::join!(request().send(), request().on(&second).send());
            assert_eq!((here.status.as_u16(), there.status.as_u16()), (201, 201));
            assert_eq!(here.body, there.body, "{}", shop.on);
        }
        assert_eq!(count(&shop, ORDERS).await, 10);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_i4_what_was_refused_is_not_stored_and_may_succeed_later() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        leave(&shop, STRAWBERRIES, 0).await;
        let send = || {
            buyer
                .send_order(&[line(STRAWBERRIES, 1)], yuan(STRAWBERRIES_PRICE))
                .key("k")
        };
        send().refused(ErrorCode::SoldOut).await;
        leave(&shop, STRAWBERRIES, 1).await;
        let _: OrderDetail = send().ok().await;
    }
}

#[tokio::test]
async fn inv_i5_a_key_is_its_principals_own() {
    for shop in TestShop::each_stocked().await {
        let (one, two) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let basket = [line(STRAWBERRIES, 1)];
        let total = yuan(STRAWBERRIES_PRICE);
        let first: OrderDetail = one.send_order(&basket, total).key("k").ok().await;
        let second: OrderDetail = two.send_order(&basket, total).key("k").ok().await;
        assert_ne!(first.card.id, second.card.id);
    }
}

#[tokio::test]
async fn inv_i6_a_key_is_remembered_for_seven_days() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        buyer.order(&[line(STRAWBERRIES, 1)]).await;
        let keys = "SELECT COUNT(*) FROM idempotency_key";
        const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
        shop.clock.advance_ms(WEEK_MS);
        jobs::prune(&shop.state).await.unwrap();
        assert_eq!(count(&shop, keys).await, 1);
        shop.clock.advance_ms(1);
        jobs::prune(&shop.state).await.unwrap();
        assert_eq!(count(&shop, keys).await, 0);
    }
}

#[tokio::test]
async fn a_mutation_without_a_usable_key_is_refused() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let send = || buyer.send_order(&[line(STRAWBERRIES, 1)], yuan(STRAWBERRIES_PRICE));
        let none = send().without("idempotency-key");
        none.refused(ErrorCode::IdempotencyKeyRequired).await;
        for key in ["", &"k".repeat(256)] {
            send()
                .key(key)
                .refused(ErrorCode::IdempotencyKeyRequired)
                .await;
        }
        let _: OrderDetail = send().key(&"k".repeat(255)).ok().await;
    }
}

//! Orders from submit to their end, without money: stock, limits, prices, owners, deadlines.

use contract::fulfilment::FulfilmentChoice;
use contract::orders::{
    OrderAction, OrderCard, OrderDetail, OrderEndReason, OrderState, TimelineKind,
};
use contract::{ErrorCode, ErrorDetails, Page};
use futures_util::future::join_all;
use server::jobs;

use crate::harness::TestShop;
use crate::shopping::{
    Buyer, STRAWBERRIES, STRAWBERRIES_PRICE, audit, bucket, count, leave, line, yuan,
};

#[tokio::test]
async fn f3_an_order_holds_its_stock_until_its_deadline() {
    for shop in TestShop::each_stocked_with(&[("pay_ttl_s", "60")]).await {
        let buyer = Buyer::new(&shop, "1").await;
        let (on_hand, ..) = bucket(&shop, STRAWBERRIES).await;
        let order = buyer.order(&[line(STRAWBERRIES, 2)]).await;
        assert_eq!(order.card.state, OrderState::PendingPayment);
        assert_eq!(order.card.total, yuan(2 * STRAWBERRIES_PRICE));
        assert_eq!(
            order.card.pay_by.unwrap().since(order.card.placed_at),
            60_000
        );
        assert_eq!(order.actions, [OrderAction::Pay, OrderAction::Cancel]);
        assert_eq!(order.timeline[0].kind, TimelineKind::Placed);
        assert_eq!(order.destination.contact.name, "小周");
        assert_eq!(
            bucket(&shop, STRAWBERRIES).await,
            (on_hand, 2, 0),
            "{}",
            shop.on
        );

        shop.clock.advance_ms(59_999);
        jobs::run_once(&shop.state).await;
        let order = buyer.see(&order.card.id).await;
        assert_eq!(order.card.state, OrderState::PendingPayment);
        shop.clock.advance_ms(1);
        jobs::run_once(&shop.state).await;
        jobs::run_once(&shop.state).await;
        let order = buyer.see(&order.card.id).await;
        assert_eq!(order.card.state, OrderState::Closed);
        assert_eq!(order.timeline[0].kind, TimelineKind::Closed);
        assert_eq!(order.timeline[0].reason, Some(OrderEndReason::PayTimeout));
        assert_eq!(bucket(&shop, STRAWBERRIES).await, (on_hand, 0, 0));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_s4_of_two_hundred_buyers_one_gets_the_last_unit() {
    for shop in TestShop::each_stocked().await {
        leave(&shop, STRAWBERRIES, 1).await;
        let won = race(&shop, 200, 1).await;
        assert_eq!(won, 1, "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_s4_demand_beyond_stock_sells_all_of_it() {
    for shop in TestShop::each_stocked().await {
        leave(&shop, STRAWBERRIES, 10).await;
        let won = race(&shop, 40, 3).await;
        // 3 + 3 + 3 leave 1, which nobody wants alone.
        assert_eq!(won, 3, "{}", shop.on);
        leave(&shop, STRAWBERRIES, 7).await;
        let won = race(&shop, 40, 1).await;
        assert_eq!(won, 7, "{}", shop.on);
        audit(&shop).await;
    }
}

/// Many buyers order `quantity` at once; answers how many got it, the others must hear `SOLD_OUT`.
async fn race(shop: &TestShop, buyers: usize, quantity: u32) -> usize {
    let names: Vec<String> = (0..buyers)
        .map(|_| uuid::Uuid::new_v4().to_string())
        .collect();
    let mut all = Vec::new();
    for name in &names {
        all.push(Buyer::new(shop, name).await);
    }
    let basket = [line(STRAWBERRIES, quantity)];
    let total = yuan(STRAWBERRIES_PRICE * i64::from(quantity));
    let tries = all.iter().map(|buyer| {
        let request = buyer.send_order(&basket, total);
        tokio::spawn(async move { request.send().await })
    });
    let mut won = 0;
    for answer in join_all(tries).await {
        let answer = answer.unwrap();
        if answer.status == 201 {
            won += 1;
        } else {
            let refusal: contract::ApiError = answer.json();
            assert_eq!(refusal.code, ErrorCode::SoldOut, "{}", answer.text());
        }
    }
    won
}

#[tokio::test]
async fn inv_s5_two_lines_of_one_sku_are_held_as_their_sum() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        leave(&shop, STRAWBERRIES, 3).await;
        let lines = [line(STRAWBERRIES, 2), line(STRAWBERRIES, 2)];
        let refused = buyer.send_order(&lines, yuan(4 * STRAWBERRIES_PRICE));
        let refused = refused.refused(ErrorCode::SoldOut).await;
        let Some(ErrorDetails::Stock { available, .. }) = refused.details else {
            panic!("{refused:?}");
        };
        assert_eq!(available, 3);
        let order = buyer
            .order(&[line(STRAWBERRIES, 2), line(STRAWBERRIES, 1)])
            .await;
        assert_eq!(order.card.lines.len(), 1);
        assert_eq!(order.card.lines[0].quantity, 3);
        assert_eq!(bucket(&shop, STRAWBERRIES).await.1, 3);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn r3_0_1_price_changed_comes_with_the_new_quote_and_holds_nothing() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let lines = [line(STRAWBERRIES, 1)];
        for wrong in [
            1,
            STRAWBERRIES_PRICE - 1,
            STRAWBERRIES_PRICE + 1,
            -STRAWBERRIES_PRICE,
        ] {
            let refused = buyer.send_order(&lines, yuan(wrong));
            let refused = refused.refused(ErrorCode::PriceChanged).await;
            let Some(ErrorDetails::PriceChanged(quote)) = refused.details else {
                panic!("{refused:?}");
            };
            assert_eq!(quote.total, yuan(STRAWBERRIES_PRICE));
        }
        assert_eq!(bucket(&shop, STRAWBERRIES).await.1, 0);
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM orders").await, 0);
        assert_eq!(
            count(&shop, "SELECT COUNT(*) FROM idempotency_key").await,
            0
        );
    }
}

#[tokio::test]
async fn what_cannot_be_bought_is_refused_with_what_to_do() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let refuse =
            async |lines: &[_], code| buyer.send_order(lines, yuan(1)).refused(code).await.details;
        refuse(&[line("NO-SUCH", 1)], ErrorCode::UnknownSku).await;
        let limit = refuse(&[line(STRAWBERRIES, 100)], ErrorCode::LimitExceeded).await;
        assert!(matches!(limit, Some(ErrorDetails::Limit { limit: 99, .. })));
        leave(&shop, STRAWBERRIES, 0).await;
        let stock = refuse(&[line(STRAWBERRIES, 1)], ErrorCode::SoldOut).await;
        assert!(matches!(
            stock,
            Some(ErrorDetails::Stock { available: 0, .. })
        ));

        let mut request = Buyer::request(&[line("FRU001-B", 1)], yuan(3990));
        request.fulfilment = FulfilmentChoice::Ship { address: None };
        let sent = buyer.post("/api/orders").json(&request);
        sent.refused(ErrorCode::InvalidRequest).await;
        request.fulfilment = FulfilmentChoice::Pickup {
            point: "beitang-village".into(),
            contact: match Buyer::pickup() {
                FulfilmentChoice::Pickup { contact, .. } => contact,
                _ => None,
            },
        };
        let sent = buyer.post("/api/orders").json(&request);
        sent.refused(ErrorCode::FulfilmentUnavailable).await;
        request.fulfilment = Buyer::pickup();
        request.remark = "长".repeat(201);
        let sent = buyer.post("/api/orders").json(&request);
        sent.refused(ErrorCode::InvalidRequest).await;
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM orders").await, 0);
    }
}

#[tokio::test]
async fn a_guest_is_asked_to_sign_in_and_anothers_order_is_not_found() {
    for shop in TestShop::each_stocked().await {
        let (buyer, other) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let order = buyer.order(&[line(STRAWBERRIES, 1)]).await.card.id;
        let path = format!("/api/orders/{order}");
        shop.get(&path).refused(ErrorCode::SignInRequired).await;
        other.get(&path).refused(ErrorCode::NotFound).await;
        for action in ["cancel", "payments", "payment-check"] {
            let path = format!("{path}/{action}");
            let guest = shop.post(&path).fresh_key();
            guest.refused(ErrorCode::SignInRequired).await;
            other.post(&path).refused(ErrorCode::NotFound).await;
        }
        let events = format!("/api/events?topics=order:{order}");
        other.get(&events).refused(ErrorCode::NotFound).await;
        let list: Page<OrderCard> = other.get("/api/orders").ok().await;
        assert!(list.items.is_empty());
        assert_eq!(buyer.see(&order).await.version, 1);
    }
}

#[tokio::test]
async fn inv_s6_cancelling_twice_releases_once() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let order = buyer
            .order(&[line(STRAWBERRIES, 2), line("FRU001-B", 1)])
            .await;
        let id = order.card.id;
        let cancelled = buyer.cancel(&id).await;
        assert_eq!(cancelled.card.state, OrderState::Closed);
        assert_eq!(
            cancelled.timeline[0].reason,
            Some(OrderEndReason::Cancelled)
        );
        assert!(cancelled.actions.is_empty());
        let again = buyer.post(&format!("/api/orders/{id}/cancel"));
        again.refused(ErrorCode::OrderStateConflict).await;
        assert_eq!(bucket(&shop, STRAWBERRIES).await.1, 0, "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn f3_cancel_and_timeout_at_once_release_once() {
    for shop in TestShop::each_stocked_with(&[("pay_ttl_s", "1")]).await {
        let buyer = Buyer::new(&shop, "1").await;
        for _ in 0..10 {
            let id = buyer.order(&[line(STRAWBERRIES, 1)]).await.card.id;
            shop.clock.advance_ms(1000);
            let cancel = buyer.post(&format!("/api/orders/{id}/cancel"));
            let (cancelled, ()) = tokio::join!(cancel.send(), jobs::run_once(&shop.state));
            assert!(cancelled.status == 200 || cancelled.status == 409);
            let order = buyer.see(&id).await;
            assert_eq!((order.card.state, order.version), (OrderState::Closed, 2));
        }
        audit(&shop).await;
    }
}

#[tokio::test]
async fn orders_are_listed_a_page_at_a_time_and_by_state() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let mut placed = Vec::new();
        for n in 0..5 {
            // Two orders share each moment, so that the id decides between them.
            shop.clock.advance_ms(n % 2);
            placed.push(buyer.order(&[line(STRAWBERRIES, 1)]).await.card.id);
        }
        buyer.cancel(&placed[2]).await;
        let mut seen = Vec::new();
        let mut path = "/api/orders?limit=2".to_owned();
        loop {
            let page: Page<OrderCard> = buyer.get(&path).ok().await;
            assert!(page.items.len() <= 2);
            seen.extend(page.items.into_iter().map(|card| card.id));
            let Some(next) = page.next else { break };
            path = format!("/api/orders?limit=2&cursor={}", next.0);
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((seen.len(), sorted.len()), (5, 5), "{}", shop.on);
        assert_eq!(seen[0], placed[4]);
        let closed: Page<OrderCard> = buyer.get("/api/orders?state=closed").ok().await;
        assert_eq!(closed.items.len(), 1);
        assert_eq!(closed.items[0].id, placed[2]);
        let tampered = buyer.get("/api/orders?cursor=AAAA");
        tampered.refused(ErrorCode::InvalidRequest).await;
    }
}

#[tokio::test]
async fn an_order_keeps_what_was_sold_in_both_languages() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let order = buyer.order(&[line(STRAWBERRIES, 1)]).await;
        assert_eq!(
            order.card.lines[0].title,
            "Dandong 99 strawberries, gift box"
        );
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query("UPDATE product SET title_zh = 'x', title_en = 'x'")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let path = format!("/api/orders/{}", order.card.id);
        let chinese: OrderDetail = buyer.get(&path).lang("zh-CN").ok().await;
        assert_eq!(chinese.card.lines[0].title, "丹东99红颜草莓礼盒");
        assert_eq!(buyer.see(&order.card.id).await.card.lines, order.card.lines);
    }
}

//! Flash prices (L3 to L6): what is kept, who has the price, what comes back.

use contract::live::{FlashState, FlashTaken};
use contract::live_studio::{LiveCommand, NewFlash};
use contract::orders::OrderState;
use contract::{ApiError, ErrorCode, ErrorDetails};
use server::jobs;
use server::trade::settle::Outcome;

use super::{FLASH, STRAWBERRY, USUAL, on_air, terms};
use crate::groups::{offline_shops, pay};
use crate::harness::TestShop;
use crate::shopping::{Buyer, audit, bucket, leave, line, yuan};

async fn tick(shop: &TestShop, ms: i64) {
    shop.clock.advance_ms(ms);
    jobs::run_once(&shop.state).await;
}

#[tokio::test]
async fn l3_terms_that_cannot_be_are_refused() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let fine = terms(10, 2, 10);
        for (field, new) in [
            (
                "price",
                NewFlash {
                    price: yuan(USUAL),
                    ..fine.clone()
                },
            ),
            // Below the price of one bought alone, but not below the group's.
            (
                "price",
                NewFlash {
                    price: yuan(USUAL - 1),
                    ..fine.clone()
                },
            ),
            (
                "per_user",
                NewFlash {
                    per_user: 0,
                    ..fine.clone()
                },
            ),
            (
                "countdown_s",
                NewFlash {
                    countdown_s: 5,
                    ..fine.clone()
                },
            ),
            (
                "duration_s",
                NewFlash {
                    duration_s: 30,
                    ..fine.clone()
                },
            ),
        ] {
            let answer = host.post("/flash").json(&new).send().await;
            assert_eq!(answer.status, 422, "{field}: {}", answer.text());
            let Some(ErrorDetails::Field { name, .. }) = answer.json::<ApiError>().details else {
                panic!("{}", answer.text());
            };
            assert_eq!(name, field);
        }
        let other = NewFlash {
            sku: "TEA001-A".into(),
            ..fine.clone()
        };
        host.post("/flash")
            .json(&other)
            .refused(ErrorCode::NotOnShelf)
            .await;
        leave(&shop, STRAWBERRY, 9).await;
        let armed = host.arm(&fine).await;
        let start = host.post(&format!("/flash/{}/start", armed.id));
        start.refused(ErrorCode::SoldOut).await;
        leave(&shop, STRAWBERRY, 20).await;
        host.start(&armed).await;
        let twice = host.arm(&fine).await;
        let start = host.post(&format!("/flash/{}/start", twice.id));
        start.refused(ErrorCode::LiveStateConflict).await;
    }
}

#[tokio::test]
async fn l3_the_quota_is_kept_from_the_countdown_on_and_what_is_left_comes_back() {
    for shop in offline_shops().await {
        let host = on_air(&shop).await;
        leave(&shop, STRAWBERRY, 10).await;
        let (buyer, other) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let armed = host.arm(&terms(10, 2, 10)).await;
        assert_eq!(armed.state, FlashState::Armed);
        assert!(buyer.room().await.flash.is_empty(), "viewers do not know");
        let flash = host.start(&armed).await;
        assert_eq!(flash.state, FlashState::Countdown);
        assert_eq!(buyer.room().await.flash, std::slice::from_ref(&flash));
        let alone = other.send_order(&[line(STRAWBERRY, 1)], yuan(USUAL));
        alone.refused(ErrorCode::SoldOut).await;
        audit(&shop).await;
        buyer.buy_one(&flash).refused(ErrorCode::FlashEnded).await;
        tick(&shop, 10_000).await;
        assert_eq!(buyer.room().await.flash[0].state, FlashState::Active);
        let taken: FlashTaken = buyer.buy_one(&flash).ok().await;
        let order = taken.order;
        assert_eq!(
            (order.card.total, order.card.lines[0].unit_price),
            (yuan(FLASH), yuan(FLASH))
        );
        let pay_by = order.card.pay_by.unwrap();
        assert_eq!(pay_by.since(order.server_now), 5 * 60_000, "L5");
        assert_eq!(buyer.room().await.flash[0].left, 9);
        assert_eq!(pay(&shop, &order.card.id).await, Outcome::Paid);
        audit(&shop).await;
        tick(&shop, 60_000).await;
        assert_eq!(host.see().await.flash[0].state, FlashState::Expired);
        // The grace is over after three seconds; then everybody can buy the rest.
        tick(&shop, 3001).await;
        let (on_hand, reserved, sold) = bucket(&shop, STRAWBERRY).await;
        assert_eq!((on_hand - sold, reserved), (9, 0), "{}", shop.on);
        other.order(&[line(STRAWBERRY, 1)]).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn l4_the_servers_time_decides_and_a_quote_in_time_has_three_seconds() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let (early, late) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let flash = host.flash(10, 5, 0).await;
        shop.clock.advance_ms(59_999);
        let quote = early.quote_flash(&flash, 2).await;
        assert_eq!(quote.quote.total, yuan(2 * FLASH));
        assert_eq!(
            quote.quote.lines[0].item.as_ref().unwrap().list_price,
            Some(yuan(3990))
        );
        let ask = |ticket: &str| Buyer::flash_request(2, yuan(2 * FLASH), ticket);
        shop.clock.advance_ms(1);
        let refused = late
            .send_flash(&flash, &ask(""))
            .refused(ErrorCode::FlashEnded)
            .await;
        let Some(ErrorDetails::PriceChanged(usual)) = refused.details else {
            panic!("no usual quote");
        };
        assert_eq!(usual.total, yuan(2 * USUAL));
        late.ask_flash(&flash, 1)
            .refused(ErrorCode::FlashEnded)
            .await;
        let forged = late.send_flash(&flash, &ask("forged"));
        forged.refused(ErrorCode::FlashEnded).await;
        tick(&shop, 2999).await;
        let taken: FlashTaken = early.send_flash(&flash, &ask(&quote.ticket)).ok().await;
        assert_eq!(taken.order.card.total, yuan(2 * FLASH), "{}", shop.on);
        tick(&shop, 1).await;
        let _: FlashTaken = early.send_flash(&flash, &ask(&quote.ticket)).ok().await;
        tick(&shop, 1).await;
        let over = early.send_flash(&flash, &ask(&quote.ticket));
        over.refused(ErrorCode::FlashEnded).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn l4_another_total_than_the_servers_is_answered_with_the_new_quote() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let buyer = Buyer::new(&shop, "1").await;
        let flash = host.flash(10, 5, 0).await;
        let wrong = Buyer::flash_request(1, yuan(1), "");
        let refused = buyer
            .send_flash(&flash, &wrong)
            .refused(ErrorCode::PriceChanged)
            .await;
        let Some(ErrorDetails::PriceChanged(quote)) = refused.details else {
            panic!("no quote");
        };
        assert_eq!(quote.total, yuan(FLASH));
        // The cart has no right to the price.
        assert_eq!(buyer.quote(&[line(STRAWBERRY, 1)]).await.total, yuan(USUAL));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn f2_nobody_has_more_than_the_limit_and_a_given_back_order_counts_no_more() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let buyer = Buyer::new(&shop, "1").await;
        let flash = host.flash(10, 2, 0).await;
        let first: FlashTaken = buyer.buy_one(&flash).ok().await;
        let two = Buyer::flash_request(2, yuan(2 * FLASH), "");
        let refused = buyer.send_flash(&flash, &two);
        refused.refused(ErrorCode::LimitExceeded).await;
        let _: FlashTaken = buyer.buy_one(&flash).ok().await;
        buyer
            .buy_one(&flash)
            .refused(ErrorCode::LimitExceeded)
            .await;
        buyer.cancel(&first.order.card.id).await;
        assert_eq!(buyer.room().await.flash[0].left, 9, "{}", shop.on);
        let _: FlashTaken = buyer.buy_one(&flash).ok().await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn l5_what_is_not_paid_in_time_is_the_flash_prices_while_it_runs_and_the_shops_after() {
    for shop in offline_shops().await {
        let host = on_air(&shop).await;
        leave(&shop, STRAWBERRY, 10).await;
        let (a, b) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let long = NewFlash {
            duration_s: 600,
            ..terms(10, 10, 0)
        };
        let flash = host.start(&host.arm(&long).await).await;
        let early: FlashTaken = a.buy_one(&flash).ok().await;
        shop.clock.advance_ms(5 * 60_000 - 1);
        let late: FlashTaken = b.buy_one(&flash).ok().await;
        tick(&shop, 1).await;
        assert_eq!(
            a.see(&early.order.card.id).await.card.state,
            OrderState::Closed
        );
        assert_eq!(a.room().await.flash[0].left, 9, "its units are back in it");
        audit(&shop).await;
        host.stop(&flash).await;
        tick(&shop, 3001).await;
        let free = async || {
            let (on_hand, reserved, sold) = bucket(&shop, STRAWBERRY).await;
            on_hand - reserved - sold
        };
        assert_eq!(free().await, 9);
        tick(&shop, 5 * 60_000).await;
        assert_eq!(
            b.see(&late.order.card.id).await.card.state,
            OrderState::Closed
        );
        assert_eq!(free().await, 10, "{}", shop.on);
        // Money that comes all the same revives the order at its price (3.0-6).
        assert_eq!(pay(&shop, &late.order.card.id).await, Outcome::Revived);
        assert_eq!(b.see(&late.order.card.id).await.card.total, yuan(FLASH));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn l6_stopped_in_the_middle_of_a_checkout_who_was_quoted_still_has_it() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let (quoted, slow) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let flash = host.flash(10, 5, 0).await;
        shop.clock.advance_ms(1000);
        let ticket = quoted.quote_flash(&flash, 1).await.ticket;
        let other = slow.quote_flash(&flash, 1).await.ticket;
        shop.clock.advance_ms(1);
        let stopped = host.stop(&flash).await;
        assert_eq!(stopped.state, FlashState::Stopped);
        shop.clock.advance_ms(1000);
        let request = Buyer::flash_request(1, yuan(FLASH), &ticket);
        let _: FlashTaken = quoted.send_flash(&flash, &request).ok().await;
        tick(&shop, 2001).await;
        let request = Buyer::flash_request(1, yuan(FLASH), &other);
        slow.send_flash(&flash, &request)
            .refused(ErrorCode::FlashEnded)
            .await;
        let again = host.post(&format!("/flash/{}/stop", flash.id));
        again.refused(ErrorCode::LiveStateConflict).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn l6_a_room_that_ends_stops_its_flash_price_and_honours_its_orders() {
    for shop in offline_shops().await {
        let host = on_air(&shop).await;
        let buyer = Buyer::new(&shop, "1").await;
        let flash = host.flash(10, 5, 0).await;
        let taken: FlashTaken = buyer.buy_one(&flash).ok().await;
        host.go(LiveCommand::End).await;
        assert_eq!(host.see().await.flash[0].state, FlashState::Stopped);
        tick(&shop, 3001).await;
        buyer.buy_one(&flash).refused(ErrorCode::FlashEnded).await;
        assert_eq!(pay(&shop, &taken.order.card.id).await, Outcome::Paid);
        let (_, reserved, _) = bucket(&shop, STRAWBERRY).await;
        assert_eq!(reserved, 0, "{}", shop.on);
        audit(&shop).await;
    }
}

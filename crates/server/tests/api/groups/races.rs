//! Many at once: the last seat, the last payment against the end, money in any order (G2, G7, G9, G10).

use std::collections::BTreeMap;

use contract::groups::{GroupState, SeatState};
use contract::orders::OrderState;
use contract::{ApiError, ErrorCode};
use futures_util::future::join_all;
use server::groups::expire;
use server::jobs;

use super::*;
use crate::shopping::{audit, yuan};

/// Buyers who want the same seat at the same moment.
const CROWD: usize = 100;
/// Rounds of the crowd through the whole shop; `last_seat.rs` holds larger ones against the database alone.
const ROUNDS: usize = 10;

pub async fn crowd(shop: &TestShop, size: usize) -> Vec<Buyer<'_>> {
    edit(
        shop,
        "UPDATE activity SET per_user_limit = 100000, per_order_limit = 99",
    )
    .await;
    edit(shop, "UPDATE activity_sku SET quota = 1000000").await;
    edit(shop, "UPDATE stock SET on_hand = 1000000").await;
    let mut buyers = Vec::new();
    for n in 0..size {
        buyers.push(Buyer::new(shop, &format!("139{n:08}")).await);
    }
    buyers
}

/// How the joins of a crowd ended.
async fn rush(buyers: &[Buyer<'_>], group: &GroupId) -> (Vec<OrderId>, BTreeMap<String, usize>) {
    let request = Buyer::seat_request(join(group), MANGO_BOX, 1, yuan(MANGO_PRICE));
    let answers = join_all(buyers.iter().map(|buyer| buyer.send_seat(&request).send())).await;
    let (mut won, mut lost) = (Vec::new(), BTreeMap::new());
    for answer in answers {
        if answer.status == 201 {
            won.push(answer.json::<SeatTaken>().order.card.id);
        } else {
            let code = answer.json::<ApiError>().code;
            assert!(
                matches!(code, ErrorCode::GroupFull | ErrorCode::GroupEnded),
                "{}",
                answer.text()
            );
            *lost.entry(format!("{code:?}")).or_default() += 1;
        }
    }
    (won, lost)
}

#[tokio::test]
async fn g2_of_a_crowd_one_gets_the_last_seat_while_the_groups_end_races_it() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let buyers = crowd(&shop, CROWD).await;
        let (mut completed, mut failed) = (0, 0);
        for round in 0..ROUNDS {
            let (_, group) = a.lead(MANGO, MANGO_BOX).await;
            b.join_and_pay(&group, MANGO_BOX).await;
            let ending = async {
                // Every other round the time runs out in the middle of the rush, each time elsewhere.
                if round % 2 == 1 {
                    let pause = std::time::Duration::from_millis(20 * round as u64);
                    tokio::time::sleep(pause).await;
                    shop.clock.advance_ms(24 * HOUR_MS);
                    expire::expire(&shop.state, &group).await.unwrap();
                }
            };
            let ((won, lost), ()) = tokio::join!(rush(&buyers, &group), ending);
            assert!(won.len() <= 1, "{round} on {}: {won:?}", shop.on);
            assert_eq!(won.len() + lost.values().sum::<usize>(), CROWD);
            audit(&shop).await;
            for order in &won {
                pay(&shop, order).await;
            }
            let group = a.group(&group).await;
            match group.state {
                GroupState::Succeeded => completed += 1,
                GroupState::Failed => failed += 1,
                GroupState::Forming => panic!("{round} on {}: {group:?}", shop.on),
            }
            audit(&shop).await;
        }
        assert!(
            completed >= ROUNDS / 2,
            "{completed} {failed} on {}",
            shop.on
        );
    }
}

#[tokio::test]
async fn inv_s4_a_crowd_on_an_empty_group_fills_every_seat() {
    for shop in offline_shops().await {
        let (a, _, _) = three(&shop).await;
        let buyers = crowd(&shop, CROWD).await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        let (won, _) = rush(&buyers, &group).await;
        assert_eq!(won.len(), 2, "{}", shop.on);
        let paid = join_all(won.iter().map(|order| pay(&shop, order))).await;
        assert_eq!(paid, [Outcome::Paid, Outcome::Paid]);
        assert_eq!(a.group(&group).await.state, GroupState::Succeeded);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g10_the_last_payment_and_the_end_at_once_leave_one_of_them() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        edit(&shop, "UPDATE activity SET per_user_limit = 1000").await;
        let mut ends = BTreeMap::new();
        for round in 0..16 {
            let (led, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
            shop.clock.advance_ms(24 * HOUR_MS - 1);
            let last = b.sit(join(&group), STRAWBERRY_BOX, 1).await.card.id;
            shop.clock.advance_ms(1);
            let capture = payment_of(&shop, &last).await;
            let hooks = join_all((0..5).map(|n| {
                let hook = webhook(&format!("{round}-{}", n % 2), &capture);
                let shop = &shop;
                async move { hook.send(shop).await.status }
            }));
            let (statuses, ended) = if round % 2 == 0 {
                tokio::join!(hooks, expire::expire(&shop.state, &group))
            } else {
                let (ended, statuses) = tokio::join!(expire::expire(&shop.state, &group), hooks);
                (statuses, ended)
            };
            ended.unwrap();
            assert!(statuses.iter().all(|status| *status == 204), "{statuses:?}");
            jobs::run_once(&shop.state).await;
            let (first, second) = (a.see(&led.card.id).await, b.see(&last).await);
            let states = (first.card.state, second.card.state);
            let end = a.group(&group).await.state;
            match end {
                GroupState::Succeeded => assert_eq!(states, (OrderState::Paid, OrderState::Paid)),
                GroupState::Failed => {
                    assert_eq!(states, (OrderState::Refunding, OrderState::Refunding));
                }
                GroupState::Forming => panic!("{round} on {}", shop.on),
            }
            *ends.entry(format!("{end:?}")).or_insert(0) += 1;
            audit(&shop).await;
        }
        assert_eq!(ends.values().sum::<i32>(), 16, "{ends:?} on {}", shop.on);
    }
}

#[tokio::test]
async fn inv_g4_after_the_end_committed_nothing_joins() {
    for shop in offline_shops().await {
        let (a, _, _) = three(&shop).await;
        let buyers = crowd(&shop, CROWD).await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        shop.clock.advance_ms(24 * HOUR_MS);
        expire::expire(&shop.state, &group).await.unwrap();
        // The clock jumps back an hour; the group stays ended.
        shop.clock.advance_ms(-HOUR_MS);
        let (won, lost) = rush(&buyers[..30], &group).await;
        assert!(won.is_empty());
        assert_eq!(lost.get("GroupEnded"), Some(&30), "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_c1_a_clock_that_jumps_forms_and_ends_nothing_early() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        for jump in [HOUR_MS, -2 * HOUR_MS, HOUR_MS] {
            shop.clock.advance_ms(jump);
            jobs::run_once(&shop.state).await;
            let seen = a.group(&group).await;
            assert_eq!(
                (seen.state, seen.filled),
                (GroupState::Forming, 1),
                "{}",
                shop.on
            );
        }
        b.join_and_pay(&group, STRAWBERRY_BOX).await;
        let mine = a.group(&group).await.mine.unwrap();
        assert_eq!(mine.state, SeatState::Confirmed);
        audit(&shop).await;
    }
}

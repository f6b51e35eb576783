//! `jishi refund`: the shop gives back an order, or some of it, before it is handed over and after (rules.md A10,
//! F5, G11, G12, G16; inv.P2, L5).

use contract::earnings::CommissionState;
use contract::notifications::Notice;
use contract::orders::{OrderDetail, OrderEndReason, OrderState, TimelineKind};
use contract::{ErrorCode, OrderId};
use sandbox_gateway::Switches;
use server::AppError;
use server::clock::Clock;
use server::jobs;
use server::trade::give_back::{Asked, Given, give_back};

use crate::cashier::{Cashier, real_now, until};
use crate::desk::jishi;
use crate::groups::{
    MANGO, MANGO_BOX, STRAWBERRY, STRAWBERRY_BOX, edit, offline_shops, refund_all,
};
use crate::harness::TestShop;
use crate::sharing::{DAY_MS, Person, pay};
use crate::shopping::{STRAWBERRIES, audit, bucket, count, yuan};

/// Some of one line, named from 0.
fn some(line: i64, quantity: i64) -> Asked {
    Asked {
        lines: vec![(line, quantity)],
        ..Asked::default()
    }
}

async fn refused(shop: &TestShop, order: &OrderId, asked: &Asked) -> ErrorCode {
    let refusal: AppError = give_back(&shop.state, order, asked).await.unwrap_err();
    audit(shop).await;
    refusal.code()
}

/// Two boxes of one SKU and three of another, paid by somebody whom a sharer brought.
async fn sold<'a>(shop: &'a TestShop) -> (Person<'a>, Person<'a>, OrderDetail) {
    let (sharer, buyer) = (Person::new(shop, 1).await, Person::new(shop, 2).await);
    buyer.open(&sharer.share().await.token).await;
    let order = buyer.order_of(&[("FRU001-A", 2), ("FRU001-B", 3)]).await;
    pay(shop, &order.card.id).await;
    (sharer, buyer, order)
}

#[tokio::test]
async fn a_part_goes_back_with_its_goods_its_commission_and_its_money() {
    for shop in offline_shops().await {
        let before = bucket(&shop, "FRU001-A").await;
        let (sharer, buyer, order) = sold(&shop).await;
        let id = &order.card.id;
        let whole = sharer.balance().await.1;
        let given = give_back(&shop.state, id, &some(0, 1)).await.unwrap();
        assert_eq!(given, Given::Part(yuan(2990)), "{}", shop.on);
        audit(&shop).await;
        // A10: 10 % of what went back, from where it stands.
        assert_eq!(sharer.balance().await, (0, whole - 299), "{}", shop.on);
        let sold_now = bucket(&shop, "FRU001-A").await;
        assert_eq!(
            sold_now,
            (before.0, before.1, before.2 + 1),
            "F5: not handed over yet"
        );
        let seen = buyer.buyer.see(id).await;
        assert_eq!(seen.card.state, OrderState::Paid);
        assert_eq!(seen.timeline[0].kind, TimelineKind::PartRefunded);
        assert!(seen.version > order.version);
        refund_all(&shop).await;
        let back = Notice::OrderRefunded {
            order: id.clone(),
            amount: yuan(2990),
        };
        assert_eq!(buyer.notices().await, std::slice::from_ref(&back));
        assert_eq!(buyer.buyer.see(id).await.refunded, yuan(2990));

        // What is left of it can still be received, and then be given back whole.
        buyer.receive(id).await;
        audit(&shop).await;
        assert_eq!(
            give_back(&shop.state, id, &Asked::default()).await.unwrap(),
            Given::Whole
        );
        audit(&shop).await;
        assert_eq!(sharer.balance().await, (0, 0), "{}", shop.on);
        refund_all(&shop).await;
        let seen = buyer.buyer.see(id).await;
        assert_eq!(seen.card.state, OrderState::Refunded);
        assert_eq!(seen.refunded, order.card.total);
        assert_eq!(seen.timeline[1].reason, Some(OrderEndReason::GivenBack));
        let rest = yuan(order.card.total.minor - 2990);
        let last = Notice::OrderRefunded {
            order: id.clone(),
            amount: rest,
        };
        assert_eq!(buyer.notices().await, [last, back], "{}", shop.on);
        let kept = bucket(&shop, "FRU001-A").await;
        assert_eq!(
            kept, sold_now,
            "F5: what was handed over is not on sale again"
        );
        audit(&shop).await;
    }
}

#[tokio::test]
async fn a10_a_return_after_the_payout_leaves_a_debt_that_blocks_the_next() {
    for shop in TestShop::each_stocked_with(&[
        ("withdrawal_min", "100"),
        ("gateway_url", "http://127.0.0.1:9"),
    ])
    .await
    {
        let (sharer, buyer, order) = sold(&shop).await;
        let id = &order.card.id;
        let whole = sharer.balance().await.1;
        buyer.receive(id).await;
        shop.clock.advance_ms(7 * DAY_MS);
        jobs::run_once(&shop.state).await;
        sharer.withdrawn(whole).await;
        let (before, restock) = (bucket(&shop, "FRU001-A").await, true);
        let came_back = Asked {
            restock,
            ..some(0, 2)
        };
        give_back(&shop.state, id, &came_back).await.unwrap();
        assert_eq!(sharer.balance().await, (-598, 0), "{}", shop.on);
        sharer
            .withdraw(100)
            .await
            .refused(ErrorCode::BalanceTooLow)
            .await;
        let after = bucket(&shop, "FRU001-A").await;
        assert_eq!(
            after,
            (before.0, before.1, before.2 - 2),
            "F5: inspected and on sale"
        );
        audit(&shop).await;
        // The next sale pays the debt first.
        let token = sharer.shares().await.remove(0).token;
        let next = buyer.buy_by(&token, 3).await;
        buyer.receive(&next).await;
        shop.clock.advance_ms(7 * DAY_MS);
        jobs::run_once(&shop.state).await;
        assert_eq!(sharer.balance().await, (897 - 598, 0), "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn what_was_not_paid_what_is_gone_and_more_than_there_is_is_refused() {
    for shop in offline_shops().await {
        let (_, buyer, order) = sold(&shop).await;
        let id = &order.card.id;
        let unpaid = buyer.order(1).await.card.id;
        let conflict = ErrorCode::OrderStateConflict;
        let whole = Asked::default();
        assert_eq!(refused(&shop, &unpaid, &whole).await, conflict);
        assert_eq!(
            refused(&shop, &"none".into(), &whole).await,
            ErrorCode::NotFound
        );
        for (line, quantity) in [(0, 3), (0, 0), (0, -1), (2, 1), (-1, 1)] {
            let code = refused(&shop, id, &some(line, quantity)).await;
            assert_eq!(code, ErrorCode::InvalidRequest, "{line}:{quantity}");
        }
        let twice = Asked {
            lines: vec![(0, 1), (0, 1)],
            ..Asked::default()
        };
        assert_eq!(refused(&shop, id, &twice).await, ErrorCode::InvalidRequest);
        give_back(&shop.state, id, &some(1, 3)).await.unwrap();
        assert_eq!(
            refused(&shop, id, &some(1, 1)).await,
            ErrorCode::InvalidRequest
        );
        // The last of it is all of it.
        assert_eq!(
            give_back(&shop.state, id, &some(0, 2)).await.unwrap(),
            Given::Whole
        );
        assert_eq!(refused(&shop, id, &whole).await, conflict, "{}", shop.on);
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM refund").await, 2);
    }
}

#[tokio::test]
async fn inv_i1_the_same_refund_under_one_key_is_one_refund_however_many_ask() {
    for shop in offline_shops().await {
        let (sharer, _, order) = sold(&shop).await;
        let whole = sharer.balance().await.1;
        let asked = Asked {
            key: Some("case-7".to_owned()),
            ..some(1, 1)
        };
        let asking = (0..8).map(|_| give_back(&shop.state, &order.card.id, &asked));
        let mut done = 0;
        for given in futures_util::future::join_all(asking).await {
            match given {
                Ok(Given::Part(_)) => done += 1,
                Ok(Given::Known) => {}
                // Another was faster, and it can be asked again.
                Err(raced) => assert_eq!(raced.code(), ErrorCode::OrderStateConflict, "{raced}"),
                Ok(Given::Whole) => panic!("one of five is not all"),
            }
        }
        assert_eq!(done, 1, "{}", shop.on);
        let given = give_back(&shop.state, &order.card.id, &asked)
            .await
            .unwrap();
        assert_eq!(given, Given::Known);
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM refund").await, 1);
        assert_eq!(sharer.balance().await, (0, whole - 399), "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g11_nothing_is_given_back_while_the_group_forms() {
    for shop in offline_shops().await {
        let buyer = Person::new(&shop, 1).await;
        let (led, _) = buyer.buyer.lead(MANGO, MANGO_BOX).await;
        let code = refused(&shop, &led.card.id, &Asked::default()).await;
        assert_eq!(code, ErrorCode::GroupForming, "{}", shop.on);
    }
}

#[tokio::test]
async fn g12_g16_a_return_from_a_complete_group_changes_it_for_nobody_else_and_takes_the_leaders_reward()
 {
    for shop in offline_shops().await {
        edit(&shop, "UPDATE activity SET leader_reward_bp = 1000").await;
        let (leader, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let two = leader
            .buyer
            .sit(crate::groups::open(STRAWBERRY), STRAWBERRY_BOX, 2)
            .await;
        crate::groups::pay(&shop, &two.card.id).await;
        let led = leader.buyer.see(&two.card.id).await;
        let group = led.group.unwrap().group.unwrap();
        let joined = friend.buyer.join_and_pay(&group, STRAWBERRY_BOX).await;
        let complete = leader.buyer.group(&group).await;
        leader.receive(&two.card.id).await;
        assert_eq!(leader.balance().await, (0, 498), "{}", shop.on);
        give_back(&shop.state, &two.card.id, &some(0, 1))
            .await
            .unwrap();
        assert_eq!(leader.balance().await, (0, 249), "half of it: {}", shop.on);
        audit(&shop).await;
        give_back(&shop.state, &joined.card.id, &Asked::default())
            .await
            .unwrap();
        assert_eq!(
            leader.balance().await,
            (0, 249),
            "a member's return is not the leader's"
        );
        give_back(&shop.state, &two.card.id, &Asked::default())
            .await
            .unwrap();
        assert_eq!(leader.balance().await, (0, 0), "{}", shop.on);
        let row = leader.commissions().await.remove(0);
        assert_eq!(row.state, CommissionState::Reversed);
        let after = leader.buyer.group(&group).await;
        assert_eq!(
            (after.state, after.version),
            (complete.state, complete.version)
        );
        assert!(
            crate::groups::open_groups(&shop, "p01").await.is_empty(),
            "G12"
        );
        refund_all(&shop).await;
        audit(&shop).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn inv_p2_the_command_sends_the_money_once_through_the_gateway() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        cashier.switch(Switches {
            duplicate: 3,
            ..Switches::default()
        });
        let buyer = Person::new(&shop, 1).await;
        let order = buyer.order_of(&[(STRAWBERRIES, 3)]).await.card.id;
        let started = buyer.buyer.start_payment(&order).await;
        cashier.pay(&started);
        buyer.buyer.check_payment(&order).await;
        let part = ["refund", order.as_str(), "--line", "1:2", "--key", "a"];
        let (fine, told) = jishi(&shop, &part);
        assert!(fine && told.contains("5980 CNY"), "{told}");
        let (fine, told) = jishi(&shop, &part);
        assert!(fine && told.contains("before"), "{told}");
        let (fine, told) = jishi(&shop, &["refund", order.as_str(), "--line", "1:2"]);
        assert!(!fine && told.contains("1 are left"), "{told}");
        let (fine, told) = jishi(&shop, &["refund", order.as_str()]);
        assert!(fine, "{told}");
        let (fine, told) = jishi(&shop, &["refund", order.as_str()]);
        assert!(!fine && told.contains("being refunded"), "{told}");
        let (fine, told) = jishi(&shop, &["refund", order.as_str(), "--line", "x"]);
        assert!(!fine && told.contains("1:2"), "{told}");
        until("refunded", async || {
            // The command's clock tells the real time; a try that got no answer is made again.
            shop.clock.advance_ms(real_now().since(shop.clock.now()));
            jobs::run_once(&shop.state).await;
            buyer.buyer.see(&order).await.card.state == OrderState::Refunded
        })
        .await;
        assert_eq!(cashier.refunded(&started), (8970, 2), "{}", shop.on);
        audit(&shop).await;
    }
}

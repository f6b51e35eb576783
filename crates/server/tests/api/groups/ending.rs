//! How groups end: refunds, leaving, completion by the store (G9, G11, G12, G15).

use contract::groups::{GroupRole, GroupState, SeatState};
use contract::notifications::{Notice, NotificationList};
use contract::orders::{OrderAction, OrderEndReason, OrderState};
use contract::{ApiError, ErrorCode, ErrorDetails};
use sandbox_gateway::Switches;
use server::jobs;

use super::*;
use crate::cashier::{Cashier, until};
use crate::shopping::{audit, bucket, count};

async fn notices(buyer: &Buyer<'_>) -> Vec<Notice> {
    let list: NotificationList = buyer.get("/api/notifications").ok().await;
    list.items.into_iter().map(|entry| entry.notice).collect()
}

async fn time_is_up(shop: &TestShop) {
    shop.clock.advance_ms(24 * HOUR_MS);
    jobs::run_once(&shop.state).await;
}

#[tokio::test]
async fn g9_an_unfilled_group_gives_back_every_payment_each_alone() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let before = bucket(&shop, MANGO_BOX).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        let joined = b.join_and_pay(&group, MANGO_BOX).await;
        shop.clock.advance_ms(24 * HOUR_MS - 1000);
        let held = c.sit(join(&group), MANGO_BOX, 1).await;
        shop.clock.advance_ms(1000);
        jobs::run_once(&shop.state).await;
        jobs::run_once(&shop.state).await;

        let failed = a.group(&group).await;
        assert_eq!(
            (failed.state, failed.filled),
            (GroupState::Failed, 2),
            "{}",
            shop.on
        );
        assert_eq!(failed.ended_at, Some(shop.state.clock.now()));
        assert_eq!(failed.members.len(), 2);
        for (buyer, order) in [(&a, &led.card.id), (&b, &joined.card.id)] {
            let order = buyer.see(order).await;
            assert_eq!(order.card.state, OrderState::Refunding);
            assert_eq!(order.timeline[0].reason, Some(OrderEndReason::GroupExpired));
        }
        assert_eq!(c.see(&held.card.id).await.card.state, OrderState::Closed);
        assert_eq!(
            bucket(&shop, MANGO_BOX).await,
            before,
            "G13: everything is free again"
        );
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM refund").await, 2);

        // One refund succeeds while the other still waits.
        let refund: String = sqlx::query_scalar("SELECT id FROM refund WHERE order_id = $1")
            .bind(led.card.id.as_str())
            .fetch_one(shop.state.db.reader())
            .await
            .unwrap();
        server::trade::refund::record_success(&shop.state, &refund.into())
            .await
            .unwrap();
        let mine = a.group(&group).await.mine.unwrap();
        assert_eq!(
            (mine.state, mine.refunded),
            (SeatState::Refunded, led.card.total)
        );
        assert!(mine.refund_at.is_some());
        assert_eq!(
            b.see(&joined.card.id).await.card.state,
            OrderState::Refunding
        );
        let told = notices(&a).await;
        assert!(
            matches!(&told[0], Notice::OrderRefunded { amount, .. } if *amount == led.card.total)
        );
        assert!(
            matches!(&told[1], Notice::GroupFailed { amount, .. } if *amount == led.card.total)
        );
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g9_a_member_who_was_refunded_before_holds_up_no_other() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        let joined = b.join_and_pay(&group, MANGO_BOX).await;
        // A person at the shop gave the money back by hand.
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query("UPDATE orders SET state = 'refunded' WHERE id = $1")
            .bind(joined.card.id.as_str())
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        time_is_up(&shop).await;
        assert_eq!(
            a.group(&group).await.state,
            GroupState::Failed,
            "{}",
            shop.on
        );
        assert_eq!(a.see(&led.card.id).await.card.state, OrderState::Refunding);
        assert_eq!(
            b.see(&joined.card.id).await.card.state,
            OrderState::Refunded
        );
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM refund").await, 1);
    }
}

#[tokio::test]
async fn g9_every_refund_is_made_once_at_the_gateway() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        cashier.switch(Switches::default());
        let (a, b, _) = three(&shop).await;
        let pay_at_cashier = async |buyer: &Buyer<'_>, order: OrderDetail| {
            let started = buyer.start_payment(&order.card.id).await;
            cashier.pay(&started);
            let paid = buyer.check_payment(&order.card.id).await;
            assert_eq!(paid.card.state, OrderState::Paid);
            (started, paid.group.unwrap().group.unwrap())
        };
        let (one, group) = pay_at_cashier(&a, a.sit(open(MANGO), MANGO_BOX, 1).await).await;
        let (two, _) = pay_at_cashier(&b, b.sit(join(&group), MANGO_BOX, 1).await).await;
        edit(&shop, "UPDATE buy_group SET expires_at = opened_at").await;
        for _ in 0..3 {
            jobs::run_once(&shop.state).await;
        }
        for (buyer, started) in [(&a, &one), (&b, &two)] {
            until("refunded", async || {
                buyer.see(&started.order).await.card.state == OrderState::Refunded
            })
            .await;
            assert_eq!(cashier.refunded(started), (MANGO_PRICE, 1), "{}", shop.on);
        }
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g10_money_that_the_gateway_has_already_keeps_a_group_from_failing() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.switch(Switches {
            drop: true,
            ..Switches::default()
        });
        let (a, b, _) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let order = b.sit(join(&group), STRAWBERRY_BOX, 1).await;
        let started = b.start_payment(&order.card.id).await;
        cashier.pay(&started);
        edit(&shop, "UPDATE buy_group SET expires_at = opened_at").await;
        jobs::run_once(&shop.state).await;
        assert_eq!(
            a.group(&group).await.state,
            GroupState::Succeeded,
            "{}",
            shop.on
        );
        assert_eq!(cashier.refunded(&started), (0, 0));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g11_while_the_group_forms_a_paid_seat_stays() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        let joined = b.join_and_pay(&group, MANGO_BOX).await;
        for (buyer, order) in [(&a, &led), (&b, &joined)] {
            let id = &order.card.id;
            let seen = buyer.see(id).await;
            assert_eq!(seen.actions, Vec::<OrderAction>::new());
            assert_eq!(seen.pickup_code, None);
            let asked = buyer.post(&format!("/api/orders/{id}/cancel")).send().await;
            let refused: ApiError = asked.json();
            assert_eq!(refused.code, ErrorCode::GroupForming, "{}", shop.on);
            assert_eq!(refused.details, Some(ErrorDetails::Group(group.clone())));
        }
        assert_eq!(a.group(&group).await.filled, 2);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g11_where_a_leader_may_leave_the_oldest_paid_member_leads_until_the_same_end() {
    for shop in offline_shops().await {
        edit(&shop, "UPDATE activity SET leader_may_leave = 1").await;
        let (a, b, c) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        shop.clock.advance_ms(1000);
        let joined = b.join_and_pay(&group, MANGO_BOX).await;
        // At size − 1: one seat is left when the leader goes.
        let before = a.group(&group).await;
        assert_eq!(a.see(&led.card.id).await.actions, [OrderAction::Cancel]);
        assert_eq!(b.see(&joined.card.id).await.actions, []);
        let left = a.cancel(&led.card.id).await;
        assert_eq!(left.card.state, OrderState::Refunding, "{}", shop.on);
        let after = b.group(&group).await;
        assert_eq!((after.filled, after.need), (1, 2));
        assert_eq!(after.expires_at, before.expires_at);
        assert_eq!(after.mine.unwrap().role, GroupRole::Leader);
        assert_eq!(after.members.len(), 1);
        assert!(notices(&b).await.contains(&Notice::GroupLed {
            group: group.clone()
        }));
        audit(&shop).await;
        c.join_and_pay(&group, MANGO_BOX).await;
        a.join_and_pay(&group, MANGO_BOX).await;
        assert_eq!(b.group(&group).await.state, GroupState::Succeeded);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g11_a_group_that_its_last_payer_leaves_is_over() {
    for shop in offline_shops().await {
        edit(&shop, "UPDATE activity SET leader_may_leave = 1").await;
        let (a, b, _) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        let held = b.sit(join(&group), MANGO_BOX, 1).await;
        a.cancel(&led.card.id).await;
        let over = b.group(&group).await;
        assert_eq!(
            (over.state, over.filled),
            (GroupState::Failed, 0),
            "{}",
            shop.on
        );
        assert_eq!(b.see(&held.card.id).await.card.state, OrderState::Closed);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g12_a_refund_after_success_changes_the_group_for_nobody_else() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let joined = b.join_and_pay(&group, STRAWBERRY_BOX).await;
        let before = a.group(&group).await;
        let cancelled = b.cancel(&joined.card.id).await;
        assert_eq!(cancelled.card.state, OrderState::Refunding);
        refund_all(&shop).await;
        let after = a.group(&group).await;
        assert_eq!(after.state, GroupState::Succeeded, "{}", shop.on);
        assert_eq!((after.version, after.filled), (before.version, 2));
        assert_eq!(after.mine.unwrap().state, SeatState::Confirmed);
        assert_eq!(
            b.group(&group).await.mine.unwrap().state,
            SeatState::Refunded
        );
        assert!(open_groups(&shop, "p01").await.is_empty());
        let request = Buyer::seat_request(
            join(&group),
            STRAWBERRY_BOX,
            1,
            crate::shopping::yuan(STRAWBERRY_PRICE),
        );
        let refused: ApiError = c.send_seat(&request).send().await.json();
        assert_eq!(refused.code, ErrorCode::GroupEnded);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g15_the_store_completes_a_group_only_where_told_to_and_invents_nobody() {
    for shop in offline_shops().await {
        edit(
            &shop,
            "UPDATE activity SET virtual_min_real = 2 WHERE id = 'group-p02'",
        )
        .await;
        let (a, b, c) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        b.join_and_pay(&group, MANGO_BOX).await;
        let (_, lonely) = c.lead(MANGO, MANGO_BOX).await;
        time_is_up(&shop).await;
        let done = a.group(&group).await;
        assert_eq!(done.state, GroupState::Succeeded, "{}", shop.on);
        assert_eq!((done.filled, done.completed_by_store, done.need), (2, 1, 0));
        assert_eq!(done.members.len(), 2, "no invented people");
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM group_seat").await, 3);
        assert_eq!(
            a.see(&led.card.id).await.group.unwrap().seat,
            SeatState::Confirmed
        );
        assert_eq!(
            c.group(&lonely).await.state,
            GroupState::Failed,
            "too few real ones"
        );
        audit(&shop).await;
    }
}

//! Money for seats: in time, twice, too late (G7, G8, G10, inv.P6, inv.G6).

use contract::groups::{GroupRole, GroupState, SeatState};
use contract::orders::{OrderEndReason, OrderState, TimelineKind};
use server::groups::expire;
use server::jobs;

use super::*;
use crate::shopping::{audit, count, leave};

/// The seats' time to pay passes.
async fn lapse(shop: &TestShop) {
    shop.clock.advance_ms(600_000);
    jobs::run_once(&shop.state).await;
}

/// How an order ended: its state and why.
async fn end_of(buyer: &Buyer<'_>, order: &OrderId) -> (OrderState, Option<OrderEndReason>) {
    let order = buyer.see(order).await;
    (order.card.state, order.timeline[0].reason)
}

const FULL: (OrderState, Option<OrderEndReason>) =
    (OrderState::Refunding, Some(OrderEndReason::GroupFull));
const EXPIRED: (OrderState, Option<OrderEndReason>) =
    (OrderState::Refunding, Some(OrderEndReason::GroupExpired));

#[tokio::test]
async fn g7_any_multiset_of_callbacks_completes_the_group_once() {
    for shop in offline_shops().await {
        for round in 0..4 {
            let names = [0, 1, 2].map(|n| format!("1380000{round}00{n}"));
            let mut buyers = Vec::new();
            for name in &names {
                buyers.push(Buyer::new(&shop, name).await);
            }
            let (_, group) = buyers[0].lead(MANGO, MANGO_BOX).await;
            let mut hooks = Vec::new();
            for buyer in &buyers[1..] {
                let order = buyer.sit(join(&group), MANGO_BOX, 1).await;
                let capture = payment_of(&shop, &order.card.id).await;
                // One message five times over, and once more under another id.
                for copy in 0..5 {
                    let id = format!("{}-{}", capture.payment, copy % 2);
                    hooks.push(webhook(&id, &capture));
                }
            }
            hooks.rotate_left(round * 3);
            let sent = hooks.iter().map(|hook| hook.send(&shop));
            for answer in futures_util::future::join_all(sent).await {
                assert_eq!(answer.status, 204, "{}", answer.text());
            }
            let done = buyers[0].group(&group).await;
            assert_eq!(done.state, GroupState::Succeeded, "{} {round}", shop.on);
            audit(&shop).await;
        }
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM refund").await, 0);
    }
}

#[tokio::test]
async fn g8_money_for_a_seat_that_others_took_goes_back_once() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let lost = b.sit(join(&group), STRAWBERRY_BOX, 1).await.card.id;
        lapse(&shop).await;
        c.join_and_pay(&group, STRAWBERRY_BOX).await;
        let capture = payment_of(&shop, &lost).await;
        for id in ["late", "late", "later"] {
            assert_eq!(webhook(id, &capture).send(&shop).await.status, 204);
        }
        assert_eq!(end_of(&b, &lost).await, FULL, "{}", shop.on);
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM refund").await, 1);
        assert_eq!(a.group(&group).await.filled, 2);
        refund_all(&shop).await;
        let seat = b.group(&group).await.mine.unwrap();
        assert_eq!(
            (seat.state, seat.refunded.minor),
            (SeatState::Refunded, STRAWBERRY_PRICE)
        );
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g8_money_after_the_groups_end_goes_back_once() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        shop.clock.advance_ms(24 * HOUR_MS - 1000);
        let lost = b.sit(join(&group), MANGO_BOX, 1).await.card.id;
        shop.clock.advance_ms(1000);
        expire::expire(&shop.state, &group).await.unwrap();
        let closed = (OrderState::Closed, Some(OrderEndReason::GroupExpired));
        assert_eq!(end_of(&b, &lost).await, closed);
        assert_eq!(pay(&shop, &lost).await, Outcome::PaidTooLate);
        assert_eq!(end_of(&b, &lost).await, EXPIRED, "{}", shop.on);
        assert_eq!(a.group(&group).await.state, GroupState::Failed);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_g6_late_money_takes_its_seat_again_while_there_is_room() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let late = b.sit(join(&group), STRAWBERRY_BOX, 1).await.card.id;
        lapse(&shop).await;
        assert_eq!(b.see(&late).await.card.state, OrderState::Closed);
        assert_eq!(pay(&shop, &late).await, Outcome::Revived);
        let revived = b.see(&late).await;
        let kinds: Vec<_> = revived.timeline.iter().map(|entry| entry.kind).collect();
        use TimelineKind::{Closed, GroupCompleted, Paid, Placed, Revived};
        assert_eq!(kinds, [GroupCompleted, Paid, Revived, Closed, Placed]);
        assert_eq!(
            a.group(&group).await.state,
            GroupState::Succeeded,
            "{}",
            shop.on
        );
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_g6_late_money_finds_no_seat_when_goods_quota_or_ones_own_limit_are_gone() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        edit(
            &shop,
            "UPDATE activity SET per_user_limit = 1 WHERE id = 'group-p02'",
        )
        .await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        let goods = b.sit(join(&group), MANGO_BOX, 1).await.card.id;
        lapse(&shop).await;
        leave(&shop, MANGO_BOX, 0).await;
        pay(&shop, &goods).await;
        assert_eq!(end_of(&b, &goods).await, FULL, "{}", shop.on);
        leave(&shop, MANGO_BOX, 50).await;

        let quota = b.sit(join(&group), MANGO_BOX, 1).await.card.id;
        lapse(&shop).await;
        edit(
            &shop,
            "UPDATE activity_sku SET quota = 1 WHERE sku = 'FRU002-A'",
        )
        .await;
        pay(&shop, &quota).await;
        assert_eq!(end_of(&b, &quota).await, FULL, "{}", shop.on);
        edit(
            &shop,
            "UPDATE activity_sku SET quota = 400 WHERE sku = 'FRU002-A'",
        )
        .await;

        // The same person sits in the group again by then, or has as many as one may.
        let twice = b.sit(join(&group), MANGO_BOX, 1).await.card.id;
        lapse(&shop).await;
        let again = b.join_and_pay(&group, MANGO_BOX).await;
        pay(&shop, &twice).await;
        assert_eq!(end_of(&b, &twice).await, FULL, "{}", shop.on);
        assert_eq!(
            b.see(&again.card.id).await.group.unwrap().seat,
            SeatState::Paid
        );
        assert_eq!(a.group(&group).await.filled, 2);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g8_whoever_wished_so_leads_a_new_group_while_the_offer_is_open() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let sit = async || {
            let seat = join(&group);
            b.sit_or(seat, STRAWBERRY_BOX, 1, OnOverflow::NewGroup)
                .await
                .card
                .id
        };
        let (first, mut second) = (sit().await, None);
        lapse(&shop).await;
        if second.is_none() {
            second = Some(sit().await);
        }
        lapse(&shop).await;
        c.join_and_pay(&group, STRAWBERRY_BOX).await;
        assert_eq!(pay(&shop, &first).await, Outcome::Revived);
        let seat = b.see(&first).await.group.unwrap();
        let new = seat.group.unwrap();
        assert_ne!(new, group);
        let progress = b.group(&new).await;
        assert_eq!(
            (progress.filled, progress.state),
            (1, GroupState::Forming),
            "{}",
            shop.on
        );
        assert_eq!(progress.mine.unwrap().role, GroupRole::Leader);
        edit(
            &shop,
            "UPDATE activity SET offered = 0 WHERE id = 'group-p01'",
        )
        .await;
        let second = second.unwrap();
        assert_eq!(pay(&shop, &second).await, Outcome::PaidTooLate);
        assert_eq!(end_of(&b, &second).await, FULL);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g8_whoever_wished_so_joins_any_group_with_room_else_the_money_goes_back() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let seat = join(&group);
        let first = b
            .sit_or(seat, STRAWBERRY_BOX, 1, OnOverflow::AnyGroup)
            .await
            .card
            .id;
        lapse(&shop).await;
        let again = b
            .sit_or(join(&group), STRAWBERRY_BOX, 1, OnOverflow::AnyGroup)
            .await
            .card
            .id;
        lapse(&shop).await;
        c.join_and_pay(&group, STRAWBERRY_BOX).await;
        assert_eq!(
            pay(&shop, &again).await,
            Outcome::PaidTooLate,
            "no other group yet"
        );
        let d = Buyer::new(&shop, "4").await;
        let (_, other) = d.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        assert_eq!(pay(&shop, &first).await, Outcome::Revived);
        let seat = b.see(&first).await.group.unwrap();
        assert_eq!(
            (seat.group, seat.seat),
            (Some(other), SeatState::Confirmed),
            "{}",
            shop.on
        );
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g1_a_leaders_late_money_opens_the_group_while_the_offer_is_open() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let late = a.sit(open(MANGO), MANGO_BOX, 1).await.card.id;
        let later = b.sit(open(MANGO), MANGO_BOX, 1).await.card.id;
        lapse(&shop).await;
        assert_eq!(pay(&shop, &late).await, Outcome::Revived);
        let seat = a.see(&late).await.group.unwrap();
        assert_eq!((seat.seat, seat.need), (SeatState::Paid, 2));
        edit(
            &shop,
            "UPDATE activity SET offered = 0 WHERE id = 'group-p02'",
        )
        .await;
        assert_eq!(pay(&shop, &later).await, Outcome::PaidTooLate);
        let gone = (OrderState::Refunding, Some(OrderEndReason::PaidTooLate));
        assert_eq!(end_of(&b, &later).await, gone, "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_p1_a_second_payment_of_a_paid_seat_goes_back_and_the_seat_stays() {
    for shop in offline_shops().await {
        let (a, _, _) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        assert_eq!(pay(&shop, &led.card.id).await, Outcome::PaidTwice);
        assert_eq!(a.group(&group).await.filled, 1, "{}", shop.on);
        audit(&shop).await;
    }
}

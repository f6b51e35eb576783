//! Money that comes too late, twice, or must go back. The gateway's own ledger is the oracle.

use contract::orders::{OrderEndReason, OrderState, TimelineKind};
use contract::payment::PaymentStarted;
use sandbox_gateway::Switches;
use server::jobs;

use crate::cashier::{Cashier, Webhook, until};
use crate::harness::TestShop;
use crate::shopping::{Buyer, STRAWBERRIES, STRAWBERRIES_PRICE as PRICE, audit, leave, line};

/// An order of one box, with a payment open.
async fn order<'a>(buyer: &Buyer<'a>) -> PaymentStarted {
    let order = buyer.order(&[line(STRAWBERRIES, 1)]).await;
    buyer.start_payment(&order.card.id).await
}

async fn state_of(buyer: &Buyer<'_>, started: &PaymentStarted) -> OrderState {
    buyer.see(&started.order).await.card.state
}

async fn time_out(shop: &TestShop) {
    shop.clock.advance_ms(60_000);
    jobs::run_once(&shop.state).await;
}

#[tokio::test]
async fn r3_0_6_late_money_revives_the_order_when_its_goods_are_left() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        let buyer = Buyer::new(&shop, "1").await;
        cashier.switch(Switches {
            late_capture: true,
            drop: true,
            ..Switches::default()
        });
        let started = order(&buyer).await;
        time_out(&shop).await;
        assert_eq!(state_of(&buyer, &started).await, OrderState::Closed);
        cashier.pay(&started);
        assert_eq!(
            Webhook::paid("late", &started, PRICE)
                .send(&shop)
                .await
                .status,
            204
        );
        let revived = buyer.see(&started.order).await;
        assert_eq!(revived.card.state, OrderState::Paid, "{}", shop.on);
        let kinds: Vec<_> = revived.timeline.iter().map(|entry| entry.kind).collect();
        use TimelineKind::{Closed, Paid, Placed, Revived};
        assert_eq!(kinds, [Paid, Revived, Closed, Placed]);
        assert_eq!(revived.card.total.minor, PRICE);
        assert_eq!(cashier.refunded(&started), (0, 0));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn r3_0_6_late_money_goes_back_once_when_the_goods_are_gone() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        let buyer = Buyer::new(&shop, "1").await;
        cashier.switch(Switches {
            late_capture: true,
            drop: true,
            ..Switches::default()
        });
        let order = buyer
            .order(&[line(STRAWBERRIES, 1), line("FRU001-B", 1)])
            .await;
        let started = buyer.start_payment(&order.card.id).await;
        time_out(&shop).await;
        // One of the two SKUs is gone, so the other must not be taken either.
        leave(&shop, "FRU001-B", 0).await;
        cashier.pay(&started);
        for id in ["late", "late", "later"] {
            let webhook = Webhook::paid(id, &started, order.card.total.minor);
            assert_eq!(webhook.send(&shop).await.status, 204);
        }
        let late = buyer.see(&started.order).await;
        assert_eq!(late.card.state, OrderState::Refunding, "{}", shop.on);
        assert_eq!(late.timeline[0].reason, Some(OrderEndReason::PaidTooLate));
        cashier.switch(Switches::default());
        jobs::run_once(&shop.state).await;
        jobs::run_once(&shop.state).await;
        until("refunded", async || {
            state_of(&buyer, &started).await == OrderState::Refunded
        })
        .await;
        let refunded = buyer.see(&started.order).await;
        assert_eq!(refunded.refunded, refunded.card.total);
        assert_eq!(cashier.refunded(&started), (order.card.total.minor, 1));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn r3_0_6_payment_and_timeout_at_once_leave_one_winner() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        let buyer = Buyer::new(&shop, "1").await;
        cashier.switch(Switches {
            late_capture: true,
            drop: true,
            ..Switches::default()
        });
        for round in 0..10 {
            let started = order(&buyer).await;
            shop.clock.advance_ms(60_000);
            cashier.pay(&started);
            let webhook = Webhook::paid(&format!("w{round}"), &started, PRICE);
            let (told, ()) = tokio::join!(webhook.send(&shop), jobs::run_once(&shop.state));
            assert_eq!(told.status, 204);
            assert_eq!(
                state_of(&buyer, &started).await,
                OrderState::Paid,
                "{}",
                shop.on
            );
            assert_eq!(cashier.refunded(&started), (0, 0));
        }
        audit(&shop).await;
    }
}

#[tokio::test]
async fn f5_cancelling_a_paid_order_refunds_it_in_full_once_and_restocks_once() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        let buyer = Buyer::new(&shop, "1").await;
        let started = order(&buyer).await;
        cashier.pay(&started);
        assert_eq!(
            buyer.check_payment(&started.order).await.card.state,
            OrderState::Paid
        );
        let cancel = || buyer.post(&format!("/api/orders/{}/cancel", started.order));
        let (one, two) = tokio::join!(cancel().send(), cancel().send());
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{}", shop.on);
        jobs::run_once(&shop.state).await;
        jobs::run_once(&shop.state).await;
        until("refunded", async || {
            state_of(&buyer, &started).await == OrderState::Refunded
        })
        .await;
        assert_eq!(cashier.refunded(&started), (PRICE, 1));
        assert_eq!(buyer.see(&started.order).await.refunded.minor, PRICE);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn cancelling_an_order_that_was_paid_unheard_refunds_it() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        let buyer = Buyer::new(&shop, "1").await;
        cashier.switch(Switches {
            drop: true,
            ..Switches::default()
        });
        let started = order(&buyer).await;
        cashier.pay(&started);
        let cancelled = buyer.cancel(&started.order).await;
        assert_eq!(cancelled.card.state, OrderState::Refunding, "{}", shop.on);
        jobs::run_once(&shop.state).await;
        assert_eq!(cashier.refunded(&started), (PRICE, 1));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_p1_a_second_payment_of_a_paid_order_goes_back() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        let buyer = Buyer::new(&shop, "1").await;
        cashier.switch(Switches {
            late_capture: true,
            drop: true,
            ..Switches::default()
        });
        let first = order(&buyer).await;
        cashier.gateway().close(first.payment.as_str()).unwrap();
        buyer.check_payment(&first.order).await;
        let second = buyer.start_payment(&first.order).await;
        assert_ne!(first.payment, second.payment);
        cashier.pay(&first);
        cashier.pay(&second);
        for (id, started) in [("a", &first), ("b", &second)] {
            assert_eq!(
                Webhook::paid(id, started, PRICE).send(&shop).await.status,
                204
            );
        }
        jobs::run_once(&shop.state).await;
        assert_eq!(
            state_of(&buyer, &first).await,
            OrderState::Paid,
            "{}",
            shop.on
        );
        assert_eq!(cashier.refunded(&first), (0, 0));
        assert_eq!(cashier.refunded(&second), (PRICE, 1));
        audit(&shop).await;
    }
}

//! Money: in time and late, told once and ten times, forged and lost. The gateway's own ledger is the
//! oracle.

use contract::ErrorCode;
use contract::orders::{OrderState, TimelineKind};
use contract::payment::PaymentStarted;
use sandbox_gateway::Switches;
use server::clock::Clock;
use server::jobs;

use crate::cashier::{Cashier, Webhook, real_now, until};
use crate::harness::TestShop;
use crate::shopping::{Buyer, STRAWBERRIES, STRAWBERRIES_PRICE as PRICE, audit, count, line};

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
async fn paying_at_the_cashier_pays_the_order() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        let buyer = Buyer::new(&shop, "1").await;
        let started = order(&buyer).await;
        assert!(started.cashier_url.starts_with(&cashier.gateway_url));
        assert_eq!(buyer.start_payment(&started.order).await, started);
        cashier.pay(&started);
        until("paid", async || {
            state_of(&buyer, &started).await == OrderState::Paid
        })
        .await;
        let paid = buyer.see(&started.order).await;
        assert_eq!(paid.timeline[0].kind, TimelineKind::Paid);
        assert_eq!(paid.pickup_code.as_ref().map(String::len), Some(8));
        let again = buyer.post(&format!("/api/orders/{}/payments", started.order));
        again.refused(ErrorCode::OrderStateConflict).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn a6_the_gateway_tells_what_was_paid_by_whether_it_calls_or_is_asked() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        let buyers = [Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await];
        for (buyer, drop) in buyers.iter().zip([false, true]) {
            cashier.switch(Switches {
                drop,
                ..Switches::default()
            });
            let started = order(buyer).await;
            cashier.pay_by(&started, "5a0e");
            if drop {
                buyer.check_payment(&started.order).await;
            }
            until("paid", async || {
                state_of(buyer, &started).await == OrderState::Paid
            })
            .await;
        }
        let one = "SELECT COUNT(DISTINCT hash) FROM account_trait WHERE kind = 'instrument'";
        let two = "SELECT COUNT(*) FROM account_trait WHERE kind = 'instrument'";
        assert_eq!(
            (count(&shop, one).await, count(&shop, two).await),
            (1, 2),
            "{}",
            shop.on
        );
        cashier.switch(Switches::default());
    }
}

#[tokio::test]
async fn a_declined_payment_can_be_tried_again() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        let buyer = Buyer::new(&shop, "1").await;
        let first = order(&buyer).await;
        cashier.decline(&first);
        buyer.check_payment(&first.order).await;
        let second = buyer.start_payment(&first.order).await;
        assert_ne!(first.payment, second.payment);
        cashier.pay(&second);
        let paid = buyer.check_payment(&first.order).await;
        assert_eq!(paid.card.state, OrderState::Paid, "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_p6_every_switch_of_the_gateway_ends_in_the_same_state() {
    let cashier = Cashier::open().await;
    let switches = [
        Switches {
            duplicate: 10,
            ..Switches::default()
        },
        Switches {
            forge: true,
            ..Switches::default()
        },
        Switches {
            late_ms: 300,
            duplicate: 2,
            ..Switches::default()
        },
        Switches {
            reorder: true,
            ..Switches::default()
        },
        Switches {
            drop: true,
            ..Switches::default()
        },
        Switches {
            wrong_amount: true,
            ..Switches::default()
        },
    ];
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        let buyer = Buyer::new(&shop, "1").await;
        for switch in &switches {
            cashier.switch(switch.clone());
            let started = order(&buyer).await;
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            let forged = state_of(&buyer, &started).await;
            assert_eq!(forged, OrderState::PendingPayment, "{switch:?}");
            cashier.pay(&started);
            let heard = !(switch.drop || switch.wrong_amount || switch.reorder);
            if heard {
                until("heard", async || {
                    state_of(&buyer, &started).await == OrderState::Paid
                })
                .await;
            }
            let paid = buyer.check_payment(&started.order).await;
            assert_eq!(
                paid.card.state,
                OrderState::Paid,
                "{switch:?} on {}",
                shop.on
            );
            assert_eq!((paid.version, paid.timeline.len()), (2, 2), "{switch:?}");
            cashier.switch(Switches::default());
            cashier.gateway().flush().unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            assert_eq!(buyer.see(&started.order).await.version, 2, "{switch:?}");
        }
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_p6_any_order_of_webhooks_ends_in_one_state() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        let buyer = Buyer::new(&shop, "1").await;
        // All 120 orders on SQLite; every fifth on PostgreSQL, where each commit costs more.
        let step = if shop.on == "sqlite" { 1 } else { 5 };
        for (round, order_of) in permutations(5).into_iter().enumerate().step_by(step) {
            // However long the rounds take, the gateway's time to pay begins anew with each.
            shop.clock.advance_ms(real_now().since(shop.clock.now()));
            let started = order(&buyer).await;
            let id = |n: usize| format!("{round}-{n}");
            let mut stranger = started.clone();
            stranger.order = "another".into();
            let events = [
                Webhook::paid(&id(0), &started, PRICE),
                Webhook::declined(&id(1), &started, PRICE),
                Webhook::paid(&id(2), &started, PRICE - 1),
                Webhook::paid(&id(3), &stranger, PRICE),
                Webhook::paid(&id(4), &started, PRICE),
            ];
            for n in order_of {
                let event = &events[n];
                if round % 10 == 0 {
                    assert_eq!(event.clone().forged().send(&shop).await.status, 422);
                    assert_eq!(event.clone().aged(301).send(&shop).await.status, 422);
                }
                for _ in 0..2 {
                    assert_eq!(event.send(&shop).await.status, 204);
                }
            }
            let paid = buyer.see(&started.order).await;
            assert_eq!(
                (paid.card.state, paid.version),
                (OrderState::Paid, 2),
                "{}",
                shop.on
            );
        }
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM refund").await, 0);
        audit(&shop).await;
    }
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(n - 1);
    shorter
        .iter()
        .flat_map(|one| {
            (0..n).map(move |at| {
                let mut longer = one.clone();
                longer.insert(at, n - 1);
                longer
            })
        })
        .collect()
}

#[tokio::test]
async fn inv_p4_webhook_and_return_page_at_once_pay_once() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        let buyer = Buyer::new(&shop, "1").await;
        cashier.switch(Switches {
            drop: true,
            ..Switches::default()
        });
        for round in 0..10 {
            let started = order(&buyer).await;
            cashier.pay(&started);
            let webhook = Webhook::paid(&format!("w{round}"), &started, PRICE);
            let twin = Webhook::paid(&format!("x{round}"), &started, PRICE);
            let (checked, told, twice) = tokio::join!(
                buyer.check_payment(&started.order),
                webhook.send(&shop),
                twin.send(&shop)
            );
            assert_eq!((told.status.as_u16(), twice.status.as_u16()), (204, 204));
            assert_eq!(checked.card.state, OrderState::Paid);
            assert_eq!(buyer.see(&started.order).await.version, 2, "{}", shop.on);
        }
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_p5_a_gateway_without_answer_is_asked_again_under_the_same_id() {
    let mut cashier = Cashier::open().await;
    let shops = cashier.shops().await;
    cashier.stop().await;
    for shop in shops {
        let buyer = Buyer::new(&shop, "1").await;
        let order = buyer.order(&[line(STRAWBERRIES, 1)]).await.card.id;
        let start = || buyer.post(&format!("/api/orders/{order}/payments"));
        start().refused(ErrorCode::GatewayUnavailable).await;
        let id = "SELECT COUNT(*) FROM payment WHERE state = 'requested'";
        assert_eq!(count(&shop, id).await, 1);
        start()
            .lang("zh-CN")
            .refused(ErrorCode::GatewayUnavailable)
            .await;
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM payment").await, 1);
        // The goods are not held for ever because of it.
        time_out(&shop).await;
        let closed = buyer.see(&order).await;
        assert_eq!(closed.card.state, OrderState::Closed, "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_p3_a_lost_webhook_is_made_up_for_by_asking() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        let buyer = Buyer::new(&shop, "1").await;
        cashier.switch(Switches {
            drop: true,
            ..Switches::default()
        });
        let started = order(&buyer).await;
        cashier.pay(&started);
        jobs::run_once(&shop.state).await;
        assert_eq!(state_of(&buyer, &started).await, OrderState::PendingPayment);
        shop.clock.advance_ms(30_000);
        jobs::run_once(&shop.state).await;
        assert_eq!(
            state_of(&buyer, &started).await,
            OrderState::Paid,
            "{}",
            shop.on
        );
        audit(&shop).await;
    }
}

#[tokio::test]
async fn unsigned_and_unreadable_webhooks_are_refused() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        let send = || {
            shop.post("/api/webhooks/payments")
                .without("sec-fetch-site")
        };
        send().json(&"{}").refused(ErrorCode::InvalidRequest).await;
        let mut odd = Webhook::paid("w", &order(&Buyer::new(&shop, "1").await).await, PRICE);
        odd.body = serde_json::json!({"type": "payment.paid"});
        assert_eq!(odd.send(&shop).await.status, 422);
        odd.body = serde_json::json!({"type": "payout.done", "data": {"payment": "p",
            "amount": {"minor": 1, "currency": "CNY"}}});
        assert_eq!(odd.send(&shop).await.status, 204);
    }
}

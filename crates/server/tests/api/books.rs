//! The money of orders in the books: a deposit until the goods are delivered, revenue then, and the inverse of what
//! stands when it goes back (rules.md 3.7 M2, M4; inv.L5).

use contract::OrderId;
use contract::fulfilment::FulfilmentChoice;
use contract::orders::{OrderDetail, OrderState};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config as Runs, TestRunner};
use server::groups::expire;
use server::trade::give_back::{Asked, Given, give_back};
use server::trade::refund;
use sqlx::Row;

use crate::groups::{
    HOUR_MS, MANGO, MANGO_BOX, STRAWBERRY, STRAWBERRY_BOX, offline_shops, pay, refund_all,
};
use crate::harness::TestShop;
use crate::sharing::Person;
use crate::shopping::{audit, line};

/// What the documents of an order say, in their order: event, account, minor units.
async fn posted(shop: &TestShop, order: &OrderId) -> Vec<(String, String, i64)> {
    let rows = sqlx::query(
        "SELECT d.event, e.account, e.minor FROM ledger_document d JOIN ledger_entry e ON e.document = d.seq \
         WHERE d.biz = 'order' AND d.biz_id = $1 ORDER BY d.seq, e.position",
    )
    .bind(order.as_str())
    .fetch_all(shop.state.db.reader())
    .await
    .unwrap();
    rows.iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect()
}

fn said(expected: &[(&str, &str, i64)]) -> Vec<(String, String, i64)> {
    let owned = |(event, account, minor): &(&str, &str, i64)| {
        ((*event).to_owned(), (*account).to_owned(), *minor)
    };
    expected.iter().map(owned).collect()
}

/// An order with shipping, paid.
async fn shipped(buyer: &Person<'_>, lines: &[(&str, u32)]) -> OrderDetail {
    let goods: Vec<_> = lines.iter().map(|(sku, n)| line(sku, *n)).collect();
    let address = serde_json::json!({ "name": "小周", "phone": "13800138000", "region": "上海",
        "detail": "1 号" });
    let address: contract::address::Address =
        buyer.buyer.post("/api/addresses").json(&address).ok().await;
    let fulfilment = FulfilmentChoice::Ship {
        address: Some(address.id),
    };
    let quote = contract::quote::QuoteRequest {
        lines: goods.clone(),
        fulfilment: Some(fulfilment.clone()),
        coupons: Vec::new(),
    };
    let quote: contract::quote::Quote = buyer.buyer.post("/api/quotes").json(&quote).ok().await;
    let request = contract::orders::OrderRequest {
        lines: goods,
        fulfilment,
        remark: String::new(),
        expected_total: quote.total,
        live: None,
        coupons: Vec::new(),
    };
    let order: OrderDetail = buyer.buyer.post("/api/orders").json(&request).ok().await;
    pay(buyer.buyer.shop, &order.card.id).await;
    order
}

#[tokio::test]
async fn m2_a_groups_order_is_a_deposit_until_it_is_delivered() {
    for shop in offline_shops().await {
        let (a, b) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (led, group) = a.buyer.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let order = &led.card.id;
        let paid = [
            ("captured", "CASH_CLEARING", 2490),
            ("captured", "CUSTOMER_DEPOSIT", -2490),
        ];
        assert_eq!(posted(&shop, order).await, said(&paid), "{}", shop.on);
        b.buyer.join_and_pay(&group, STRAWBERRY_BOX).await;
        assert_eq!(
            posted(&shop, order).await,
            said(&paid),
            "complete is not delivered"
        );
        a.receive(order).await;
        let delivered = [
            ("delivered", "CUSTOMER_DEPOSIT", 2490),
            ("delivered", "REVENUE", -2490),
            // Revenue is at the shop's own price; what the group took off it is the shop's to bear (M3).
            ("delivered", "DISCOUNT_STORE", 500),
            ("delivered", "REVENUE", -500),
        ];
        let both = [paid.as_slice(), delivered.as_slice()].concat();
        assert_eq!(posted(&shop, order).await, said(&both), "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn m2_a_group_that_fails_never_touches_revenue_and_leaves_nothing() {
    for shop in offline_shops().await {
        let a = Person::new(&shop, 1).await;
        let (led, group) = a.buyer.lead(MANGO, MANGO_BOX).await;
        shop.clock.advance_ms(24 * HOUR_MS);
        expire::expire(&shop.state, &group).await.unwrap();
        refund_all(&shop).await;
        let all = [
            ("captured", "CASH_CLEARING", 2390),
            ("captured", "CUSTOMER_DEPOSIT", -2390),
            ("returned", "CUSTOMER_DEPOSIT", 2390),
            ("returned", "REFUND_CLEARING", -2390),
            ("refunded", "REFUND_CLEARING", 2390),
            ("refunded", "CASH_CLEARING", -2390),
        ];
        assert_eq!(posted(&shop, &led.card.id).await, said(&all), "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn m4_a_return_after_delivery_is_the_inverse_of_its_shares() {
    for shop in offline_shops().await {
        let buyer = Person::new(&shop, 1).await;
        let order = shipped(&buyer, &[("FRU001-A", 2)]).await;
        let (id, shipping) = (&order.card.id, order.shipping_fee.minor);
        assert!(shipping > 0, "this order is sent by carrier");
        buyer.receive(id).await;
        give_back(
            &shop.state,
            id,
            &Asked {
                lines: vec![(0, 1)],
                ..Asked::default()
            },
        )
        .await
        .unwrap();
        audit(&shop).await;
        give_back(&shop.state, id, &Asked::default()).await.unwrap();
        audit(&shop).await;
        let all = posted(&shop, id).await;
        let returned: Vec<_> = all
            .iter()
            .filter(|(event, ..)| event == "returned")
            .cloned()
            .collect();
        let expected = [
            ("returned", "REVENUE", 2990),
            ("returned", "REFUND_CLEARING", -2990),
            ("returned", "REVENUE", 2990),
            ("returned", "REFUND_CLEARING", -2990),
            ("returned", "SHIPPING_INCOME", shipping),
            ("returned", "REFUND_CLEARING", -shipping),
        ];
        assert_eq!(returned, said(&expected), "{}", shop.on);
        refund_all(&shop).await;
        audit(&shop).await;
    }
}

/// M4, inv.L5: however returns are cut, before the delivery, after it or on both sides of it, they end at nothing,
/// and the books balance after every one of them.
#[tokio::test]
async fn inv_l5_returns_in_any_order_and_split_leave_nothing_in_any_account() {
    for shop in offline_shops().await {
        let mut runner = TestRunner::new(Runs::with_cases(10));
        let cuts = prop::collection::vec((0_i64..2, 1_i64..3), 0..5);
        let strategy = (1_u32..4, 1_u32..4, cuts, 0_usize..5);
        let sharer = Person::new(&shop, 900).await;
        let token = sharer.share().await.token;
        for round in 0..10 {
            let (a, b, cuts, received_at) = strategy.new_tree(&mut runner).unwrap().current();
            let buyer = Person::new(&shop, round).await;
            buyer.open(&token).await;
            let order = shipped(&buyer, &[("FRU001-A", a), ("FRU001-B", b)]).await;
            let id = &order.card.id;
            let (mut open, mut lines) = (true, [i64::from(a), i64::from(b)]);
            for (n, (line, quantity)) in cuts.iter().enumerate() {
                if n == received_at && open {
                    buyer.receive(id).await;
                }
                let asked = Asked {
                    lines: vec![(*line, *quantity)],
                    restock: n % 2 == 0,
                    key: None,
                };
                let left = &mut lines[usize::try_from(*line).unwrap()];
                match give_back(&shop.state, id, &asked).await {
                    Ok(given) => {
                        assert!(open && *quantity <= *left, "{cuts:?}");
                        *left -= quantity;
                        open = given != Given::Whole;
                    }
                    Err(_) => assert!(!open || *quantity > *left, "{cuts:?}"),
                }
                assert_eq!(open, lines != [0, 0], "{} {a} {b} {cuts:?}", shop.on);
                audit(&shop).await;
                if n % 2 == 1 {
                    refund_all(&shop).await;
                }
            }
            if open {
                give_back(&shop.state, id, &Asked::default()).await.unwrap();
            }
            refund_all(&shop).await;
            let seen = buyer.buyer.see(id).await;
            assert_eq!(seen.card.state, OrderState::Refunded, "{cuts:?}");
            assert_eq!(seen.refunded, order.card.total, "{cuts:?}");
            assert_eq!(sharer.balance().await, (0, 0), "{}: {cuts:?}", shop.on);
            audit(&shop).await;
        }
        let open = "SELECT COUNT(*) FROM ledger_balance WHERE minor <> 0";
        assert_eq!(crate::shopping::count(&shop, open).await, 0, "{}", shop.on);
    }
}

#[tokio::test]
async fn inv_p1_a_second_payment_comes_and_goes_as_a_deposit() {
    for shop in offline_shops().await {
        let buyer = Person::new(&shop, 1).await;
        let order = buyer.order(1).await.card.id;
        pay(&shop, &order).await;
        buyer.receive(&order).await;
        pay(&shop, &order).await;
        audit(&shop).await;
        let id: String = sqlx::query_scalar("SELECT id FROM refund")
            .fetch_one(shop.state.db.reader())
            .await
            .unwrap();
        refund::record_success(&shop.state, &id.into())
            .await
            .unwrap();
        let revenue: Vec<_> = posted(&shop, &order)
            .await
            .into_iter()
            .filter(|(_, account, _)| account == "REVENUE")
            .collect();
        assert_eq!(
            revenue,
            said(&[("delivered", "REVENUE", -2990)]),
            "{}",
            shop.on
        );
        let told = buyer.notices().await;
        assert_eq!(
            told.len(),
            1,
            "the buyer hears that the second is back: {told:?}"
        );
        audit(&shop).await;
    }
}

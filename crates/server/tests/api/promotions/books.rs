//! Promotions in the books (rules.md 3.7): gross, by who pays, undone by refunds to the cent.

use contract::books::{CampaignResult, Report};
use contract::groups::SeatTaken;
use contract::live_studio::StaffRole;
use contract::{ApiError, ErrorCode, OrderId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config as Runs, TestRunner};
use serde_json::json;
use server::ledger::audit as books;
use server::trade::give_back::{Asked, Given, give_back};
use sqlx::Row;

use super::{DAY, Editor, SALE, coupon, run, sale, shared, strawberries, with};
use crate::groups::{STRAWBERRY, STRAWBERRY_BOX, offline_shops, open, pay, refund_all};
use crate::harness::TestShop;
use crate::live::Host;
use crate::sharing::{Person, set_rate};
use crate::shopping::{Buyer, STRAWBERRIES_PRICE, audit, count, line, yuan};

async fn entries(shop: &TestShop, order: &OrderId, event: &str) -> Vec<(String, i64)> {
    let rows = sqlx::query(
        "SELECT e.account, CAST(SUM(e.minor) AS BIGINT) AS minor FROM ledger_document d \
         JOIN ledger_entry e ON e.document = d.seq WHERE d.biz_id = $1 AND d.event = $2 \
         GROUP BY e.account HAVING SUM(e.minor) <> 0 ORDER BY e.account",
    )
    .bind(order.as_str())
    .bind(event)
    .fetch_all(shop.state.db.reader())
    .await
    .unwrap();
    rows.iter()
        .map(|row| (row.get("account"), row.get("minor")))
        .collect()
}

fn said(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    expected
        .iter()
        .map(|(account, minor)| ((*account).to_owned(), *minor))
        .collect()
}

/// Points, worth 0.60 in the example, come with points: here all of the 100.00 are revenue.
#[tokio::test]
async fn m3_the_worked_example_is_right_to_the_cent() {
    for shop in offline_shops().await {
        set_rate(&shop, "p01", 500).await;
        shop.clock.advance_ms(31 * DAY);
        run(
            &shop,
            "UPDATE sku SET price = 10000, list_price = 10000 WHERE id = 'FRU001-A'",
        )
        .await;
        run(
            &shop,
            "UPDATE activity_sku SET price = 7000 WHERE sku = 'FRU001-A'",
        )
        .await;
        run(&shop, "UPDATE activity SET ends_at = ends_at + 9999999999").await;

        let (editor, sharer) = (Editor::new(&shop).await, Person::new(&shop, 900).await);
        let mut terms = shared(6000);
        terms["coupons"] = json!(true);
        let path = format!("/api/studio/activities/{STRAWBERRY}/terms");
        let set = shop.put(&path).cookie(&editor.0.me.cookie).fresh_key();
        set.json(&terms).ok::<serde_json::Value>().await;
        let dates = json!({ "ends_at": super::at(90 * DAY), "funding": [{ "funder": { "kind": "platform" }, "share_bp": 10_000 }] });
        let id = editor.publish(&with(coupon(0, 1000), dates)).await;
        let (a, b) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        a.open(&sharer.share().await.token).await;
        let code = a.buyer.claim(&id).await;
        let mut seat = Buyer::seat_request(open(STRAWBERRY), STRAWBERRY_BOX, 1, yuan(6000));
        seat.coupons = vec![code];
        let order = a.buyer.send_seat(&seat).ok::<SeatTaken>().await.order;
        assert_eq!(order.card.total, yuan(6000));
        pay(&shop, &order.card.id).await;
        let group = a
            .buyer
            .see(&order.card.id)
            .await
            .group
            .unwrap()
            .group
            .unwrap();
        b.buyer.join_and_pay(&group, STRAWBERRY_BOX).await;
        a.receive(&order.card.id).await;
        let id = &order.card.id;
        let captured = [("CASH_CLEARING", 6000), ("CUSTOMER_DEPOSIT", -6000)];
        assert_eq!(
            entries(&shop, id, "captured").await,
            said(&captured),
            "{}",
            shop.on
        );
        let delivered = [
            ("CUSTOMER_DEPOSIT", 6000),
            ("DISCOUNT_PLATFORM_RECV", 1000),
            ("DISCOUNT_STORE", 1800),
            ("DISCOUNT_SUPPLIER_RECV", 1200),
            ("REVENUE", -10_000),
        ];
        assert_eq!(
            entries(&shop, id, "delivered").await,
            said(&delivered),
            "{}",
            shop.on
        );
        let earned = [("COMMISSION_EXPENSE", 300), ("COMMISSION_PAYABLE", -300)];
        assert_eq!(
            entries(&shop, id, "earned").await,
            said(&earned),
            "{}",
            shop.on
        );
        audit(&shop).await;
    }
}

/// M4, M5: however returns of discounted goods are cut, before the delivery, after it or on both sides of it, every
/// account is at nothing in the end but the losses.
#[tokio::test]
async fn m4_refunds_of_discounted_goods_in_any_order_and_split_end_at_nothing_but_losses() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        run(&shop, "UPDATE stock SET on_hand = on_hand + 500").await;
        let unusual = json!({ "funding": [
            { "funder": { "kind": "store" }, "share_bp": 3333 },
            { "funder": { "kind": "supplier", "party": "orchard" }, "share_bp": 3333 },
            { "funder": { "kind": "platform" }, "share_bp": 3334 },
        ] });
        let flash = editor.publish(&with(sale(200), shared(6000))).await;
        let id = editor.publish(&with(coupon(0, 777), unusual)).await;
        let mut runner = TestRunner::new(Runs::with_cases(25));
        let cuts = prop::collection::vec((0_i64..2, 1_i64..3), 0..6);
        let strategy = (1_u32..4, 1_u32..4, cuts, 0_usize..6);
        for round in 0..25 {
            let (a, b, cuts, received_at) = strategy.new_tree(&mut runner).unwrap().current();
            let buyer = Person::new(&shop, round).await;
            let code = buyer.buyer.claim(&id).await;
            let goods = [line("FRU001-A", a), line("FRU001-B", b)];
            let order = buyer.buyer.order_by(&goods, &[code]).await;
            let order_id = &order.card.id;
            pay(&shop, order_id).await;
            let (mut open, mut lines) = (true, [i64::from(a), i64::from(b)]);
            for (n, (line, quantity)) in cuts.iter().enumerate() {
                if n == received_at && open {
                    buyer.receive(order_id).await;
                }
                let asked = Asked {
                    lines: vec![(*line, *quantity)],
                    restock: n % 2 == 0,
                    key: None,
                };
                let left = &mut lines[usize::try_from(*line).unwrap()];
                match give_back(&shop.state, order_id, &asked).await {
                    Ok(given) => {
                        assert!(open && *quantity <= *left, "{cuts:?}");
                        *left -= quantity;
                        open = given != Given::Whole;
                    }
                    Err(_) => assert!(!open || *quantity > *left, "{cuts:?}"),
                }
                audit(&shop).await;
            }
            if open {
                give_back(&shop.state, order_id, &Asked::default())
                    .await
                    .unwrap();
            }
            refund_all(&shop).await;
            assert_eq!(
                buyer.buyer.see(order_id).await.refunded,
                order.card.total,
                "{cuts:?}"
            );
            audit(&shop).await;
        }
        let owner = Host::new(&shop, "13800000055", StaffRole::Accountant).await;
        let loss = json!({ "promotion": flash, "cause": "spoilage", "owner": "warehouse", "note": "warm van",
            "amount": { "minor": 123, "currency": "CNY" } });
        owner
            .me
            .post("/api/studio/books/losses")
            .json(&loss)
            .ok::<serde_json::Value>()
            .await;
        let open = "SELECT COUNT(*) FROM ledger_balance WHERE minor <> 0 AND account NOT IN ('PROMO_LOSS', 'CASH_CLEARING')";
        assert_eq!(count(&shop, open).await, 0, "{}", shop.on);
        let lost = "SELECT minor FROM ledger_balance WHERE account = 'PROMO_LOSS'";
        assert_eq!(count(&shop, lost).await, 123, "M5");
        let result: CampaignResult = owner
            .me
            .get(&format!("/api/studio/campaigns/{flash}/result"))
            .ok()
            .await;
        assert_eq!(
            (result.revenue, result.losses, result.result),
            (yuan(0), yuan(123), yuan(-123))
        );
    }
}

#[tokio::test]
async fn m7_the_result_of_a_promotion_is_right_to_the_cent_after_one_of_two_lines_went_back() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let books = Host::new(&shop, "13800000055", StaffRole::Accountant).await;
        run(
            &shop,
            "UPDATE sku SET cost = 1000 WHERE id IN ('FRU001-A', 'FRU001-B')",
        )
        .await;
        let flash = editor.publish(&with(sale(20), shared(6000))).await;
        let id = editor.publish(&coupon(0, 500)).await;
        let buyer = Person::new(&shop, 1).await;
        let code = buyer.buyer.claim(&id).await;
        let goods = [line("FRU001-A", 1), line("FRU001-B", 1)];
        let order = buyer.buyer.order_by(&goods, &[code]).await;
        pay(&shop, &order.card.id).await;
        buyer.receive(&order.card.id).await;
        let support = Host::new(&shop, "13800000056", StaffRole::Support).await;
        let path = format!("/api/studio/orders/{}/refunds", order.card.id);
        let one = json!({ "lines": [{ "line": 1, "quantity": 1 }] });
        let ask = || support.me.post(&path).key("once").json(&one);
        let (given, again) = (ask().send().await, ask().send().await);
        assert_eq!(
            (given.status.as_u16(), given.body),
            (201, again.body),
            "{}",
            shop.on
        );
        refund_all(&shop).await;
        let result: CampaignResult = books
            .me
            .get(&format!("/api/studio/campaigns/{flash}/result"))
            .ok()
            .await;
        // 29.90 for 19.90: 6.00 by the shop, 4.00 by the orchard. The coupon's share of the line is the shop's too.
        assert_eq!(result.revenue, yuan(STRAWBERRIES_PRICE), "{}", shop.on);
        assert_eq!(
            (result.discount_store, result.discount_supplier),
            (yuan(600), yuan(400))
        );
        let other_price = order.card.lines[1].unit_price.minor;
        let share = 500 * SALE / (SALE + other_price);
        assert_eq!(result.other_discounts, yuan(share));
        assert_eq!(result.cost, yuan(1000));
        assert_eq!(result.result, yuan(STRAWBERRIES_PRICE - 600 - share - 1000));
        assert_eq!(result.lines.len(), 1, "drilled down to the line");
        let now = shop.state.clock.now().0;
        let report: Report = books
            .me
            .get(&format!(
                "/api/studio/books/report?from=0&until={}",
                now + 1
            ))
            .ok()
            .await;
        let funders: Vec<_> = report
            .by_funder
            .iter()
            .map(|sum| (sum.name.as_str(), sum.amount.minor))
            .collect();
        assert_eq!(funders, [("store", 600 + share), ("supplier:orchard", 400)]);
        let all: i64 = report.by_promotion.iter().map(|sum| sum.amount.minor).sum();
        assert_eq!(
            all,
            600 + share + 400,
            "M7: the whole is the sum of its parts"
        );
        let path = format!(
            "/api/studio/books/statement?from=0&until={}&party=supplier:orchard",
            now + 1
        );
        let csv = books.me.get(&path).send().await.text();
        assert_eq!(csv.lines().count(), 2, "{csv}");
        assert!(csv.contains("DISCOUNT_SUPPLIER_RECV,400,CNY"), "{csv}");
        assert_eq!(
            editor.0.me.get(&path).send().await.status,
            403,
            "not an editor's"
        );
    }
}

#[tokio::test]
async fn m9_a_closed_period_takes_nothing_and_what_undoes_it_stands_in_the_open_one() {
    for shop in offline_shops().await {
        let books = Host::new(&shop, "13800000055", StaffRole::Accountant).await;
        let buyer = Person::new(&shop, 1).await;
        let order = buyer.order(1).await.card.id;
        pay(&shop, &order).await;
        shop.clock.advance_ms(DAY);
        let until = shop.state.clock.now();
        let close = |until| {
            books
                .me
                .post("/api/studio/books/periods")
                .json(&json!({ "until": until }))
                .send()
        };
        assert_eq!(
            close(until.plus_ms(1)).await.status,
            422,
            "the future is open"
        );
        assert_eq!(close(until).await.status, 200);
        assert_eq!(
            close(until).await.json::<ApiError>().code,
            ErrorCode::PeriodClosed
        );
        give_back(&shop.state, &order, &Asked::default())
            .await
            .unwrap();
        let undone = count(
            &shop,
            "SELECT MIN(at) FROM ledger_document WHERE event = 'returned'",
        )
        .await;
        assert!(undone >= until.0, "{}", shop.on);
        let mut tx = shop.state.db.begin().await.unwrap();
        let mut late = server::ledger::Document {
            biz: "test",
            biz_id: "1".to_owned(),
            event: "late",
            idem_key: "late".to_owned(),
            at: until.plus_ms(-1),
            entries: Vec::new(),
        };
        let part = server::ledger::Part::of;
        late.add(
            part(server::ledger::Account::Revenue),
            part(server::ledger::Account::CashClearing),
            yuan(1),
            &Default::default(),
        )
        .unwrap();
        assert!(server::ledger::post(tx.conn(), &late).await.is_err());
    }
}

#[tokio::test]
async fn inv_l3_books_that_do_not_fit_stop_sales_until_they_do() {
    for shop in offline_shops().await {
        let buyer = Buyer::new(&shop, "13700000001").await;
        let order = buyer.order(&strawberries(1)).await;
        pay(&shop, &order.card.id).await;
        assert!(books::audit(&shop.state).await.unwrap().is_empty());
        run(
            &shop,
            "UPDATE ledger_balance SET minor = minor + 1 WHERE account = 'CASH_CLEARING'",
        )
        .await;
        assert_eq!(
            books::audit(&shop.state).await.unwrap().len(),
            1,
            "{}",
            shop.on
        );
        let total = buyer.quote(&strawberries(1)).await.total;
        let stopped = buyer.send_order(&strawberries(1), total).send().await;
        assert_eq!(
            (stopped.status.as_u16(), stopped.json::<ApiError>().code),
            (503, ErrorCode::SalesStopped)
        );
        run(
            &shop,
            "UPDATE ledger_balance SET minor = minor - 1 WHERE account = 'CASH_CLEARING'",
        )
        .await;
        let accountant = Host::new(&shop, "13800000055", StaffRole::Accountant).await;
        accountant
            .me
            .post("/api/studio/books/audits")
            .ok::<serde_json::Value>()
            .await;
        assert_eq!(
            buyer
                .send_order(&strawberries(1), total)
                .send()
                .await
                .status,
            201
        );
    }
}

#[tokio::test]
async fn inv_l8_days_are_sealed_one_upon_the_other() {
    for shop in offline_shops().await {
        let buyer = Buyer::new(&shop, "13700000001").await;
        for _ in 0..3 {
            let order = buyer.order(&strawberries(1)).await;
            pay(&shop, &order.card.id).await;
            shop.clock.advance_ms(DAY);
            assert!(
                books::audit(&shop.state).await.unwrap().is_empty(),
                "{}",
                shop.on
            );
        }
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM ledger_day").await, 3);
        for sql in [
            "UPDATE ledger_day SET hash = ''",
            "DELETE FROM ledger_day",
            "UPDATE order_line SET quantity = 0",
        ] {
            let mut tx = shop.state.db.begin().await.unwrap();
            assert!(sqlx::query(sql).execute(tx.conn()).await.is_err(), "{sql}");
        }
        // A day whose hash is not that of its documents.
        run(&shop, "INSERT INTO ledger_day (day, last_seq, hash, sealed_at) SELECT MAX(day) + 1, MAX(last_seq), 'forged', 0 FROM ledger_day").await;
        let faults = books::audit(&shop.state).await.unwrap();
        assert!(
            matches!(faults.as_slice(), [books::Fault::Changed { .. }]),
            "{faults:?}"
        );
    }
}

//! What a sale pays from its payment to the payout, and back (rules.md 3.2 A8 to A12; reliability inv.L1 to L7).

use contract::earnings::{CommissionState, WithdrawalState};
use contract::notifications::Notice;
use contract::orders::{OrderAction, OrderState};
use contract::{ErrorCode, OrderId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config as Runs, TestRunner};
use server::jobs;

use crate::checks::BOOK_CHECKS;
use crate::harness::TestShop;
use crate::sharing::{DAY_MS, Person, audit_books, give_back, pay, set_rate};
use crate::shopping::{audit, count, yuan};

/// An order of some strawberries, paid by somebody whom a sharer brought.
async fn sold<'a>(shop: &'a TestShop, quantity: u32) -> (Person<'a>, Person<'a>, OrderId) {
    let (sharer, buyer) = (Person::new(shop, 1).await, Person::new(shop, 2).await);
    let token = sharer.share().await.token;
    let order = buyer.buy_by(&token, quantity).await;
    (sharer, buyer, order)
}

async fn wait(shop: &TestShop, ms: i64) {
    shop.clock.advance_ms(ms);
    jobs::run_once(&shop.state).await;
}

#[tokio::test]
async fn a8_shipping_is_no_base_and_a_fixed_amount_replaces_the_rate() {
    for shop in TestShop::each_stocked().await {
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query("INSERT INTO commission_fixed (sku, minor) VALUES ('FRU001-B', 150)")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        buyer.open(&sharer.share().await.token).await;
        let order = buyer.order_of(&[("FRU001-A", 2), ("FRU001-B", 3)]).await;
        pay(&shop, &order.card.id).await;
        // 59.80 at 10 %, and 3 × 1.50.
        assert_eq!(sharer.balance().await, (0, 598 + 450), "{}", shop.on);
        let rows = sharer.commissions().await;
        assert_eq!(rows.len(), 2);
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a9_pending_at_payment_frozen_at_receipt_available_after_seven_days() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer, order) = sold(&shop, 1).await;
        let detail = buyer.buyer.see(&order).await;
        assert!(detail.actions.contains(&OrderAction::ConfirmReceipt));
        let received = buyer.receive(&order).await;
        assert_eq!(received.card.state, OrderState::Received);
        assert!(received.actions.is_empty());
        let again = buyer.buyer.post(&format!("/api/orders/{order}/receipt"));
        again.refused(ErrorCode::OrderStateConflict).await;
        let row = sharer.commissions().await.remove(0);
        assert_eq!(row.state, CommissionState::Frozen);
        let due = shop.state.clock.now().plus_ms(7 * DAY_MS);
        assert_eq!(row.available_at, Some(due));
        let next = sharer.earnings().await.next.unwrap();
        assert_eq!((next.at, next.amount), (due, yuan(299)));

        wait(&shop, 7 * DAY_MS - 1).await;
        assert_eq!(sharer.balance().await, (0, 299), "{}", shop.on);
        wait(&shop, 1).await;
        jobs::run_once(&shop.state).await;
        assert_eq!(sharer.balance().await, (299, 0), "{}", shop.on);
        let row = sharer.commissions().await.remove(0);
        assert_eq!(row.state, CommissionState::Available);
        audit_books(&shop).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn a9_an_order_that_cannot_settle_holds_up_no_other() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer, first) = sold(&shop, 1).await;
        let other = Person::new(&shop, 3).await;
        let second = other.buy_by(&sharer.share().await.token, 2).await;
        buyer.receive(&first).await;
        other.receive(&second).await;
        // The first of the batch cannot be settled: the books have its settlement already.
        assert!(first.as_str() < second.as_str());
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query(
            "INSERT INTO ledger_document (seq, biz, biz_id, event, idem_key, at) \
             VALUES (0, 'commission', $1, 'available', $2, 0)",
        )
        .bind(first.as_str())
        .bind(format!("commission.available:{first}"))
        .execute(tx.conn())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        wait(&shop, 7 * DAY_MS).await;
        assert_eq!(sharer.balance().await, (598, 299), "{}", shop.on);
    }
}

#[tokio::test]
async fn f109_an_order_whose_buyer_says_nothing_counts_as_received_after_seven_days() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer, order) = sold(&shop, 1).await;
        wait(&shop, 7 * DAY_MS - 1).await;
        let state = buyer.buyer.see(&order).await.card.state;
        assert_eq!(state, OrderState::Paid, "{}", shop.on);
        wait(&shop, 1).await;
        let state = buyer.buyer.see(&order).await.card.state;
        assert_eq!(state, OrderState::Received, "{}", shop.on);
        wait(&shop, 7 * DAY_MS).await;
        assert_eq!(sharer.balance().await, (299, 0));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn a10_an_order_that_is_cancelled_takes_everything_back_once() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer, order) = sold(&shop, 3).await;
        assert_eq!(sharer.balance().await, (0, 897));
        buyer.buyer.cancel(&order).await;
        assert_eq!(sharer.balance().await, (0, 0), "{}", shop.on);
        let row = sharer.commissions().await.remove(0);
        assert_eq!(
            (row.state, row.amount),
            (CommissionState::Reversed, yuan(0))
        );
        let stats = sharer.shares().await.remove(0);
        assert_eq!((stats.paid, stats.earned), (1, yuan(0)));
        wait(&shop, 20 * DAY_MS).await;
        assert_eq!(sharer.balance().await, (0, 0));
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a10_a_part_that_goes_back_takes_its_part_back() {
    for shop in TestShop::each_stocked().await {
        let (sharer, _, order) = sold(&shop, 1).await;
        // 29.90 at 10 % is 2.99; a third of it goes back, then the rest in two parts.
        give_back(&shop, &order, &[(0, 997)], "refund-1").await;
        assert_eq!(sharer.balance().await, (0, 199), "{}", shop.on);
        give_back(&shop, &order, &[(0, 997)], "refund-1").await;
        assert_eq!(sharer.balance().await, (0, 199), "the same refund twice");
        give_back(&shop, &order, &[(0, 1)], "refund-2").await;
        give_back(&shop, &order, &[(0, 1992)], "refund-3").await;
        assert_eq!(sharer.balance().await, (0, 0));
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn inv_l5_partial_refunds_in_any_order_and_split_end_at_zero() {
    for shop in TestShop::each_stocked_with(&[("second_level_bp", "3333")]).await {
        let upline = Person::new(&shop, 90).await;
        let first = upline.share().await.token;
        let sharer = Person::brought(&shop, 91, &first).await;
        let token = sharer.share().await.token;
        let buyer = Person::new(&shop, 92).await;
        let mut runner = TestRunner::new(Runs::with_cases(12));
        let cuts = prop::collection::vec((0_i64..2, 1_i64..4000), 1..8);
        let strategy = (1_u32..4, 1_u32..4, cuts);
        for round in 0..12 {
            let (a, b, cuts) = strategy.new_tree(&mut runner).unwrap().current();
            buyer.open(&token).await;
            let order = buyer.order_of(&[("FRU001-A", a), ("FRU001-B", b)]).await;
            pay(&shop, &order.card.id).await;
            assert!(upline.balance().await.1 > 0 && sharer.balance().await.1 > 0);
            for (n, cut) in cuts.iter().enumerate() {
                let key = format!("refund-{round}-{n}");
                give_back(&shop, &order.card.id, &[*cut], &key).await;
                audit_books(&shop).await;
            }
            let rest = [(0, i64::from(u32::MAX)), (1, i64::from(u32::MAX))];
            give_back(&shop, &order.card.id, &rest, &format!("rest-{round}")).await;
            assert_eq!(upline.balance().await, (0, 0), "{}: {cuts:?}", shop.on);
            assert_eq!(sharer.balance().await, (0, 0), "{}: {cuts:?}", shop.on);
        }
        let open =
            "SELECT COUNT(*) FROM ledger_balance WHERE minor <> 0 AND account LIKE 'COMMISSION%'";
        assert_eq!(count(&shop, open).await, 0, "{}", shop.on);
    }
}

#[tokio::test]
async fn a11_a_rate_rises_at_once_and_falls_after_thirty_days_with_notice() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        let now = shop.state.clock.now();
        assert_eq!(set_rate(&shop, "p01", 1500).await, now);
        let falls = set_rate(&shop, "p01", 600).await;
        assert_eq!(falls, now.plus_ms(30 * DAY_MS));
        let stats = sharer.shares().await.remove(0);
        let change = stats.rate_change.unwrap();
        assert_eq!(
            (stats.rate_bp, change.rate_bp, change.at),
            (1500, 600, falls)
        );
        // The same word again, as every import says it, does not put it off.
        shop.clock.advance_ms(DAY_MS);
        assert_eq!(set_rate(&shop, "p01", 600).await, falls);
        shop.clock.advance_ms(29 * DAY_MS - 1);
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 448), "{}", shop.on);
        shop.clock.advance_ms(1);
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 448 + 179), "{}", shop.on);
        // A fall that is called off never comes.
        set_rate(&shop, "p01", 100).await;
        assert_eq!(set_rate(&shop, "p01", 600).await, shop.state.clock.now());
        assert!(sharer.shares().await.remove(0).rate_change.is_none());
    }
}

#[tokio::test]
async fn inv_l2_the_ledger_cannot_be_changed() {
    for shop in TestShop::each_stocked().await {
        sold(&shop, 1).await;
        for change in [
            "UPDATE ledger_entry SET minor = minor + 1",
            "DELETE FROM ledger_entry",
            "UPDATE ledger_document SET at = 0",
            "DELETE FROM ledger_document",
        ] {
            let mut tx = shop.state.db.begin().await.unwrap();
            let refused = sqlx::query(change).execute(tx.conn()).await.unwrap_err();
            assert!(
                refused.to_string().contains("append-only"),
                "{}: {refused}",
                shop.on
            );
        }
        audit_books(&shop).await;
    }
}

/// Each check of the books, and a fault that it must see.
const FAULTS: &[(&str, &str)] = &[
    (
        "documents that do not balance",
        "INSERT INTO ledger_entry (document, position, account, party, stage, currency, minor, dimensions) \
         VALUES (1, 9, 'CASH_CLEARING', '', '', 'CNY', 1, '{}')",
    ),
    (
        "documents without entries",
        "INSERT INTO ledger_document (seq, biz, biz_id, event, idem_key, at) VALUES (99, 'x', 'x', 'x', 'x', 0)",
    ),
    (
        "balances that are not the sum of their entries",
        "UPDATE ledger_balance SET minor = minor + 1 WHERE account = 'COMMISSION_EXPENSE'",
    ),
    (
        "gaps in the numbers of documents",
        "UPDATE ledger_head SET seq = seq + 1",
    ),
    (
        "payees whose rows differ from the books",
        "UPDATE commission SET amount_minor = amount_minor + 1 WHERE state <> 'reversed'",
    ),
    (
        "cash that is not what came less what is back",
        "UPDATE payment SET captured_minor = 0, refund_minor = 0",
    ),
    (
        "orders whose deposit or revenue is not what was paid and does not go back",
        "INSERT INTO ledger_entry (document, position, account, party, stage, currency, minor, dimensions) \
         SELECT seq, 9, 'REVENUE', '', '', 'CNY', -1, '{}' FROM ledger_document \
         WHERE event = 'captured' ORDER BY seq LIMIT 1",
    ),
    (
        "accounts of refunded orders that are not empty",
        "UPDATE orders SET state = 'refunded' WHERE state = 'paid'",
    ),
    (
        "refunds of more than a line holds, or than they are",
        "UPDATE refund_line SET quantity = quantity + 1",
    ),
];

#[tokio::test]
async fn the_checks_of_the_books_catch_planted_faults() {
    for shop in TestShop::each_stocked().await {
        let (_, buyer, _) = sold(&shop, 1).await;
        let back = buyer.order(1).await.card.id;
        pay(&shop, &back).await;
        buyer.buyer.cancel(&back).await;
        audit_books(&shop).await;
        for (name, fault) in FAULTS {
            let (_, sql) = BOOK_CHECKS.iter().find(|(check, _)| check == name).unwrap();
            let mut tx = shop.state.db.begin().await.unwrap();
            let done = sqlx::query(*fault).execute(tx.conn()).await.unwrap();
            assert!(done.rows_affected() > 0, "{name} on {}", shop.on);
            let found: i64 = sqlx::query_scalar(*sql).fetch_one(tx.conn()).await.unwrap();
            assert!(found > 0, "{name} on {}", shop.on);
            tx.rollback().await.unwrap();
        }
        audit_books(&shop).await;
    }
}

/// reliability 3.1: whoever brings whom, inside a linked component nobody earns, and no order pays more than its
/// rate of what was paid and not given back.
#[tokio::test]
async fn a6_in_random_graphs_nobody_earns_inside_a_linked_component() {
    for shop in TestShop::each_stocked_with(&[("second_level_bp", "2000")]).await {
        let mut runner = TestRunner::new(Runs::with_cases(6));
        let edges = prop::collection::vec((0_usize..6, 0_usize..6, prop::bool::ANY), 4..14);
        let shared = prop::collection::vec(0_u32..5, 6);
        for round in 0..6_u32 {
            let (edges, shared) = (&edges, &shared).new_tree(&mut runner).unwrap().current();
            let mut people = Vec::new();
            let mut tokens = Vec::new();
            for (n, browser) in shared.iter().enumerate() {
                // Two people may share a browser; 4 means one of their own.
                let number = round * 100 + u32::try_from(n).unwrap();
                let browser = if *browser == 4 { 50 + number } else { *browser };
                let device = format!("{:032x}", 10_000 + round * 1000 + browser);
                let person = Person::in_browser(&shop, number, &device).await;
                tokens.push(person.share().await.token);
                people.push(person);
            }
            let mut bought = Vec::new();
            for (buyer, sharer, cancels) in &edges {
                let order = people[*buyer].buy_by(&tokens[*sharer], 1).await;
                shop.clock.advance_ms(1000);
                if *cancels {
                    people[*buyer].buyer.cancel(&order).await;
                }
                if buyer != sharer {
                    bought.push((*buyer, *sharer));
                }
            }
            let linked = components(&bought, &shared);
            for (buyer, sharer) in &bought {
                let earned = earned_from(&shop, &people[*buyer], &people[*sharer]).await;
                if linked[*buyer] == linked[*sharer] {
                    assert_eq!(earned, 0, "{} {edges:?} {shared:?}", shop.on);
                }
            }
            audit_books(&shop).await;
            let too_much = "SELECT COUNT(*) FROM (SELECT c.order_id, SUM(c.amount_minor - c.reversed_minor) AS pays, \
                 MAX(o.goods_minor) AS goods, MAX(CASE WHEN o.state IN ('refunding', 'refunded') THEN 0 ELSE 1 END) AS kept \
                 FROM commission c JOIN orders o ON o.id = c.order_id GROUP BY c.order_id) x \
                 WHERE pays * 10000 > goods * 1000 * kept";
            assert_eq!(count(&shop, too_much).await, 0, "{}", shop.on);
        }
    }
}

/// What a sharer holds of what a buyer bought, in fen.
async fn earned_from(shop: &TestShop, buyer: &Person<'_>, sharer: &Person<'_>) -> i64 {
    sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(c.amount_minor - c.reversed_minor), 0) AS BIGINT) FROM commission c \
         JOIN orders o ON o.id = c.order_id WHERE o.owner = $1 AND c.payee = $2",
    )
    .bind(buyer.buyer.id.as_str())
    .bind(sharer.buyer.id.as_str())
    .fetch_one(shop.state.db.reader())
    .await
    .unwrap()
}

/// Which component each of six people is in: those who share a browser, and those who bring each other, if by way
/// of others. The model that the shop is compared with.
fn components(bought: &[(usize, usize)], shared: &[u32]) -> [usize; 6] {
    let mut reaches = [[false; 6]; 6];
    for (a, browser) in shared.iter().enumerate() {
        reaches[a][a] = true;
        for (b, other) in shared.iter().enumerate() {
            reaches[a][b] |= browser == other && *browser != 4;
        }
    }
    for (buyer, sharer) in bought {
        reaches[*buyer][*sharer] = true;
    }
    for by in 0..6 {
        for from in 0..6 {
            for to in 0..6 {
                reaches[from][to] |= reaches[from][by] && reaches[by][to];
            }
        }
    }
    std::array::from_fn(|a| {
        (0..6)
            .find(|b| reaches[a][*b] && reaches[*b][a])
            .unwrap_or(a)
    })
}

#[tokio::test]
async fn a12_a_withdrawal_debits_at_once_and_a_refusal_gives_it_back() {
    for shop in TestShop::each_stocked_with(&[("withdrawal_min", "100")]).await {
        let (sharer, buyer, order) = sold(&shop, 1).await;
        buyer.receive(&order).await;
        wait(&shop, 7 * DAY_MS).await;
        sharer
            .withdraw(300)
            .await
            .refused(ErrorCode::BalanceTooLow)
            .await;
        sharer
            .withdraw(99)
            .await
            .refused(ErrorCode::InvalidRequest)
            .await;
        sharer
            .withdraw(-100)
            .await
            .refused(ErrorCode::InvalidRequest)
            .await;
        let asked = sharer.withdrawn(200).await;
        assert_eq!(asked.state, WithdrawalState::Requested);
        assert_eq!(sharer.balance().await, (99, 0), "{}", shop.on);
        sharer
            .withdraw(100)
            .await
            .refused(ErrorCode::BalanceTooLow)
            .await;
        server::payout::reject(&shop.state, &asked.id, "name does not match")
            .await
            .unwrap();
        assert_eq!(sharer.balance().await, (299, 0), "{}", shop.on);
        let listed = sharer.withdrawals().await.remove(0);
        assert_eq!(listed.state, WithdrawalState::Rejected);
        assert_eq!(listed.reason.as_deref(), Some("name does not match"));
        for decided in [
            server::payout::approve(&shop.state, &asked.id).await,
            server::payout::reject(&shop.state, &asked.id, "").await,
            server::payout::retry(&shop.state, &asked.id).await,
        ] {
            assert_eq!(decided.unwrap_err().code(), ErrorCode::OrderStateConflict);
        }
        assert_eq!(sharer.earnings().await.withdrawn, yuan(0));
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a12_many_withdrawals_at_once_take_no_more_than_there_is() {
    for shop in TestShop::each_stocked_with(&[("withdrawal_min", "100")]).await {
        let (sharer, buyer, order) = sold(&shop, 1).await;
        buyer.receive(&order).await;
        wait(&shop, 7 * DAY_MS).await;
        let mut asking = Vec::new();
        for _ in 0..20 {
            let request = sharer.withdraw(100).await;
            asking.push(tokio::spawn(async move { request.send().await.status }));
        }
        let mut paid = 0;
        for asked in asking {
            paid += usize::from(asked.await.unwrap() == 201);
        }
        assert_eq!(paid, 2, "{}", shop.on);
        assert_eq!(sharer.balance().await, (99, 0));
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a_sharer_is_told_of_a_sale_once_and_of_what_goes_back() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        buyer.open(&sharer.share().await.token).await;
        let order = buyer.order_of(&[("FRU001-A", 1), ("FRU001-B", 1)]).await;
        pay(&shop, &order.card.id).await;
        jobs::run_once(&shop.state).await;
        jobs::run_once(&shop.state).await;
        let told = sharer.notices().await;
        let earned = Notice::CommissionEarned { amount: yuan(698) };
        assert_eq!(told, std::slice::from_ref(&earned), "{}", shop.on);
        give_back(&shop, &order.card.id, &[(0, 2990)], "refund-1").await;
        jobs::run_once(&shop.state).await;
        let lost = Notice::CommissionReversed { amount: yuan(299) };
        assert_eq!(sharer.notices().await, [lost, earned], "{}", shop.on);
        assert!(buyer.notices().await.is_empty());
    }
}

//! Payouts through a real gateway: transferred once, told in any order and number, failing and tried again, and
//! taken back after the money is gone (rules.md A12, A10).

use contract::earnings::{CommissionState, WithdrawalState};
use contract::notifications::Notice;
use contract::{OrderId, WithdrawalId};
use sandbox_gateway::Switches;
use server::jobs;

use crate::cashier::{Cashier, until};
use crate::harness::TestShop;
use crate::sharing::{DAY_MS, Person, audit_books, give_back};
use crate::shopping::{count, yuan};

/// A sharer with some yuan to withdraw, and the order that brought them.
async fn earner<'a>(shop: &'a TestShop, number: u32) -> (Person<'a>, OrderId) {
    let sharer = Person::new(shop, number).await;
    let buyer = Person::new(shop, number + 1000).await;
    let token = sharer.share().await.token;
    let order = buyer.buy_by(&token, 10).await;
    buyer.receive(&order).await;
    let mut tx = shop.state.db.begin().await.unwrap();
    sqlx::query("UPDATE commission SET available_at = 0 WHERE payee = $1")
        .bind(sharer.buyer.id.as_str())
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    jobs::run_once(&shop.state).await;
    assert_eq!(sharer.balance().await, (2990, 0));
    (sharer, order)
}

async fn is(sharer: &Person<'_>, id: &WithdrawalId, state: WithdrawalState) -> bool {
    let listed = sharer.withdrawals().await;
    listed.iter().any(|one| one.id == *id && one.state == state)
}

/// How much the gateway paid out, in fen, and in how many transfers.
fn transferred(cashier: &Cashier) -> (i64, i64) {
    cashier.gateway().read(|book| {
        let done: Vec<_> = book
            .transfers()
            .filter(|transfer| transfer.state == sandbox_gateway::ledger::TransferState::Succeeded)
            .collect();
        let sum = done
            .iter()
            .map(|transfer| transfer.terms.amount.minor)
            .sum();
        (sum, done.iter().map(|_| 1).sum())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a12_an_approved_withdrawal_is_transferred_once_however_often_it_is_told() {
    let cashier = Cashier::open().await;
    for (before, shop) in (0..).zip(cashier.shops().await) {
        cashier.serve(&shop);
        cashier.switch(Switches {
            duplicate: 4,
            reorder: true,
            forge: true,
            ..Switches::default()
        });
        let (sharer, _) = earner(&shop, 1).await;
        let asked = sharer.withdrawn(2000).await;
        jobs::run_once(&shop.state).await;
        assert!(
            is(&sharer, &asked.id, WithdrawalState::Requested).await,
            "not reviewed"
        );
        server::payout::approve(&shop.state, &asked.id)
            .await
            .unwrap();
        for _ in 0..3 {
            jobs::run_once(&shop.state).await;
        }
        cashier.switch(Switches::default());
        until("paid", || is(&sharer, &asked.id, WithdrawalState::Paid)).await;
        let earnings = sharer.earnings().await;
        assert_eq!(
            (earnings.available, earnings.withdrawn),
            (yuan(990), yuan(2000))
        );
        let (sum, transfers) = transferred(&cashier);
        assert_eq!(
            (sum, transfers),
            (2000 * (before + 1), before + 1),
            "{}",
            shop.on
        );
        let paid = Notice::WithdrawalEnded {
            amount: yuan(2000),
            paid: true,
        };
        assert_eq!(
            sharer
                .notices()
                .await
                .iter()
                .filter(|n| **n == paid)
                .count(),
            1
        );
        let cash = "SELECT CAST(COALESCE(-SUM(minor), 0) AS BIGINT) FROM ledger_entry e \
             JOIN ledger_document d ON d.seq = e.document WHERE d.biz = 'withdrawal' AND account = 'CASH_CLEARING'";
        assert_eq!(count(&shop, cash).await, 2000);
        audit_books(&shop).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a12_a_transfer_that_fails_is_tried_again_as_a_new_one_or_refused() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        cashier.switch(Switches {
            fail_transfers: true,
            duplicate: 2,
            ..Switches::default()
        });
        let (sharer, _) = earner(&shop, 1).await;
        let asked = sharer.withdrawn(2000).await;
        server::payout::approve(&shop.state, &asked.id)
            .await
            .unwrap();
        jobs::run_once(&shop.state).await;
        until("failed", || is(&sharer, &asked.id, WithdrawalState::Failed)).await;
        assert_eq!(
            sharer.balance().await,
            (990, 0),
            "the money is still set aside"
        );
        jobs::run_once(&shop.state).await;
        assert!(
            is(&sharer, &asked.id, WithdrawalState::Failed).await,
            "nobody said retry"
        );
        cashier.switch(Switches::default());
        server::payout::retry(&shop.state, &asked.id).await.unwrap();
        jobs::run_once(&shop.state).await;
        until("paid", || is(&sharer, &asked.id, WithdrawalState::Paid)).await;

        cashier.switch(Switches {
            fail_transfers: true,
            ..Switches::default()
        });
        let (other, _) = earner(&shop, 5).await;
        let asked = other.withdrawn(1000).await;
        server::payout::approve(&shop.state, &asked.id)
            .await
            .unwrap();
        jobs::run_once(&shop.state).await;
        until("failed", || is(&other, &asked.id, WithdrawalState::Failed)).await;
        server::payout::reject(&shop.state, &asked.id, "account closed")
            .await
            .unwrap();
        assert_eq!(other.balance().await, (2990, 0), "{}", shop.on);
        audit_books(&shop).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a12_a_gateway_that_does_not_answer_is_asked_again_with_the_same_id() {
    let mut cashier = Cashier::open().await;
    let shops = cashier.shops().await;
    cashier.stop().await;
    for shop in shops {
        let (sharer, _) = earner(&shop, 1).await;
        let asked = sharer.withdrawn(2000).await;
        server::payout::approve(&shop.state, &asked.id)
            .await
            .unwrap();
        jobs::run_once(&shop.state).await;
        assert!(is(&sharer, &asked.id, WithdrawalState::Paying).await);
        shop.clock.advance_ms(DAY_MS);
        jobs::run_once(&shop.state).await;
        assert!(is(&sharer, &asked.id, WithdrawalState::Paying).await);
        let tries = "SELECT tries FROM withdrawal";
        assert_eq!(count(&shop, tries).await, 1, "{}", shop.on);
        assert_eq!(sharer.balance().await, (990, 0));
        audit_books(&shop).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a10_a_refund_after_the_withdrawal_leaves_a_debt_that_blocks_the_next() {
    let cashier = Cashier::open().await;
    for shop in cashier.shops().await {
        cashier.serve(&shop);
        let (sharer, order) = earner(&shop, 1).await;
        let asked = sharer.withdrawn(2990).await;
        server::payout::approve(&shop.state, &asked.id)
            .await
            .unwrap();
        jobs::run_once(&shop.state).await;
        until("paid", || is(&sharer, &asked.id, WithdrawalState::Paid)).await;
        let row = sharer.commissions().await.remove(0);
        assert_eq!(row.state, CommissionState::Withdrawn);

        give_back(&shop, &order, &[(0, 14_950)], "refund-1").await;
        assert_eq!(sharer.balance().await, (-1495, 0), "{}", shop.on);
        give_back(&shop, &order, &[(0, 14_950)], "refund-2").await;
        assert_eq!(sharer.balance().await, (-2990, 0), "never clamped");
        let row = sharer.commissions().await.remove(0);
        assert_eq!(row.state, CommissionState::Reversed);
        let refused = sharer.withdraw(1000).await;
        refused.refused(contract::ErrorCode::BalanceTooLow).await;
        audit_books(&shop).await;
    }
}

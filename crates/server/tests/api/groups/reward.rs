//! What a complete group pays its leader, through the commission ledger from its success to the payout (G16).

use contract::earnings::{CommissionKind, CommissionState};
use contract::notifications::Notice;
use server::jobs;

use super::*;
use crate::sharing::{DAY_MS, Person, suspend};
use crate::shopping::{audit, count, yuan};

/// Shops whose group-buys pay a tenth to the leader.
async fn rewarding() -> Vec<TestShop> {
    let shops = TestShop::each_stocked_with(&[("withdrawal_min", "100")]).await;
    for shop in &shops {
        edit(shop, "UPDATE activity SET leader_reward_bp = 1000").await;
    }
    shops
}

async fn wait(shop: &TestShop, ms: i64) {
    shop.clock.advance_ms(ms);
    jobs::run_once(&shop.state).await;
}

#[tokio::test]
async fn g16_the_reward_is_pending_at_success_frozen_at_receipt_available_after_seven_days() {
    for shop in rewarding().await {
        let (leader, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (led, group) = leader.buyer.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let seen = leader.buyer.group(&group).await;
        assert_eq!(seen.mine.unwrap().reward, Some(yuan(249)), "{}", shop.on);
        assert_eq!(seen.prices[0].reward, Some(yuan(249)));
        assert_eq!(leader.balance().await, (0, 0), "nothing while it forms");
        let joined = friend.buyer.join_and_pay(&group, STRAWBERRY_BOX).await;
        assert_eq!(leader.balance().await, (0, 249), "{}", shop.on);
        assert_eq!(friend.balance().await, (0, 0));
        let row = leader.commissions().await.remove(0);
        assert_eq!(
            (row.kind, row.state, row.amount),
            (
                CommissionKind::LeaderReward,
                CommissionState::Pending,
                yuan(249)
            )
        );
        jobs::run_once(&shop.state).await;
        jobs::run_once(&shop.state).await;
        let earned = Notice::RewardEarned { amount: yuan(249) };
        let told = leader.notices().await;
        assert_eq!(told.iter().filter(|notice| **notice == earned).count(), 1);

        // It follows the leader's order, not the member's.
        friend.receive(&joined.card.id).await;
        wait(&shop, 6 * DAY_MS).await;
        assert_eq!(leader.balance().await, (0, 249));
        leader.receive(&led.card.id).await;
        let row = leader.commissions().await.remove(0);
        assert_eq!(row.state, CommissionState::Frozen);
        wait(&shop, 7 * DAY_MS - 1).await;
        assert_eq!(leader.balance().await, (0, 249), "{}", shop.on);
        wait(&shop, 1).await;
        assert_eq!(leader.balance().await, (249, 0), "{}", shop.on);
        leader.withdrawn(249).await;
        assert_eq!(leader.balance().await, (0, 0));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g16_a_leader_who_is_refunded_loses_the_reward_and_a_members_refund_costs_nothing() {
    for shop in rewarding().await {
        let (leader, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (led, group) = leader.buyer.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let joined = friend.buyer.join_and_pay(&group, STRAWBERRY_BOX).await;
        jobs::run_once(&shop.state).await;
        friend.buyer.cancel(&joined.card.id).await;
        assert_eq!(leader.balance().await, (0, 249), "{}", shop.on);
        leader.buyer.cancel(&led.card.id).await;
        assert_eq!(leader.balance().await, (0, 0), "{}", shop.on);
        let row = leader.commissions().await.remove(0);
        assert_eq!(
            (row.state, row.amount),
            (CommissionState::Reversed, yuan(0))
        );
        assert_eq!(leader.buyer.group(&group).await.mine.unwrap().reward, None);
        jobs::run_once(&shop.state).await;
        let less = Notice::RewardReversed { amount: yuan(249) };
        assert!(leader.notices().await.contains(&less));
        refund_all(&shop).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g16_a_group_that_fails_pays_its_leader_nothing() {
    for shop in rewarding().await {
        let leader = Person::new(&shop, 1).await;
        leader.buyer.lead(MANGO, MANGO_BOX).await;
        wait(&shop, 24 * HOUR_MS).await;
        assert_eq!(leader.balance().await, (0, 0), "{}", shop.on);
        let rows = "SELECT COUNT(*) FROM commission";
        assert_eq!(count(&shop, rows).await, 0);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g16_whoever_leads_when_it_is_complete_is_paid() {
    for shop in rewarding().await {
        edit(&shop, "UPDATE activity SET leader_may_leave = 1").await;
        let (first, second) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (led, group) = first.buyer.lead(MANGO, MANGO_BOX).await;
        shop.clock.advance_ms(1000);
        second.buyer.join_and_pay(&group, MANGO_BOX).await;
        first.buyer.cancel(&led.card.id).await;
        for number in [3, 4] {
            let member = Person::new(&shop, number).await;
            member.buyer.join_and_pay(&group, MANGO_BOX).await;
        }
        assert_eq!(first.balance().await, (0, 0), "{}", shop.on);
        assert_eq!(second.balance().await, (0, 239), "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn a6_a_leader_who_is_suspended_is_owed_no_reward() {
    for shop in rewarding().await {
        let (leader, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (_, group) = leader.buyer.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        suspend(&shop, &leader.buyer.id, Some("a test")).await;
        friend.buyer.join_and_pay(&group, STRAWBERRY_BOX).await;
        assert_eq!(leader.balance().await, (0, 0), "{}", shop.on);
        audit(&shop).await;
    }
}

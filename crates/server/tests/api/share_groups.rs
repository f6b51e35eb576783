//! Links to groups: an invitation wins for orders inside its group, and a group that fails pays nothing
//! (rules.md A4, A9, G9).

use contract::shares::{ShareChannel, ShareTarget};
use server::jobs;

use crate::groups::{HOUR_MS, MANGO, MANGO_BOX};
use crate::harness::TestShop;
use crate::sharing::{DAY_MS, Person, audit_books};
use crate::shopping::{audit, count};

#[tokio::test]
async fn a4_an_invitation_wins_inside_its_group_and_the_last_touch_outside() {
    for shop in TestShop::each_stocked().await {
        let (leader, other) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let friend = Person::new(&shop, 3).await;
        let (_, group) = leader.buyer.lead(MANGO, MANGO_BOX).await;
        let target = ShareTarget::Group { id: group.clone() };
        let invitation = leader.share_as(target, ShareChannel::Chat, None).await;
        friend.open(&invitation.token).await;
        shop.clock.advance_ms(1000);
        friend.open(&other.share().await.token).await;
        shop.clock.advance_ms(1000);
        friend.buyer.join_and_pay(&group, MANGO_BOX).await;
        let outside = friend.order(1).await.card.id;
        crate::sharing::pay(&shop, &outside).await;
        assert_eq!(leader.balance().await, (0, 239), "{}", shop.on);
        assert_eq!(other.balance().await, (0, 299), "{}", shop.on);
        let stats = leader.shares().await.remove(0);
        assert_eq!((stats.clicks, stats.joins, stats.paid), (1, 1, 1));
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a9_a_group_that_fails_takes_back_what_its_seats_would_have_paid() {
    for shop in TestShop::each_stocked().await {
        let (leader, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (_, group) = leader.buyer.lead(MANGO, MANGO_BOX).await;
        let target = ShareTarget::Group { id: group.clone() };
        let link = leader.share_as(target, ShareChannel::Moments, None).await;
        friend.open(&link.token).await;
        let order = friend.buyer.join_and_pay(&group, MANGO_BOX).await;
        assert_eq!(leader.balance().await, (0, 239));
        // It cannot be received while the group forms, neither by its buyer nor by time.
        let receipt = format!("/api/orders/{}/receipt", order.card.id);
        let early = friend.buyer.post(&receipt);
        early.refused(contract::ErrorCode::GroupForming).await;
        shop.clock.advance_ms(25 * HOUR_MS);
        jobs::run_once(&shop.state).await;
        assert_eq!(leader.balance().await, (0, 0), "{}", shop.on);
        shop.clock.advance_ms(20 * DAY_MS);
        jobs::run_once(&shop.state).await;
        assert_eq!(leader.balance().await, (0, 0));
        let left = "SELECT COUNT(*) FROM commission WHERE state <> 'reversed'";
        assert_eq!(count(&shop, left).await, 0, "{}", shop.on);
        audit_books(&shop).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn a9_a_group_that_succeeds_pays_after_receipt_and_the_return_window() {
    for shop in TestShop::each_stocked().await {
        let (leader, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (_, group) = leader.buyer.lead(MANGO, MANGO_BOX).await;
        let target = ShareTarget::Group { id: group.clone() };
        let link = leader.share_as(target, ShareChannel::Moments, None).await;
        friend.open(&link.token).await;
        let order = friend.buyer.join_and_pay(&group, MANGO_BOX).await;
        let third = Person::new(&shop, 3).await;
        third.buyer.join_and_pay(&group, MANGO_BOX).await;
        friend.receive(&order.card.id).await;
        shop.clock.advance_ms(7 * DAY_MS);
        jobs::run_once(&shop.state).await;
        assert_eq!(leader.balance().await, (239, 0), "{}", shop.on);
        audit_books(&shop).await;
        audit(&shop).await;
    }
}

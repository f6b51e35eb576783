//! Sharers hear of a rate that falls on the 28th of its 30 days, once (rules.md A11); what one of them earns in a
//! day has an end (reliability 3.1).

use contract::notifications::Notice;
use contract::shares::{ShareChannel, ShareTarget};
use server::jobs;

use crate::groups::{MANGO, MANGO_BOX};
use crate::harness::TestShop;
use crate::sharing::{DAY_MS, Person, audit_books, set_rate};
use crate::shopping::count;

async fn look(shop: &TestShop) {
    jobs::tell_of_falling_rates(&shop.state).await.unwrap();
}

#[tokio::test]
async fn a11_on_day_28_everybody_with_a_link_is_told_once() {
    for shop in TestShop::each_stocked().await {
        let (sharer, twice) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (gone, other) = (Person::new(&shop, 3).await, Person::new(&shop, 4).await);
        sharer.share().await;
        twice.share().await;
        twice
            .share_as(
                crate::sharing::strawberries(),
                ShareChannel::Poster,
                Some("a"),
            )
            .await;
        let token = gone.share().await.token;
        let revoke = gone.buyer.post(&format!("/api/shares/{token}/revoke"));
        assert_eq!(revoke.send().await.status, 204);
        other
            .share_as(
                ShareTarget::Product {
                    slug: "hainan-mango".to_owned(),
                },
                ShareChannel::Chat,
                None,
            )
            .await;
        let falls = set_rate(&shop, "p01", 600).await;
        shop.clock.advance_ms(28 * DAY_MS - 1);
        look(&shop).await;
        assert!(sharer.notices().await.is_empty(), "{}", shop.on);
        shop.clock.advance_ms(1);
        for _ in 0..3 {
            look(&shop).await;
        }
        let told = [Notice::RateFalls {
            rate_bp: 600,
            at: falls,
        }];
        assert_eq!(sharer.notices().await, told, "{}", shop.on);
        assert_eq!(twice.notices().await, told, "{}", shop.on);
        assert!(gone.notices().await.is_empty());
        assert!(other.notices().await.is_empty());
        // Who shares it afterwards hears of it too, and nobody does once it has fallen.
        let late = Person::new(&shop, 5).await;
        late.share().await;
        look(&shop).await;
        assert_eq!(late.notices().await, told);
        shop.clock.advance_ms(2 * DAY_MS);
        Person::new(&shop, 6).await.share().await;
        look(&shop).await;
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM notification").await, 3);
    }
}

#[tokio::test]
async fn a11_a_fall_that_was_called_off_is_not_told_and_links_to_groups_count() {
    for shop in TestShop::each_stocked().await {
        let (leader, sharer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let (_, group) = leader.buyer.lead(MANGO, MANGO_BOX).await;
        let target = ShareTarget::Group { id: group };
        leader.share_as(target, ShareChannel::Chat, None).await;
        sharer.share().await;
        let falls = set_rate(&shop, "p02", 100).await;
        set_rate(&shop, "p01", 100).await;
        set_rate(&shop, "p01", 1200).await;
        shop.clock.advance_ms(28 * DAY_MS);
        look(&shop).await;
        let told = Notice::RateFalls {
            rate_bp: 100,
            at: falls,
        };
        assert!(leader.notices().await.contains(&told), "{}", shop.on);
        assert!(sharer.notices().await.is_empty(), "{}", shop.on);
    }
}

#[tokio::test]
async fn a11_many_who_look_at_once_tell_once() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        sharer.share().await;
        set_rate(&shop, "p01", 100).await;
        shop.clock.advance_ms(29 * DAY_MS);
        let looks = (0..8).map(|_| jobs::tell_of_falling_rates(&shop.state));
        for looked in futures_util::future::join_all(looks).await {
            looked.unwrap();
        }
        assert_eq!(sharer.notices().await.len(), 1, "{}", shop.on);
    }
}

#[tokio::test]
async fn r3_1_a_payees_day_has_an_end_and_the_next_begins_anew() {
    for shop in TestShop::each_stocked_with(&[("commission_day_max", "500")]).await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        let first = buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 299));
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 500), "{}", shop.on);
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 500), "{}", shop.on);
        assert_eq!(sharer.earnings().await.day_max.minor, 500);
        // What goes back makes room.
        buyer.buyer.cancel(&first).await;
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 500), "{}", shop.on);
        shop.clock.advance_ms(DAY_MS);
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 799), "{}", shop.on);
        audit_books(&shop).await;
    }
}

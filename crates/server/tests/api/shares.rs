//! Share links from making one to what came of it (rules.md 3.2 A1 to A4).

use contract::ErrorCode;
use contract::earnings::CommissionState;
use contract::shares::{ShareChannel, ShareTarget};
use server::jobs;

use crate::harness::TestShop;
use crate::sharing::{Person, audit_books, pay, strawberries};
use crate::shopping::yuan;

#[tokio::test]
async fn a_link_brings_a_buyer_and_its_sharer_sees_the_whole_funnel() {
    for shop in TestShop::each_stocked().await {
        let (sharer, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let share = sharer.share().await;
        assert_eq!(share.token.as_str().len(), 12);
        assert!(share.url.ends_with(&format!("/s/{}", share.token)));
        assert_eq!(share.card.href, "/p/dandong-strawberry");
        let estimate = share.estimate.unwrap();
        assert_eq!((estimate.rate_bp, estimate.from), (1000, yuan(299)));

        let page = shop.get(&format!("/s/{}", share.token)).send().await;
        assert_eq!(page.status, 200, "{}", page.text());
        let opened = friend.open(&share.token).await.attribution.unwrap();
        assert_eq!(opened.sharer, share.sharer);
        assert!(opened.paid_promotion);
        let order = friend.order(2).await;
        pay(&shop, &order.card.id).await;
        jobs::run_once(&shop.state).await;

        let stats = sharer.shares().await.remove(0);
        assert_eq!(
            (stats.views, stats.clicks, stats.joins, stats.paid),
            (1, 1, 1, 1),
            "{}",
            shop.on
        );
        assert_eq!(stats.earned, yuan(598));
        assert_eq!(sharer.balance().await, (0, 598));
        let commission = sharer.commissions().await.remove(0);
        assert_eq!(commission.state, CommissionState::Pending);
        assert_eq!(commission.amount, yuan(598));
        assert_eq!(friend.balance().await, (0, 0));
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn the_same_target_channel_and_sub_id_is_one_link() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let first = sharer.share().await;
        assert_eq!(sharer.share().await.token, first.token);
        let other = sharer
            .share_as(strawberries(), ShareChannel::Poster, None)
            .await;
        let named = sharer
            .share_as(strawberries(), ShareChannel::Chat, Some("red-book_1"))
            .await;
        assert!(other.token != first.token && named.token != first.token);
        let theirs = Person::new(&shop, 2).await.share().await;
        assert_ne!(theirs.token, first.token);
        let stats = sharer.shares().await;
        assert_eq!(stats.len(), 3);
        assert!(
            stats
                .iter()
                .any(|s| s.sub_id.as_deref() == Some("red-book_1"))
        );
    }
}

#[tokio::test]
async fn what_cannot_be_shared_is_refused() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let ask = async |target: ShareTarget, sub_id: &str, code| {
            let body = serde_json::json!({ "target": target, "channel": "chat", "sub_id": sub_id });
            sharer
                .buyer
                .post("/api/shares")
                .json(&body)
                .refused(code)
                .await
        };
        let product = |slug: &str| ShareTarget::Product {
            slug: slug.to_owned(),
        };
        let page = |path: &str| ShareTarget::Page {
            path: path.to_owned(),
        };
        ask(product("no-such"), "", ErrorCode::NotFound).await;
        ask(
            ShareTarget::Creator {
                handle: "nobody".to_owned(),
            },
            "",
            ErrorCode::NotFound,
        )
        .await;
        ask(page("/category/nothing"), "", ErrorCode::NotFound).await;
        for path in [
            "https://evil.example",
            "//evil.example",
            "/api/orders",
            "",
            "/category/a b",
        ] {
            ask(page(path), "", ErrorCode::InvalidRequest).await;
        }
        for sub_id in ["with space", "é", &"x".repeat(33)] {
            ask(strawberries(), sub_id, ErrorCode::InvalidRequest).await;
        }
        assert!(sharer.shares().await.is_empty());
    }
}

//! Coupons (features.md 60, rules.md F2, M8): claimed, held against a cart with reasons, used once, given back once.

use contract::promotions::{CouponList, CouponState, PromotionReason as Reason, Wallet};
use contract::{ApiError, ErrorCode};
use serde_json::json;
use server::trade::close;

use super::{Editor, HOUR, coupon, sale, strawberries, terms, why, with};
use crate::groups::{offline_shops, pay};
use crate::shopping::{Buyer, STRAWBERRIES_PRICE, audit, yuan};

#[tokio::test]
async fn features_60_a_coupon_is_claimed_used_and_comes_back_once() {
    for shop in offline_shops().await {
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let id = editor.publish(&coupon(5000, 1000)).await;
        let centre: CouponList = buyer.get("/api/coupons").ok().await;
        assert_eq!(
            (
                centre.items.len(),
                centre.items[0].mine,
                centre.items[0].per_customer
            ),
            (1, 0, 3)
        );
        let mine = buyer.claim(&id).await;

        let few = buyer
            .quote_by(&strawberries(1), std::slice::from_ref(&mine))
            .await;
        let missing = 5000 - STRAWBERRIES_PRICE;
        assert_eq!(why(&few, &id), Some(Reason::Threshold { missing }));
        let enough = buyer.quote_by(&strawberries(2), &[]).await;
        assert_eq!(
            enough.total,
            yuan(2 * STRAWBERRIES_PRICE),
            "not asked for, not used"
        );
        assert_eq!(enough.promotions.wallet[0].saves, Some(yuan(1000)));
        let quote = buyer
            .quote_by(&strawberries(2), std::slice::from_ref(&mine))
            .await;
        assert_eq!(quote.promotions.discount, Some(yuan(1000)));
        assert_eq!((quote.goods_total, quote.total), (yuan(5980), yuan(4980)));

        for paid in [false, true] {
            let order = buyer
                .order_by(&strawberries(2), std::slice::from_ref(&mine))
                .await;
            assert_eq!(
                (order.card.total, order.discount),
                (yuan(4980), Some(yuan(1000)))
            );
            assert_eq!(order.promotions[0].promotion, id);
            let wallet: Wallet = buyer.get("/api/wallet").ok().await;
            assert_eq!(wallet.items[0].state, CouponState::Used);
            let again = buyer
                .quote_by(&strawberries(2), std::slice::from_ref(&mine))
                .await;
            assert_eq!(why(&again, &id), Some(Reason::Used), "{}", shop.on);
            audit(&shop).await;
            if paid {
                pay(&shop, &order.card.id).await;
                buyer.cancel(&order.card.id).await;
            } else {
                shop.clock.advance_ms(HOUR);
                close::time_out(&shop.state, &order.card.id).await.unwrap();
            }
            assert_eq!(editor.see(&id).await.uses, 0);
            audit(&shop).await;
        }
        let stranger = Buyer::new(&shop, "13700000002").await;
        let stolen = stranger
            .quote_by(&strawberries(2), std::slice::from_ref(&mine))
            .await;
        assert_eq!(stolen.promotions.rejected[0].reason, Reason::NotYours);
        assert_eq!(stolen.total, yuan(5980));
    }
}

#[tokio::test]
async fn f2_claims_end_in_all_and_for_each() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let mut rule = coupon(0, 100);
        rule["rule"]["claim_total"] = json!(3);
        rule["rule"]["claim_each"] = json!(2);
        let id = editor.publish(&rule).await;
        let (a, b) = (
            Buyer::new(&shop, "13700000001").await,
            Buyer::new(&shop, "13700000002").await,
        );
        a.claim(&id).await;
        a.claim(&id).await;
        let third = a.ask_claim(&id).send().await;
        assert_eq!(
            third.json::<ApiError>().code,
            ErrorCode::CouponGone,
            "{}",
            shop.on
        );
        b.claim(&id).await;
        let gone = b.ask_claim(&id).send().await;
        assert_eq!(
            gone.json::<ApiError>().code,
            ErrorCode::CouponGone,
            "{}",
            shop.on
        );
        assert_eq!(
            editor.see(&id).await.claimed,
            3,
            "a refused claim counts for nothing"
        );
    }
}

#[tokio::test]
async fn m8_a_budget_is_taken_by_orders_and_comes_back_with_them() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let id = editor
            .publish(&with(coupon(0, 1000), json!({ "budget_spend": 1500 })))
            .await;
        let (a, b) = (
            Buyer::new(&shop, "13700000001").await,
            Buyer::new(&shop, "13700000002").await,
        );
        let (mine, other) = (a.claim(&id).await, b.claim(&id).await);
        let order = a.order_by(&strawberries(1), &[mine]).await;
        let none = b
            .quote_by(&strawberries(1), std::slice::from_ref(&other))
            .await;
        assert_eq!(
            why(&none, &id),
            Some(Reason::UsedUp),
            "5.00 are left and 10.00 are wanted"
        );
        a.cancel(&order.card.id).await;
        let again = b
            .quote_by(&strawberries(1), std::slice::from_ref(&other))
            .await;
        assert_eq!(again.total, yuan(STRAWBERRIES_PRICE - 1000), "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn r3_0_7_sale_reduction_and_coupon_come_off_in_their_order_and_stand_on_the_lines() {
    for shop in offline_shops().await {
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        editor.publish(&sale(9)).await;
        let tiers = json!([{ "from": 3000, "off": 500 }]);
        let full = json!({ "kind": "full_reduction", "scope": { "kind": "all" }, "tiers": tiers });
        editor.publish(&terms(full)).await;
        let percent = json!({
            "kind": "coupon", "scope": { "kind": "products", "ids": [] }, "threshold": 0,
            "benefit": { "kind": "percent", "off_bp": 1000 }, "alone": false, "claim_each": 1,
        });
        let nothing = editor.publish(&terms(percent)).await;
        let id = editor.publish(&coupon(0, 333)).await;
        let codes = [buyer.claim(&id).await, buyer.claim(&nothing).await];
        let quote = buyer.quote_by(&strawberries(2), &codes).await;
        assert_eq!(
            quote.total,
            yuan(2 * super::SALE - 500 - 333),
            "{}",
            shop.on
        );
        assert_eq!(why(&quote, &nothing), Some(Reason::OutOfScope));
        let turned = buyer
            .quote_by(&strawberries(2), &[codes[1].clone(), codes[0].clone()])
            .await;
        assert_eq!(
            turned.total, quote.total,
            "the order of codes means nothing"
        );
        buyer.order_by(&strawberries(2), &codes[..1]).await;
        audit(&shop).await;
    }
}

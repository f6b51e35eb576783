//! Coupons on a group-buy: only where the offer says so, and goods only after its success (rules.md G14).

use contract::campaigns::ActivityTerms;
use contract::groups::{SeatQuoteRequest, SeatTaken};
use contract::promotions::{Funder, FundingPart, PromotionReason as Reason};
use contract::quote::Quote;
use contract::{CouponId, ErrorCode, Quantity};

use super::{Editor, coupon, why};
use crate::groups::{STRAWBERRY, STRAWBERRY_BOX, STRAWBERRY_PRICE, offline_shops, open, pay};
use crate::shopping::{Buyer, audit, yuan};

impl Buyer<'_> {
    async fn quote_seat_by(&self, coupon: &CouponId) -> Quote {
        let request = SeatQuoteRequest {
            seat: open(STRAWBERRY),
            sku: STRAWBERRY_BOX.into(),
            quantity: Quantity::ONE,
            fulfilment: Some(Self::pickup()),
            coupons: vec![coupon.clone()],
        };
        let quote = self.post("/api/groups/quote").json(&request);
        quote.ok().await
    }
}

impl Editor<'_> {
    async fn allow_coupons(&self, coupons: bool) {
        let terms = ActivityTerms {
            funding: vec![FundingPart {
                funder: Funder::store(),
                share_bp: 10_000,
            }],
            coupons,
        };
        let path = format!("/api/studio/activities/{STRAWBERRY}/terms");
        let set = self.0.me.shop.put(&path).cookie(&self.0.me.cookie);
        let set = set.fresh_key().json(&terms);
        set.ok::<serde_json::Value>().await;
    }
}

#[tokio::test]
async fn g14_coupons_are_off_unless_the_offer_allows_them_and_goods_wait_for_success() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let (a, b) = (
            Buyer::new(&shop, "13700000001").await,
            Buyer::new(&shop, "13700000002").await,
        );
        let id = editor.publish(&coupon(0, 500)).await;
        let mine = a.claim(&id).await;

        let off = a.quote_seat_by(&mine).await;
        assert_eq!(
            off.total,
            yuan(STRAWBERRY_PRICE),
            "{}: off at first",
            shop.on
        );
        assert_eq!(why(&off, &id), Some(Reason::NotWithActivity));
        // Whoever insists is told the price, and pays nothing less.
        let cheaper = yuan(STRAWBERRY_PRICE - 500);
        let mut seat = Buyer::seat_request(open(STRAWBERRY), STRAWBERRY_BOX, 1, cheaper);
        seat.coupons = vec![mine.clone()];
        a.send_seat(&seat).refused(ErrorCode::PriceChanged).await;

        editor.allow_coupons(true).await;
        let on = a.quote_seat_by(&mine).await;
        assert_eq!((on.total, why(&on, &id)), (cheaper, None), "{}", shop.on);
        let order = a.send_seat(&seat).ok::<SeatTaken>().await.order;
        assert_eq!(order.card.total, cheaper);
        pay(&shop, &order.card.id).await;

        let receipt = format!("/api/orders/{}/receipt", order.card.id);
        let early = a.post(&receipt);
        early.refused(ErrorCode::GroupForming).await;
        let seen = a.see(&order.card.id).await;
        let group = seen.group.unwrap().group.unwrap();
        b.join_and_pay(&group, STRAWBERRY_BOX).await;
        a.post(&receipt).ok::<serde_json::Value>().await;

        editor.allow_coupons(false).await;
        let again = b.claim(&id).await;
        let off = b.quote_seat_by(&again).await;
        assert_eq!(why(&off, &id), Some(Reason::NotWithActivity), "{}", shop.on);
        audit(&shop).await;
    }
}

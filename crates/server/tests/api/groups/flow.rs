//! The way most groups go: opened, joined, complete.

use contract::catalog::ProductDetail;
use contract::groups::{GroupCta, GroupRole, GroupState, SeatState};
use contract::orders::{OrderAction, OrderState, TimelineKind};

use super::*;
use crate::shopping::{audit, bucket};

#[tokio::test]
async fn g1_g7_the_last_payment_completes_the_group_and_confirms_every_seat() {
    for shop in TestShop::each_stocked().await {
        let (a, b) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let before = bucket(&shop, STRAWBERRY_BOX).await;
        let order = a.sit(open(STRAWBERRY), STRAWBERRY_BOX, 2).await;
        assert_eq!(order.goods_total.minor, 2 * STRAWBERRY_PRICE);
        assert_eq!(
            order.group.as_ref().unwrap().group,
            None,
            "G1: unpaid is no group"
        );
        assert_eq!(open_groups(&shop, "dandong-strawberry").await.len(), 0);

        assert_eq!(pay(&shop, &order.card.id).await, Outcome::Paid);
        let led = a.see(&order.card.id).await;
        let seat = led.group.unwrap();
        let group = seat.group.unwrap();
        assert_eq!((seat.seat, seat.need), (SeatState::Paid, 1));
        assert_eq!(
            led.pickup_code, None,
            "G11: nothing is collected before success"
        );
        assert_eq!(led.actions, Vec::<OrderAction>::new());
        let open = open_groups(&shop, "p01").await;
        assert_eq!((open.len(), open[0].need), (1, 1));
        let page: ProductDetail = shop.get("/api/products/p01").ok().await;
        let offer = page.group.unwrap();
        assert_eq!((offer.size, offer.forming, offer.open.len()), (2, 1, 1));
        assert_eq!(page.card.group.unwrap().price.minor, STRAWBERRY_PRICE);
        assert_eq!(
            bucket(&shop, STRAWBERRY_BOX).await,
            (before.0, before.1 + 2, before.2)
        );

        let joined = b.join_and_pay(&group, STRAWBERRY_BOX).await;
        assert_eq!(joined.card.state, OrderState::Paid);
        let complete = b.group(&group).await;
        assert_eq!(complete.state, GroupState::Succeeded, "{}", shop.on);
        assert_eq!(
            (complete.filled, complete.reserved, complete.need),
            (2, 0, 0)
        );
        assert_eq!(complete.members[0].role, GroupRole::Leader);
        assert_eq!(complete.cta, GroupCta::ViewOrder);
        for (buyer, id) in [(&a, &led.card.id), (&b, &joined.card.id)] {
            let order = buyer.see(id).await;
            assert_eq!(order.group.as_ref().unwrap().seat, SeatState::Confirmed);
            assert_eq!(order.timeline[0].kind, TimelineKind::GroupCompleted);
            assert!(order.pickup_code.is_some());
            assert_eq!(
                order.actions,
                [OrderAction::ConfirmReceipt, OrderAction::Cancel]
            );
        }
        assert_eq!(
            bucket(&shop, STRAWBERRY_BOX).await,
            (before.0, before.1, before.2 + 3)
        );
        audit(&shop).await;
    }
}

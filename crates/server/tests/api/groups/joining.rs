//! Taking seats: who may, of what, how many, at which price (G2 to G6, G13, G14).

use contract::groups::{JoinObstacle, SeatState};
use contract::orders::OrderState;
use contract::{ApiError, ErrorCode, ErrorDetails};
use serde_json::json;
use server::jobs;

use super::*;
use crate::harness::changed_demo;
use crate::shopping::{audit, bucket, leave, line, yuan};

/// The refusal of a seat asked for at a price.
async fn refused(buyer: &Buyer<'_>, seat: Seat, sku: &str, quantity: u32, each: i64) -> ApiError {
    let total = yuan(each * i64::from(quantity));
    let request = Buyer::seat_request(seat, sku, quantity, total);
    let answer = buyer.send_seat(&request).send().await;
    assert_ne!(answer.status, 201, "{}", answer.text());
    audit(buyer.shop).await;
    answer.json()
}

#[tokio::test]
async fn g2_a_seat_is_held_for_the_time_to_pay_and_never_past_the_groups_end() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (led, group) = a.lead(MANGO, MANGO_BOX).await;
        assert_eq!(led.card.pay_by, None);
        let held = b.sit(join(&group), MANGO_BOX, 1).await;
        let now = shop.state.clock.now();
        assert_eq!(held.card.pay_by, Some(now.plus_ms(600_000)));
        shop.clock.advance_ms(24 * HOUR_MS - 60_000);
        jobs::run_once(&shop.state).await;
        assert_eq!(b.see(&held.card.id).await.card.state, OrderState::Closed);
        let seat = b.group(&group).await.mine.unwrap();
        assert_eq!(seat.state, SeatState::Released, "{}", shop.on);
        let last = c.sit(join(&group), MANGO_BOX, 1).await;
        let ends = c.group(&group).await.expires_at;
        assert_eq!(last.card.pay_by, Some(ends), "G2: not past the end");
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g2_a_full_group_and_an_ended_one_refuse_and_a_lapsed_seat_comes_free() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let held = b.sit(join(&group), STRAWBERRY_BOX, 1).await;
        let full = refused(&c, join(&group), STRAWBERRY_BOX, 1, STRAWBERRY_PRICE).await;
        assert_eq!(full.code, ErrorCode::GroupFull, "{}", shop.on);
        assert_eq!(c.group(&group).await.obstacle, Some(JoinObstacle::Full));
        assert!(open_groups(&shop, "p01").await.is_empty());
        b.cancel(&held.card.id).await;
        c.join_and_pay(&group, STRAWBERRY_BOX).await;
        let ended = refused(&b, join(&group), STRAWBERRY_BOX, 1, STRAWBERRY_PRICE).await;
        assert_eq!(ended.code, ErrorCode::GroupEnded);
        let unknown = refused(&b, join(&"none".into()), STRAWBERRY_BOX, 1, 1).await;
        assert_eq!(unknown.code, ErrorCode::NotFound);
    }
}

#[tokio::test]
async fn g3_joining_ones_own_group_leads_to_it() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        b.sit(join(&group), MANGO_BOX, 1).await;
        for member in [&a, &b] {
            let twice = refused(member, join(&group), MANGO_BOX, 1, MANGO_PRICE).await;
            assert_eq!(twice.code, ErrorCode::AlreadyMember, "{}", shop.on);
            assert_eq!(twice.details, Some(ErrorDetails::Group(group.clone())));
            let quote = member.quote_seat(join(&group), MANGO_BOX, 1).send().await;
            assert_eq!(quote.json::<ApiError>().code, ErrorCode::AlreadyMember);
        }
    }
}

#[tokio::test]
async fn g4_one_persons_limit_counts_held_paid_and_confirmed_seats_of_all_groups_and_no_failed_one()
{
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        // The mango's limit is three.
        let (_, one) = a.lead(MANGO, MANGO_BOX).await;
        let (_, two) = b.lead(MANGO, MANGO_BOX).await;
        let held = a.sit(join(&two), MANGO_BOX, 1).await;
        let over = refused(&a, open(MANGO), MANGO_BOX, 2, MANGO_PRICE).await;
        assert_eq!(over.code, ErrorCode::LimitExceeded, "{}", shop.on);
        let limit = ErrorDetails::Limit {
            sku: MANGO_BOX.into(),
            limit: 1,
        };
        assert_eq!(over.details, Some(limit));
        a.sit(open(MANGO), MANGO_BOX, 1).await;
        let none = refused(&a, open(MANGO), MANGO_BOX, 1, MANGO_PRICE).await;
        assert_eq!(none.code, ErrorCode::LimitExceeded);
        let c = Buyer::new(&shop, "33").await;
        let (_, third) = c.lead(MANGO, MANGO_BOX).await;
        assert_eq!(
            a.group(&third).await.obstacle,
            Some(JoinObstacle::LimitReached)
        );
        a.cancel(&held.card.id).await;
        shop.clock.advance_ms(24 * HOUR_MS);
        jobs::run_once(&shop.state).await;
        assert_eq!(
            a.group(&one).await.state,
            contract::groups::GroupState::Failed
        );
        a.sit(open(MANGO), MANGO_BOX, 3).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g5_a_groups_price_is_for_its_seat_alone_never_for_a_basket() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let alone = a.order(&[line(MANGO_BOX, 1)]).await;
        assert_eq!(alone.goods_total.minor, 2990);
        let cheap = a.send_order(&[line(MANGO_BOX, 1)], yuan(MANGO_PRICE));
        let answer: ApiError = cheap.send().await.json();
        assert_eq!(answer.code, ErrorCode::PriceChanged, "{}", shop.on);
        // A seat takes one SKU of its own offer and nothing else.
        let foreign = refused(&b, open(MANGO), "FRU001-A", 1, 2490).await;
        assert_eq!(foreign.code, ErrorCode::UnknownSku);
        let mut many = serde_json::to_value(Buyer::seat_request(
            open(MANGO),
            MANGO_BOX,
            1,
            yuan(MANGO_PRICE),
        ))
        .unwrap();
        many["lines"] = json!([{ "sku": MANGO_BOX, "quantity": 1 }]);
        let answer = b.post("/api/groups/seats").json(&many).send().await;
        assert_eq!(answer.status, 422);
        for quantity in [json!(0), json!(-1), json!(1.5), json!(100_000)] {
            many["quantity"] = quantity;
            many.as_object_mut().unwrap().remove("lines");
            let answer = b.post("/api/groups/seats").json(&many).send().await;
            assert!(
                answer.status == 422 || answer.status == 409,
                "{}",
                answer.text()
            );
        }
    }
}

#[tokio::test]
async fn r3_0_1_another_total_than_the_servers_is_price_changed_and_holds_nothing() {
    for shop in offline_shops().await {
        let (a, _, _) = three(&shop).await;
        let before = bucket(&shop, MANGO_BOX).await;
        let changed = refused(&a, open(MANGO), MANGO_BOX, 1, MANGO_PRICE - 1).await;
        assert_eq!(changed.code, ErrorCode::PriceChanged);
        let Some(ErrorDetails::PriceChanged(quote)) = changed.details else {
            panic!("{changed:?}");
        };
        assert_eq!(
            (quote.total.minor, quote.saved.minor > 0),
            (MANGO_PRICE, true)
        );
        assert_eq!(bucket(&shop, MANGO_BOX).await, before, "{}", shop.on);
    }
}

#[tokio::test]
async fn g6_editing_or_closing_an_offer_changes_no_live_group() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        let before = a.group(&group).await;
        let dearer = changed_demo(&shop, |file| {
            let group_buy = &mut file["products"][1]["group_buy"];
            group_buy["size"] = json!(5);
            group_buy["price"] = json!(2500);
            group_buy["ttl_hours"] = json!(1);
            group_buy["offers"] = json!([{ "sku": MANGO_BOX, "price": 2500, "quota": 1 }]);
        });
        shop.import(&dearer).await.unwrap();
        let after = b.group(&group).await;
        assert_eq!((after.size, after.expires_at), (3, before.expires_at));
        let price = |progress: &GroupProgress| progress.prices[0].price.minor;
        assert_eq!((price(&before), price(&after)), (MANGO_PRICE, MANGO_PRICE));
        assert_eq!(after.prices[0].left, 0, "F8: the quota is what is held");
        let plain = changed_demo(&shop, |file| {
            file["products"][1]["group_buy"] = json!(null);
        });
        shop.import(&plain).await.unwrap();
        edit(
            &shop,
            "UPDATE activity_sku SET quota = 400 WHERE activity = 'group-p02'",
        )
        .await;
        let gone = refused(&b, open(MANGO), MANGO_BOX, 1, MANGO_PRICE).await;
        assert_eq!(gone.code, ErrorCode::ActivityEnded, "{}", shop.on);
        let joined = b.join_and_pay(&group, MANGO_BOX).await;
        assert_eq!(joined.card.total.minor, MANGO_PRICE);
        c.join_and_pay(&group, MANGO_BOX).await;
        let complete = c.group(&group).await;
        assert_eq!(complete.state, contract::groups::GroupState::Succeeded);
        assert!(!complete.can_open);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g1_after_the_end_no_group_is_opened_but_one_is_joined() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let late = c.sit(open(STRAWBERRY), STRAWBERRY_BOX, 1).await;
        edit(
            &shop,
            "UPDATE activity SET ends_at = starts_at + 60000 WHERE id = 'group-p01'",
        )
        .await;
        shop.clock.advance_ms(120_000);
        let gone = refused(&b, open(STRAWBERRY), STRAWBERRY_BOX, 1, STRAWBERRY_PRICE).await;
        assert_eq!(gone.code, ErrorCode::ActivityEnded, "{}", shop.on);
        b.join_and_pay(&group, STRAWBERRY_BOX).await;
        // A leader who was held in time opens one; it ends as if paid at the offer's end.
        pay(&shop, &late.card.id).await;
        let opened = c.see(&late.card.id).await.group.unwrap();
        let end = crate::harness::OPENING.plus_ms(60_000 + 24 * HOUR_MS);
        assert_eq!(opened.expires_at, Some(end));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn g13_goods_and_quota_are_held_with_the_seat_and_sold_with_the_group() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        edit(
            &shop,
            "UPDATE activity_sku SET quota = 2 WHERE sku = 'FRU002-A'",
        )
        .await;
        let stock = bucket(&shop, MANGO_BOX).await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        let held = b.sit(join(&group), MANGO_BOX, 1).await;
        assert_eq!(
            bucket(&shop, MANGO_BOX).await,
            (stock.0, stock.1 + 2, stock.2)
        );
        let out = refused(&c, join(&group), MANGO_BOX, 1, MANGO_PRICE).await;
        assert_eq!(out.code, ErrorCode::SoldOut, "{}", shop.on);
        assert_eq!(c.group(&group).await.prices[0].left, 0);
        b.cancel(&held.card.id).await;
        assert_eq!(
            bucket(&shop, MANGO_BOX).await,
            (stock.0, stock.1 + 1, stock.2)
        );
        // The quota is there again, but the goods are not.
        leave(&shop, MANGO_BOX, 0).await;
        let out = refused(&c, join(&group), MANGO_BOX, 1, MANGO_PRICE).await;
        assert_eq!(out.code, ErrorCode::SoldOut);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn join_policies_keep_out_who_is_not_new_or_no_neighbour() {
    for shop in offline_shops().await {
        let (a, b, c) = three(&shop).await;
        edit(
            &shop,
            "UPDATE activity SET join_policy = 'new_user_only' WHERE id = 'group-p02'",
        )
        .await;
        let (_, group) = a.lead(MANGO, MANGO_BOX).await;
        let bought = b.order(&[line("FRU001-A", 1)]).await;
        pay(&shop, &bought.card.id).await;
        let old = refused(&b, join(&group), MANGO_BOX, 1, MANGO_PRICE).await;
        assert_eq!(old.code, ErrorCode::NotEligible, "{}", shop.on);
        assert_eq!(
            b.group(&group).await.obstacle,
            Some(JoinObstacle::NewUsersOnly)
        );
        c.sit(join(&group), MANGO_BOX, 1).await;

        edit(
            &shop,
            "UPDATE activity SET join_policy = 'community' WHERE id = 'group-p01'",
        )
        .await;
        let (_, group) = a.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let far = refused(&b, join(&group), STRAWBERRY_BOX, 1, STRAWBERRY_PRICE).await;
        assert_eq!(far.code, ErrorCode::NotEligible);
        for neighbour in [&a, &b] {
            let address = json!({ "name": "小周", "phone": "13800138000", "region": "上海",
                "detail": "1 号", "community": "wutongli-garden" });
            neighbour
                .post("/api/addresses")
                .json(&address)
                .ok::<serde_json::Value>()
                .await;
        }
        b.sit(join(&group), STRAWBERRY_BOX, 1).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_i1_the_same_seat_asked_for_twice_is_one_seat() {
    for shop in offline_shops().await {
        let (a, _, _) = three(&shop).await;
        let request = Buyer::seat_request(open(MANGO), MANGO_BOX, 1, yuan(MANGO_PRICE));
        let send = || {
            shop.post("/api/groups/seats")
                .cookie(&a.cookie)
                .key("one")
                .json(&request)
        };
        let (first, again) = (send().send().await, send().send().await);
        assert_eq!((first.status.as_u16(), &first.body), (201, &again.body));
        let without = shop
            .post("/api/groups/seats")
            .cookie(&a.cookie)
            .json(&request);
        let refused: ApiError = without.send().await.json();
        assert_eq!(refused.code, ErrorCode::IdempotencyKeyRequired);
        assert_eq!(
            crate::shopping::count(&shop, "SELECT COUNT(*) FROM group_seat").await,
            1
        );
        audit(&shop).await;
    }
}

//! Orders for staff (features.md O): finding them, what a refund gives back before it is done, handing them over.

use contract::books::{RefundGiven, StaffActionList};
use contract::live_studio::StaffRole;
use contract::orders::OrderState;
use contract::orders_studio::{RefundQuote, RevealedContact, StudioOrder, StudioOrderDetail};
use contract::{ApiError, ErrorCode, OrderId, Page};
use serde_json::json;

use crate::groups::{offline_shops, pay, refund_all};
use crate::harness::TestShop;
use crate::live::Host;
use crate::shopping::{Buyer, audit, bucket, line};

async fn support(shop: &TestShop) -> Host<'_> {
    Host::new(shop, "13800000056", StaffRole::Support).await
}

async fn list(staff: &Host<'_>, query: &str) -> Page<StudioOrder> {
    let path = format!("/api/studio/orders?{query}");
    staff.me.get(&path).ok().await
}

async fn see(staff: &Host<'_>, id: &OrderId) -> StudioOrderDetail {
    let path = format!("/api/studio/orders/{id}");
    staff.me.get(&path).ok().await
}

#[tokio::test]
async fn staff_finds_orders_by_number_phone_and_state_page_by_page() {
    for shop in offline_shops().await {
        let staff = support(&shop).await;
        let (a, b) = (
            Buyer::new(&shop, "13700004821").await,
            Buyer::new(&shop, "13700007733").await,
        );
        let mut made = Vec::new();
        for buyer in [&a, &b, &a] {
            shop.clock.advance_ms(1000);
            made.push(buyer.order(&[line("FRU001-A", 1)]).await.card.id);
        }
        pay(&shop, &made[1]).await;
        let ids = |page: &Page<StudioOrder>| {
            let ids = page.items.iter().map(|order| order.id.clone());
            ids.collect::<Vec<_>>()
        };
        let first = list(&staff, "limit=2").await;
        assert_eq!(
            ids(&first),
            [made[2].clone(), made[1].clone()],
            "{}",
            shop.on
        );
        let next = format!("limit=2&cursor={}", first.next.clone().unwrap().0);
        let second = list(&staff, &next).await;
        assert_eq!((ids(&second), second.next), (vec![made[0].clone()], None));
        assert_eq!(ids(&list(&staff, "q=4821").await).len(), 2, "by phone");
        let end = &made[1].as_str()[made[1].as_str().len() - 12..];
        assert_eq!(
            ids(&list(&staff, &format!("q={end}")).await),
            [made[1].clone()]
        );
        assert_eq!(ids(&list(&staff, "state=paid").await), [made[1].clone()]);
        assert!(list(&staff, "q=4821&state=paid").await.items.is_empty());
        for vague in ["q=21", "q=%25%25%25%25", "q=北京北京"] {
            let path = format!("/api/studio/orders?{vague}");
            let refused = staff.me.get(&path).send().await;
            // Signs are no part of a number: what is left of them is nothing, which lists all.
            match vague {
                "q=%25%25%25%25" => assert_eq!(refused.status, 200),
                _ => assert_eq!(refused.status, 422, "{vague}"),
            }
        }
        assert_eq!(first.items[0].phone_masked, "137****4821");
    }
}

#[tokio::test]
async fn what_is_personal_in_an_order_is_masked_until_it_is_asked_for_by_name() {
    for shop in offline_shops().await {
        let staff = support(&shop).await;
        let buyer = Buyer::new(&shop, "13700004821").await;
        let order = buyer.order(&[line("FRU001-A", 1)]).await.card.id;
        pay(&shop, &order).await;
        let path = format!("/api/studio/orders/{order}");
        let text = staff.me.get(&path).send().await.text();
        let code = buyer.see(&order).await.pickup_code.unwrap();
        for secret in ["13800138000", "13700004821", "小周", &code] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        let shown: RevealedContact = staff.me.post(&format!("{path}/contact")).ok().await;
        assert_eq!(shown.contact.phone, "13800138000");
        let owner = Host::new(&shop, "13800000055", StaffRole::Owner).await;
        let record: StaffActionList = owner.me.get("/api/studio/actions").ok().await;
        let last = &record.items[0];
        assert_eq!(
            (
                last.operation.as_str(),
                last.target.as_str(),
                last.name.as_str()
            ),
            ("reveal_contact", order.as_str(), "138****0056"),
            "{}",
            shop.on
        );
    }
}

#[tokio::test]
async fn m4_what_a_refund_gives_back_is_known_before_it_is_done() {
    for shop in offline_shops().await {
        let staff = support(&shop).await;
        let buyer = Buyer::new(&shop, "13700000001").await;
        let goods = [line("FRU001-A", 2), line("FRU001-B", 1)];
        let order = buyer.order(&goods).await;
        let id = &order.card.id;
        let path = |rest: &str| format!("/api/studio/orders/{id}/{rest}");
        let ask = async |body: &serde_json::Value| -> RefundQuote {
            let request = staff.me.post(&path("refund-quotes"));
            request.json(body).ok().await
        };
        let all = json!({ "lines": [] });
        let early = staff
            .me
            .post(&path("refund-quotes"))
            .json(&all)
            .send()
            .await;
        assert_eq!(early.json::<ApiError>().code, ErrorCode::OrderStateConflict);
        pay(&shop, id).await;
        let before = bucket(&shop, "FRU001-A").await;
        let one = json!({ "lines": [{ "line": 0, "quantity": 1 }] });
        let said = ask(&one).await;
        assert_eq!(
            (said.whole, said.puts_back, said.besides.minor),
            (false, true, 0)
        );
        assert_eq!(said.total, order.card.lines[0].unit_price);
        assert_eq!(
            bucket(&shop, "FRU001-A").await,
            before,
            "asking changes nothing"
        );
        let given: RefundGiven = staff.me.post(&path("refunds")).json(&one).ok().await;
        assert_eq!(given.amount, Some(said.total), "{}", shop.on);
        assert_eq!(
            bucket(&shop, "FRU001-A").await.2,
            before.2 - 1,
            "back on sale"
        );
        let seen = see(&staff, id).await;
        assert_eq!(
            seen.left
                .iter()
                .map(|left| left.quantity)
                .collect::<Vec<_>>(),
            [1, 1]
        );
        assert_eq!(seen.refunds.len(), 1);
        let rest = ask(&all).await;
        assert_eq!(
            (rest.whole, rest.total),
            (true, order.card.total.checked_sub(said.total).unwrap())
        );
        let too_many = json!({ "lines": [{ "line": 0, "quantity": 2 }] });
        let refused = staff
            .me
            .post(&path("refund-quotes"))
            .json(&too_many)
            .send()
            .await;
        assert_eq!(refused.status, 422);
        staff
            .me
            .post(&path("refunds"))
            .json(&all)
            .ok::<RefundGiven>()
            .await;
        refund_all(&shop).await;
        let seen = see(&staff, id).await;
        assert_eq!(seen.order.card.state, OrderState::Refunded);
        assert_eq!(
            (seen.order.refunded, seen.can_refund),
            (order.card.total, false)
        );
        audit(&shop).await;
    }
}

#[tokio::test]
async fn an_order_that_is_collected_is_handed_over_for_its_code() {
    for shop in offline_shops().await {
        let staff = support(&shop).await;
        let buyer = Buyer::new(&shop, "13700000001").await;
        let order = buyer.order(&[line("FRU001-A", 1)]).await.card.id;
        let path = format!("/api/studio/orders/{order}/handover");
        let hand = |code: &str| staff.me.post(&path).json(&json!({ "code": code })).send();
        let early = hand("00000000").await;
        assert_eq!(
            early.json::<ApiError>().code,
            ErrorCode::OrderStateConflict,
            "unpaid"
        );
        pay(&shop, &order).await;
        assert!(see(&staff, &order).await.can_hand_over);
        let code = buyer.see(&order).await.pickup_code.unwrap();
        assert_eq!(hand("not it").await.status, 422, "{}", shop.on);
        assert_eq!(see(&staff, &order).await.order.card.state, OrderState::Paid);
        let done: StudioOrderDetail = hand(&code).await.json();
        assert_eq!(done.order.card.state, OrderState::Received);
        let again = hand(&code).await;
        assert_eq!(again.json::<ApiError>().code, ErrorCode::OrderStateConflict);
        audit(&shop).await;
    }
}

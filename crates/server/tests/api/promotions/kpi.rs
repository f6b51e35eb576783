//! What staff, sharers and stores are said to have sold (rules.md M7): from the books, by frozen attribution.

use contract::books::{NamedSum, RefundGiven, Report};
use contract::live_studio::StaffRole;
use serde_json::json;
use server::auth::staff;
use server::phone::Phone;

use super::{Editor, coupon, run, sale, shared, with};
use crate::groups::{offline_shops, pay, refund_all};
use crate::live::Host;
use crate::sharing::Person;
use crate::shopping::{audit, line, yuan};

fn sum_of(sums: &[NamedSum]) -> i64 {
    sums.iter().map(|sum| sum.amount.minor).sum()
}

fn ids(sums: &[NamedSum]) -> Vec<&str> {
    sums.iter().filter_map(|sum| sum.id.as_deref()).collect()
}

#[tokio::test]
async fn m7_what_staff_sharers_and_stores_sold_is_right_to_the_cent_after_one_line_went_back() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let books = Host::new(&shop, "13800000055", StaffRole::Accountant).await;
        let support = Host::new(&shop, "13800000056", StaffRole::Support).await;
        run(&shop, "UPDATE stock SET on_hand = on_hand + 50").await;
        // 29.90 for 19.90: 6.00 by the shop, 4.00 by the orchard, whose part counts as sold.
        editor.publish(&with(sale(20), shared(6000))).await;
        let off = editor.publish(&coupon(0, 777)).await;
        let (clerk, creator) = (Person::new(&shop, 901).await, Person::new(&shop, 902).await);
        let (a, b) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let mut tx = shop.state.db.begin().await.unwrap();
        let number = Phone::parse("13800000901").unwrap();
        staff::grant(&mut tx, &number, StaffRole::Host, shop.state.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();

        a.open(&clerk.share().await.token).await;
        let code = a.buyer.claim(&off).await;
        let goods = [line("FRU001-A", 1), line("FRU001-B", 2)];
        let by_clerk = a.buyer.order_by(&goods, &[code]).await;
        b.open(&creator.share().await.token).await;
        let by_creator = b.buyer.order_by(&[line("FRU001-A", 2)], &[]).await;
        for (who, order) in [(&a, &by_clerk), (&b, &by_creator)] {
            pay(&shop, &order.card.id).await;
            who.receive(&order.card.id).await;
        }
        let path = format!("/api/studio/orders/{}/refunds", by_clerk.card.id);
        let one = json!({ "lines": [{ "line": 1, "quantity": 1 }] });
        let given: RefundGiven = support.me.post(&path).json(&one).ok().await;
        refund_all(&shop).await;

        let now = shop.state.clock.now().0;
        let report = async || -> Report {
            let path = format!("/api/studio/books/report?from=0&until={}", now + 1);
            books.me.get(&path).ok().await
        };
        let said = report().await;
        let back = given.amount.unwrap().minor;
        // Half of what was paid for the line: of its two pieces one went back.
        let list = by_clerk.card.lines[1].unit_price.minor;
        let share = 777 * 2 * list / (2 * list + super::SALE);
        let half = (2 * list - share) / 2;
        assert!((half - 1..=half + 1).contains(&back), "{back}, not {half}");
        let sold_by_clerk = by_clerk.card.total.minor + 400 - back;
        let sold_by_creator = by_creator.card.total.minor + 2 * 400;
        assert_eq!(
            ids(&said.by_staff),
            [clerk.buyer.id.as_str()],
            "{}",
            shop.on
        );
        assert_eq!(ids(&said.by_creator), [creator.buyer.id.as_str()]);
        assert_eq!(said.by_staff[0].amount, yuan(sold_by_clerk), "{}", shop.on);
        assert_eq!(said.by_creator[0].amount, yuan(sold_by_creator));
        assert_eq!(sum_of(&said.by_store), sold_by_clerk + sold_by_creator);
        assert_ne!(said.by_store[0].name, *ids(&said.by_store)[0], "by name");

        // The rest of it too: nothing is left of the clerk's sale, and the creator's stands.
        support
            .me
            .post(&path)
            .json(&json!({}))
            .ok::<RefundGiven>()
            .await;
        refund_all(&shop).await;
        let said = report().await;
        assert!(said.by_staff.is_empty(), "{:?}", said.by_staff);
        assert_eq!(said.by_creator[0].amount, yuan(sold_by_creator));
        assert_eq!(sum_of(&said.by_store), sold_by_creator);
        audit(&shop).await;
    }
}

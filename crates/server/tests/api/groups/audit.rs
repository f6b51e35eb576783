//! The proof that the audit of group-buy looks at everything it promises to: each of its checks finds the bug
//! that is planted for it.

use crate::harness::TestShop;
use crate::shopping::{Buyer, group_violations as violations};

/// Each check, what breaks it, and what mends it again.
const PLANTED: &[(&str, &str, &str)] = &[
    (
        "quota reserved",
        "UPDATE activity_sku SET reserved = reserved + 1 WHERE sku = 'FRU002-A'",
        "UPDATE activity_sku SET reserved = reserved - 1 WHERE sku = 'FRU002-A'",
    ),
    (
        "quota sold",
        "UPDATE activity_sku SET sold = sold - 1 WHERE sku = 'FRU001-A'",
        "UPDATE activity_sku SET sold = sold + 1 WHERE sku = 'FRU001-A'",
    ),
    (
        "limit of a person",
        "UPDATE activity_user SET quantity = quantity + 1",
        "UPDATE activity_user SET quantity = quantity - 1",
    ),
    (
        "seats reserved",
        "UPDATE buy_group SET reserved = reserved + 1 WHERE state = 'forming'",
        "UPDATE buy_group SET reserved = reserved - 1 WHERE state = 'forming'",
    ),
    (
        "seats filled",
        "UPDATE buy_group SET filled = filled + 1 WHERE state = 'forming'",
        "UPDATE buy_group SET filled = filled - 1 WHERE state = 'forming'",
    ),
    (
        "seat and order",
        "UPDATE orders SET state = 'closed' WHERE state = 'pending_payment'",
        "UPDATE orders SET state = 'pending_payment' WHERE state = 'closed'",
    ),
    (
        "seats of an ended group",
        "UPDATE group_seat SET state = 'paid' WHERE state = 'confirmed'",
        "UPDATE group_seat SET state = 'confirmed' \
         WHERE group_id IN (SELECT id FROM buy_group WHERE state = 'succeeded')",
    ),
    (
        "money of a seat",
        "UPDATE payment SET captured_minor = 0",
        "UPDATE payment SET captured_minor = amount_minor",
    ),
    (
        "one end told once",
        "UPDATE outbox SET topic = 'lost' || topic WHERE event LIKE '%group_filled%'",
        "UPDATE outbox SET topic = SUBSTR(topic, 5) WHERE topic LIKE 'lost%'",
    ),
    (
        "a forming group's leader",
        "UPDATE group_seat SET role = 'member' WHERE state = 'paid'",
        "UPDATE group_seat SET role = 'leader' WHERE state = 'paid'",
    ),
    (
        "unread notices",
        "UPDATE notification_count SET unread = unread + 1",
        "UPDATE notification_count SET unread = unread - 1",
    ),
];

async fn run(shop: &TestShop, sql: &'static str) {
    let mut tx = shop.state.db.begin().await.unwrap();
    let done = sqlx::query(sql).execute(tx.conn()).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_audit_finds_every_bug_that_is_planted() {
    for shop in TestShop::each_stocked().await {
        let (a, b) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let (_, group) = a.lead(super::STRAWBERRY, super::STRAWBERRY_BOX).await;
        b.join_and_pay(&group, super::STRAWBERRY_BOX).await;
        let (_, group) = a.lead(super::MANGO, super::MANGO_BOX).await;
        b.sit(super::join(&group), super::MANGO_BOX, 1).await;
        assert_eq!(violations(&shop).await, Vec::<&str>::new());
        for (name, plant, mend) in PLANTED {
            run(&shop, plant).await;
            let found = violations(&shop).await;
            assert!(found.contains(name), "{name} on {}: {found:?}", shop.on);
            run(&shop, mend).await;
            let left = violations(&shop).await;
            assert!(left.is_empty(), "{name} on {}: {left:?}", shop.on);
        }
    }
}

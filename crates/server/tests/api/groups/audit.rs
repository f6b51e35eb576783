//! The books of group-buy: what must hold between groups, seats, quotas, limits, orders and money after
//! every change (G3, G4, G7, G9, G13, inv.G1 to G5). A test below proves that each of them is looked at.

use crate::harness::TestShop;
use crate::shopping::{Buyer, count};

/// Names and counts of what is wrong: each statement counts rows that must not be there.
const CHECKS: &[(&str, &str)] = &[
    (
        "quota reserved",
        "SELECT COUNT(*) FROM activity_sku a WHERE a.reserved <> (SELECT COALESCE(SUM(s.quantity), 0) \
         FROM group_seat s WHERE s.activity = a.activity AND s.sku = a.sku AND s.state IN ('held', 'paid'))",
    ),
    (
        "quota sold",
        "SELECT COUNT(*) FROM activity_sku a WHERE a.sold <> (SELECT COALESCE(SUM(s.quantity), 0) \
         FROM group_seat s WHERE s.activity = a.activity AND s.sku = a.sku AND s.state = 'confirmed')",
    ),
    (
        "limit of a person",
        "SELECT COUNT(*) FROM activity_user u WHERE u.quantity <> (SELECT COALESCE(SUM(s.quantity), 0) \
         FROM group_seat s WHERE s.activity = u.activity AND s.owner = u.owner \
           AND s.state IN ('held', 'paid', 'confirmed'))",
    ),
    (
        "seats reserved",
        "SELECT COUNT(*) FROM buy_group g WHERE g.reserved <> (SELECT COUNT(*) FROM group_seat s \
         WHERE s.group_id = g.id AND s.state = 'held')",
    ),
    (
        "seats filled",
        "SELECT COUNT(*) FROM buy_group g WHERE g.filled <> (SELECT COUNT(*) FROM group_seat s \
         WHERE s.group_id = g.id AND s.paid_at IS NOT NULL AND (s.state IN ('paid', 'confirmed') \
           OR (g.state <> 'forming' AND s.state IN ('refund_pending', 'refunded'))))",
    ),
    (
        "complete or not",
        "SELECT COUNT(*) FROM buy_group g WHERE g.filled + g.reserved + g.by_store > g.size \
         OR (g.state = 'succeeded') <> (g.filled + g.by_store = g.size)",
    ),
    (
        "two live seats of one person",
        "SELECT COUNT(*) FROM (SELECT group_id FROM group_seat WHERE group_id IS NOT NULL \
         AND state IN ('held', 'paid', 'confirmed') GROUP BY group_id, owner HAVING COUNT(*) > 1) twice",
    ),
    (
        "seat and order",
        "SELECT COUNT(*) FROM group_seat s JOIN orders o ON o.id = s.order_id WHERE NOT ( \
         (s.state = 'held' AND o.state = 'pending_payment') \
         OR (s.state = 'paid' AND o.state = 'paid') \
         OR (s.state = 'confirmed' AND o.state IN ('paid', 'received')) \
         OR (s.state = 'released' AND o.state = 'closed') \
         OR (s.state = 'refund_pending' AND o.state = 'refunding') \
         OR (s.state = 'refunded' AND o.state = 'refunded'))",
    ),
    (
        "seats of an ended group",
        "SELECT COUNT(*) FROM group_seat s JOIN buy_group g ON g.id = s.group_id WHERE \
         (g.state = 'succeeded' AND s.state IN ('held', 'paid')) \
         OR (g.state = 'failed' AND s.state IN ('held', 'paid', 'confirmed')) \
         OR (g.state = 'forming' AND s.state = 'confirmed')",
    ),
    (
        "money of a seat",
        "SELECT COUNT(*) FROM (SELECT o.total_minor AS due, o.state, \
           (SELECT COALESCE(SUM(captured_minor), 0) FROM payment p WHERE p.order_id = o.id) AS paid, \
           (SELECT COALESCE(SUM(amount_minor), 0) FROM refund r WHERE r.order_id = o.id) AS back \
         FROM group_seat s JOIN orders o ON o.id = s.order_id) money WHERE back > paid \
         OR (state IN ('paid', 'received') AND paid - back <> due) \
         OR (state IN ('refunding', 'refunded') AND (paid = 0 OR paid <> back)) \
         OR (state IN ('pending_payment', 'closed') AND paid <> 0)",
    ),
    (
        "one end told once",
        "SELECT COUNT(*) FROM buy_group g WHERE (SELECT COUNT(*) FROM outbox e \
         WHERE e.topic = 'group:' || g.id AND e.event LIKE '%group_filled%') \
           <> CASE g.state WHEN 'succeeded' THEN 1 ELSE 0 END \
         OR (SELECT COUNT(*) FROM outbox e WHERE e.topic = 'group:' || g.id \
             AND e.event LIKE '%group_failed%') <> CASE g.state WHEN 'failed' THEN 1 ELSE 0 END",
    ),
    (
        "a forming group's leader",
        "SELECT COUNT(*) FROM buy_group g WHERE g.state = 'forming' AND (SELECT COUNT(*) FROM group_seat s \
         WHERE s.order_id = g.leader_order AND s.group_id = g.id AND s.role = 'leader' \
           AND s.state = 'paid') <> 1",
    ),
    (
        "unread notices",
        "SELECT COUNT(*) FROM notification_count c WHERE c.unread <> (SELECT COUNT(*) FROM notification n \
         WHERE n.owner = c.owner AND n.read = 0)",
    ),
];

/// What is wrong with the shop's groups.
pub async fn violations(shop: &TestShop) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    for (name, sql) in CHECKS {
        if count(shop, sql).await > 0 {
            wrong.push(*name);
        }
    }
    wrong
}

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

//! Buyers who do what buyers do, in one call each.
#![allow(dead_code)] // offers more than each test needs

use contract::fulfilment::{Contact, FulfilmentChoice};
use contract::orders::{OrderDetail, OrderRequest};
use contract::payment::PaymentStarted;
use contract::quote::{BasketLine, Quote, QuoteRequest};
use contract::{Money, OrderId, Quantity, UserId};
use server::auth::{Token, begin_session};

use crate::harness::{Request, TestShop};

/// A SKU of the demo shop that can be had every way.
pub const STRAWBERRIES: &str = "FRU001-A";
/// Its price, in fen.
pub const STRAWBERRIES_PRICE: i64 = 2990;

/// Somebody who is signed in.
pub struct Buyer<'a> {
    pub shop: &'a TestShop,
    pub id: UserId,
    pub cookie: String,
}

/// A line of a basket.
pub fn line(sku: &str, quantity: u32) -> BasketLine {
    BasketLine {
        sku: sku.into(),
        quantity: Quantity::try_from(quantity).unwrap(),
    }
}

/// Fen as money.
pub fn yuan(minor: i64) -> Money {
    Money::new(minor, contract::Currency::CNY)
}

impl<'a> Buyer<'a> {
    /// A new customer, signed in.
    pub async fn new(shop: &'a TestShop, name: &str) -> Self {
        let now = contract::Timestamp(0).plus_ms(shop.state.clock.now().0);
        let token = Token::of_sign_in(&shop.state.config, &[name]).unwrap();
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query(
            "INSERT INTO account (id, phone, neighbour_no, created_at) VALUES ($1, $2, 1, $3)",
        )
        .bind(name)
        .bind(format!("+86{name}"))
        .bind(now.0)
        .execute(tx.conn())
        .await
        .unwrap();
        begin_session(tx.conn(), &name.into(), &token, None, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let header = token.cookie(&shop.state.config).unwrap();
        let cookie = header.to_str().unwrap().split(';').next().unwrap();
        Self {
            shop,
            id: name.into(),
            cookie: cookie.to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> Request {
        self.shop.get(path).cookie(&self.cookie)
    }

    pub fn post(&self, path: &str) -> Request {
        self.shop.post(path).cookie(&self.cookie).fresh_key()
    }

    /// A pick-up point that keeps everything.
    pub fn pickup() -> FulfilmentChoice {
        FulfilmentChoice::Pickup {
            point: "wutongli-garden".into(),
            contact: Some(Contact {
                name: "小周".to_owned(),
                phone: "13800138000".to_owned(),
            }),
        }
    }

    pub async fn quote(&self, lines: &[BasketLine]) -> Quote {
        let request = QuoteRequest {
            lines: lines.to_vec(),
            fulfilment: Some(Self::pickup()),
        };
        self.post("/api/quotes").json(&request).ok().await
    }

    /// The order of these lines, to be collected, at a total.
    pub fn request(lines: &[BasketLine], total: Money) -> OrderRequest {
        OrderRequest {
            lines: lines.to_vec(),
            fulfilment: Self::pickup(),
            remark: String::new(),
            expected_total: total,
        }
    }

    /// Sends an order, to be collected, at a total.
    pub fn send_order(&self, lines: &[BasketLine], total: Money) -> Request {
        self.post("/api/orders").json(&Self::request(lines, total))
    }

    /// Orders at the price that the shop quotes.
    pub async fn order(&self, lines: &[BasketLine]) -> OrderDetail {
        let total = self.quote(lines).await.total;
        self.send_order(lines, total).ok().await
    }

    pub async fn see(&self, order: &OrderId) -> OrderDetail {
        self.get(&format!("/api/orders/{order}")).ok().await
    }

    pub async fn start_payment(&self, order: &OrderId) -> PaymentStarted {
        self.post(&format!("/api/orders/{order}/payments"))
            .ok()
            .await
    }

    pub async fn check_payment(&self, order: &OrderId) -> OrderDetail {
        self.post(&format!("/api/orders/{order}/payment-check"))
            .ok()
            .await
    }

    pub async fn cancel(&self, order: &OrderId) -> OrderDetail {
        self.post(&format!("/api/orders/{order}/cancel")).ok().await
    }
}

/// What a SKU's bucket holds: (on_hand, reserved, sold).
pub async fn bucket(shop: &TestShop, sku: &str) -> (i64, i64, i64) {
    sqlx::query_as("SELECT on_hand, reserved, sold FROM stock WHERE sku = $1")
        .bind(sku)
        .fetch_one(shop.state.db.reader())
        .await
        .unwrap()
}

/// Leaves exactly `count` of a SKU to be bought.
pub async fn leave(shop: &TestShop, sku: &str, count: i64) {
    let mut tx = shop.state.db.begin().await.unwrap();
    sqlx::query("UPDATE stock SET on_hand = reserved + sold + $1 WHERE sku = $2")
        .bind(count)
        .bind(sku)
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// A number out of the shop's database.
pub async fn count(shop: &TestShop, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(shop.state.db.reader())
        .await
        .unwrap()
}

/// The books balance: buckets equal the holds of orders, and no payment gave back more than it took
/// (inv.S1, S2, S3, P2).
pub async fn audit(shop: &TestShop) {
    let wrong_buckets = "SELECT COUNT(*) FROM stock s WHERE reserved <> (SELECT COALESCE(SUM(quantity), 0) \
         FROM stock_hold h WHERE h.sku = s.sku AND h.state = 'held') OR sold <> (SELECT \
         COALESCE(SUM(quantity), 0) FROM stock_hold h WHERE h.sku = s.sku AND h.state = 'consumed') \
         OR on_hand - reserved - sold < 0";
    assert_eq!(
        count(shop, wrong_buckets).await,
        0,
        "buckets on {}",
        shop.on
    );
    let wrong_holds = "SELECT COUNT(*) FROM stock_hold h JOIN orders o ON o.id = h.order_id WHERE h.state <> \
         CASE WHEN o.state = 'pending_payment' OR EXISTS (SELECT 1 FROM group_seat g \
             WHERE g.order_id = o.id AND g.state = 'paid') THEN 'held' \
         WHEN o.state IN ('paid', 'received') THEN 'consumed' ELSE 'released' END";
    assert_eq!(count(shop, wrong_holds).await, 0, "holds on {}", shop.on);
    let wrong_refunds = "SELECT COUNT(*) FROM payment p WHERE refund_minor <> (SELECT \
         COALESCE(SUM(amount_minor), 0) FROM refund r WHERE r.payment_id = p.id)";
    assert_eq!(
        count(shop, wrong_refunds).await,
        0,
        "refunds on {}",
        shop.on
    );
    let wrong_groups = group_violations(shop).await;
    assert!(
        wrong_groups.is_empty(),
        "groups on {}: {wrong_groups:?}",
        shop.on
    );
}

/// The books of group-buy, which hold after every change (rules.md G3, G4, G7, G9, G13, inv.G1 to G5): each
/// statement counts rows that must not be there. `groups/audit.rs` proves that each of them is looked at.
const GROUP_CHECKS: &[(&str, &str)] = &[
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
pub async fn group_violations(shop: &TestShop) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    for (name, sql) in GROUP_CHECKS {
        if count(shop, sql).await > 0 {
            wrong.push(*name);
        }
    }
    wrong
}

//! Group-buy (rules.md 3.1, G1 to G18): what its tests share, and the tests one file a theme.

mod audit;
mod ending;
mod flow;
mod histories;
mod joining;
mod last_seat;
mod page;
mod paying;
mod races;
mod reward;

use contract::groups::{
    GroupProgress, OnOverflow, OpenGroup, Seat, SeatQuoteRequest, SeatRequest, SeatTaken,
};
use contract::orders::OrderDetail;
use contract::payment::PaymentStarted;
use contract::quote::Quote;
use contract::{ActivityId, GroupId, Money, OrderId, Page, PaymentId, Quantity};
use server::trade::settle::{self, Capture, Outcome};

use crate::cashier::{SECRET, Webhook};
use crate::harness::{Request, TestShop};
use crate::shopping::Buyer;

/// The demo's mango: three people, at most three boxes a person, 24 hours, 400 boxes of this SKU.
pub const MANGO: &str = "group-p02";
pub const MANGO_BOX: &str = "FRU002-A";
pub const MANGO_PRICE: i64 = 2390;
/// The demo's strawberries: two people, at most two boxes a person, 24 hours.
pub const STRAWBERRY: &str = "group-p01";
pub const STRAWBERRY_BOX: &str = "FRU001-A";
pub const STRAWBERRY_PRICE: i64 = 2490;

pub const HOUR_MS: i64 = 60 * 60 * 1000;

/// The first seat of a new group.
pub fn open(activity: &str) -> Seat {
    Seat::Open {
        activity: ActivityId::from(activity),
    }
}

/// A seat of a group.
pub fn join(group: &GroupId) -> Seat {
    Seat::Join {
        group: group.clone(),
    }
}

impl Buyer<'_> {
    pub fn seat_request(seat: Seat, sku: &str, quantity: u32, total: Money) -> SeatRequest {
        SeatRequest {
            seat,
            sku: sku.into(),
            quantity: Quantity::try_from(quantity).unwrap(),
            on_overflow: OnOverflow::Refund,
            fulfilment: Self::pickup(),
            remark: String::new(),
            expected_total: total,
            coupons: Vec::new(),
        }
    }

    pub fn quote_seat(&self, seat: Seat, sku: &str, quantity: u32) -> Request {
        let request = SeatQuoteRequest {
            seat,
            sku: sku.into(),
            quantity: Quantity::try_from(quantity).unwrap(),
            fulfilment: Some(Self::pickup()),
            coupons: Vec::new(),
        };
        self.post("/api/groups/quote").json(&request)
    }

    pub fn send_seat(&self, request: &SeatRequest) -> Request {
        self.post("/api/groups/seats").json(request)
    }

    /// Takes a seat at the price that the shop quotes.
    pub async fn sit(&self, seat: Seat, sku: &str, quantity: u32) -> OrderDetail {
        self.sit_or(seat, sku, quantity, OnOverflow::Refund).await
    }

    /// The same, with a wish for money that comes too late.
    pub async fn sit_or(
        &self,
        seat: Seat,
        sku: &str,
        quantity: u32,
        on_overflow: OnOverflow,
    ) -> OrderDetail {
        let quote: Quote = self.quote_seat(seat.clone(), sku, quantity).ok().await;
        let request = SeatRequest {
            on_overflow,
            ..Self::seat_request(seat, sku, quantity, quote.total)
        };
        self.send_seat(&request).ok::<SeatTaken>().await.order
    }

    pub async fn group(&self, group: &GroupId) -> GroupProgress {
        self.get(&format!("/api/groups/{group}")).ok().await
    }

    /// Opens a group and pays for its first seat.
    pub async fn lead(&self, activity: &str, sku: &str) -> (OrderDetail, GroupId) {
        let order = self.sit(open(activity), sku, 1).await;
        assert_eq!(pay(self.shop, &order.card.id).await, Outcome::Paid);
        let order = self.see(&order.card.id).await;
        let group = order.group.clone().unwrap().group.unwrap();
        (order, group)
    }

    /// Joins a group and pays.
    pub async fn join_and_pay(&self, group: &GroupId, sku: &str) -> OrderDetail {
        let order = self.sit(join(group), sku, 1).await;
        assert_eq!(pay(self.shop, &order.card.id).await, Outcome::Paid);
        self.see(&order.card.id).await
    }
}

/// Shops whose gateway cannot be reached: what is refunded stays asked for until the test says that it is
/// done.
pub async fn offline_shops() -> Vec<TestShop> {
    let settings = [
        ("gateway_url", "http://127.0.0.1:9"),
        ("gateway_webhook_secret", SECRET),
    ];
    TestShop::each_stocked_with(&settings).await
}

/// Three new customers.
pub async fn three(shop: &TestShop) -> (Buyer<'_>, Buyer<'_>, Buyer<'_>) {
    let buyer = |name| Buyer::new(shop, name);
    (
        buyer("13700000001").await,
        buyer("13700000002").await,
        buyer("13700000003").await,
    )
}

/// The open groups of a product.
pub async fn open_groups(shop: &TestShop, product: &str) -> Vec<OpenGroup> {
    let page: Page<OpenGroup> = shop
        .get(&format!("/api/products/{product}/groups"))
        .ok()
        .await;
    page.items
}

/// A payment of an order that waits for its money, as if the gateway had opened it.
pub async fn payment_of(shop: &TestShop, order: &OrderId) -> Capture {
    let id = PaymentId(uuid::Uuid::new_v4().simple().to_string());
    let mut tx = shop.state.db.begin().await.unwrap();
    sqlx::query(
        "INSERT INTO payment (id, order_id, state, currency, amount_minor, lang, created_at, check_at) \
         SELECT $1, id, 'closed', currency, total_minor, 'en', placed_at, pay_by FROM orders WHERE id = $2",
    )
    .bind(id.as_str())
    .bind(order.as_str())
    .execute(tx.conn())
    .await
    .unwrap();
    let amount: i64 = sqlx::query_scalar("SELECT total_minor FROM orders WHERE id = $1")
        .bind(order.as_str())
        .fetch_one(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Capture {
        payment: id,
        order: Some(order.clone()),
        amount: crate::shopping::yuan(amount),
        instrument: None,
    }
}

/// The gateway says that an order was paid.
pub async fn pay(shop: &TestShop, order: &OrderId) -> Outcome {
    let capture = payment_of(shop, order).await;
    settle::record(&shop.state, &capture).await.unwrap()
}

/// The gateway's webhook of a capture.
pub fn webhook(id: &str, capture: &Capture) -> Webhook {
    let started = PaymentStarted {
        payment: capture.payment.clone(),
        order: capture.order.clone().unwrap(),
        cashier_url: String::new(),
    };
    Webhook::paid(id, &started, capture.amount.minor)
}

/// The gateway says that every refund which was asked for succeeded.
pub async fn refund_all(shop: &TestShop) {
    let pending: Vec<String> =
        sqlx::query_scalar("SELECT id FROM refund WHERE state = 'pending' ORDER BY id")
            .fetch_all(shop.state.db.reader())
            .await
            .unwrap();
    for id in pending {
        server::trade::refund::record_success(&shop.state, &id.into())
            .await
            .unwrap();
    }
}

/// Changes the shop's tables as the studio will.
pub async fn edit(shop: &TestShop, sql: &'static str) {
    let mut tx = shop.state.db.begin().await.unwrap();
    sqlx::query(sql).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

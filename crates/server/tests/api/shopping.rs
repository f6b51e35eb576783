//! Buyers who do what buyers do, in one call each.
#![allow(dead_code)] // offers more than each test needs

use contract::fulfilment::{Contact, FulfilmentChoice};
use contract::orders::{OrderDetail, OrderRequest};
use contract::payment::PaymentStarted;
use contract::quote::{BasketLine, Quote, QuoteRequest};
use contract::{Money, OrderId, Quantity, UserId};
use server::auth::{Token, begin_session};

use crate::checks::{BOOK_CHECKS, GROUP_CHECKS, STOCK_CHECKS};
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
            coupons: Vec::new(),
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
            live: None,
            coupons: Vec::new(),
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

/// The books balance: stock and the holds of orders, payments and refunds, groups and their seats, the ledger and
/// the rows that it is about (`checks.rs` says what is asked).
pub async fn audit(shop: &TestShop) {
    for (what, sql) in STOCK_CHECKS.iter().chain(GROUP_CHECKS).chain(BOOK_CHECKS) {
        assert_eq!(count(shop, sql).await, 0, "{what} on {}", shop.on);
    }
}

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

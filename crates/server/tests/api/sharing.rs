//! People who share, open what others share, buy and pay, in one call each.
#![allow(dead_code)] // offers more than each test needs

use contract::earnings::{Commission, Earnings, Withdrawal, WithdrawalRequest};
use contract::fulfilment::{Contact, FulfilmentChoice};
use contract::notifications::{Notice, NotificationList};
use contract::orders::{OrderDetail, OrderRequest};
use contract::shares::{
    AttributionState, OpenShare, Share, ShareChannel, ShareRequest, ShareStats, ShareTarget,
};
use contract::{Money, OrderId, Page, PaymentId, ShareToken, Timestamp, UserId};
use server::attribution::store::traits;
use server::commission::{self, Returned, rates};
use server::http::language::Lang;
use server::payment::Instrument;
use server::payment::store::{self as payments, NewRow};
use server::trade::settle::{self, Capture};

use crate::checks::BOOK_CHECKS;
use crate::harness::{Request, TestShop};
use crate::shopping::{Buyer, STRAWBERRIES, count, line, yuan};

/// A phone's browser.
pub const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 \
                         (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Somebody who is signed in, in a browser of their own.
pub struct Person<'a> {
    pub buyer: Buyer<'a>,
    /// The browser's name.
    pub device: String,
    phone: String,
}

impl<'a> Person<'a> {
    /// A new customer; nobody else has this number, browser or address.
    pub async fn new(shop: &'a TestShop, number: u32) -> Self {
        let device = format!("{number:032x}");
        Self::in_browser(shop, number, &device).await
    }

    /// A new customer in a browser that others may use too.
    pub async fn in_browser(shop: &'a TestShop, number: u32, device: &str) -> Self {
        let phone = format!("138{number:08}");
        let mut buyer = Buyer::new(shop, &phone).await;
        buyer.cookie = format!("did={device}; {}", buyer.cookie);
        Self {
            buyer,
            device: device.to_owned(),
            phone,
        }
    }

    pub async fn share_as(
        &self,
        target: ShareTarget,
        channel: ShareChannel,
        sub_id: Option<&str>,
    ) -> Share {
        let request = ShareRequest {
            target,
            channel,
            sub_id: sub_id.map(str::to_owned),
        };
        self.buyer.post("/api/shares").json(&request).ok().await
    }

    /// Shares the strawberries.
    pub async fn share(&self) -> Share {
        self.share_as(strawberries(), ShareChannel::Chat, None)
            .await
    }

    /// Opens the page by a link, as its browser would say so.
    pub async fn open(&self, token: &ShareToken) -> AttributionState {
        opening(&self.buyer, token).ok().await
    }

    /// Orders some strawberries, to be collected.
    pub async fn order(&self, quantity: u32) -> OrderDetail {
        self.order_of(&[(STRAWBERRIES, quantity)]).await
    }

    pub async fn order_of(&self, goods: &[(&str, u32)]) -> OrderDetail {
        let lines: Vec<_> = goods.iter().map(|(sku, n)| line(sku, *n)).collect();
        let total = self.buyer.quote(&lines).await.total;
        let request = OrderRequest {
            lines,
            fulfilment: FulfilmentChoice::Pickup {
                point: "wutongli-garden".into(),
                contact: Some(Contact {
                    name: "小周".to_owned(),
                    phone: self.phone.clone(),
                }),
            },
            remark: String::new(),
            expected_total: total,
            live: None,
            coupons: Vec::new(),
        };
        self.buyer.post("/api/orders").json(&request).ok().await
    }

    /// Opens a link, buys and pays.
    pub async fn buy_by(&self, token: &ShareToken, quantity: u32) -> OrderId {
        self.open(token).await;
        let order = self.order(quantity).await.card.id;
        pay(self.buyer.shop, &order).await;
        order
    }

    pub async fn receive(&self, order: &OrderId) -> OrderDetail {
        let path = format!("/api/orders/{order}/receipt");
        self.buyer.post(&path).ok().await
    }

    pub async fn earnings(&self) -> Earnings {
        self.buyer.get("/api/earnings").ok().await
    }

    /// (available, awaiting), in fen.
    pub async fn balance(&self) -> (i64, i64) {
        let earnings = self.earnings().await;
        (earnings.available.minor, earnings.awaiting.minor)
    }

    pub async fn commissions(&self) -> Vec<Commission> {
        let page: Page<Commission> = self.buyer.get("/api/earnings/commissions").ok().await;
        page.items
    }

    pub async fn shares(&self) -> Vec<ShareStats> {
        let page: Page<ShareStats> = self.buyer.get("/api/shares").ok().await;
        page.items
    }
}

pub fn strawberries() -> ShareTarget {
    ShareTarget::Product {
        slug: "dandong-strawberry".to_owned(),
    }
}

/// What a page that was opened by a link sends.
pub fn opening(buyer: &Buyer<'_>, token: &ShareToken) -> Request {
    let body = OpenShare {
        token: token.clone(),
    };
    let request = buyer.post("/api/share/open").json(&body);
    request.header("user-agent", PHONE)
}

/// The money of an order arrives.
pub async fn pay(shop: &TestShop, order: &OrderId) {
    pay_by(shop, order, None).await;
}

/// The money of an order arrives, from a wallet that the gateway has this word for.
pub async fn pay_by(shop: &TestShop, order: &OrderId, wallet: Option<&str>) {
    let id = PaymentId(uuid::Uuid::new_v4().simple().to_string());
    let now = shop.state.clock.now();
    let mut tx = shop.state.db.begin().await.unwrap();
    let found = server::trade::store::find(tx.conn(), order).await.unwrap();
    let amount: Money = found.unwrap().total;
    let new = NewRow {
        id: id.clone(),
        order,
        amount,
        lang: Lang::En,
        now,
        check_at: now.plus_ms(DAY_MS * 1000),
    };
    payments::insert(tx.conn(), &new).await.unwrap();
    tx.commit().await.unwrap();
    let capture = Capture {
        payment: id,
        order: Some(order.clone()),
        amount,
        instrument: wallet.map(|word| Instrument(word.to_owned())),
    };
    settle::record(&shop.state, &capture).await.unwrap();
}

/// The books are right (inv.L1, L3, L5; M2, M4): `checks.rs` says what is asked.
pub async fn audit_books(shop: &TestShop) {
    for (what, sql) in BOOK_CHECKS {
        assert_eq!(count(shop, sql).await, 0, "{what} on {}", shop.on);
    }
}

/// Fen as the price of some strawberries.
pub fn strawberries_for(quantity: u32) -> Money {
    yuan(crate::shopping::STRAWBERRIES_PRICE * i64::from(quantity))
}

impl<'a> Person<'a> {
    /// Somebody who came by a link before there was an account.
    pub async fn brought(shop: &'a TestShop, number: u32, token: &ShareToken) -> Self {
        let device = format!("{number:032x}");
        let body = OpenShare {
            token: token.clone(),
        };
        let guest = shop.post("/api/share/open").fresh_key();
        let guest = guest.cookie(&format!("did={device}"));
        let guest = guest.header("user-agent", PHONE).json(&body);
        let told: AttributionState = guest.ok().await;
        assert!(told.attribution.is_some());
        let person = Self::in_browser(shop, number, &device).await;
        let now = shop.state.clock.now();
        let mut tx = shop.state.db.begin().await.unwrap();
        let account = &person.buyer.id;
        server::attribution::adopt(tx.conn(), &shop.state.config, &device, account, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        person
    }
}

/// The shop sets what a product pays; answers from when.
pub async fn set_rate(shop: &TestShop, product: &str, rate_bp: u32) -> Timestamp {
    let mut tx = shop.state.db.begin().await.unwrap();
    let now = shop.state.clock.now();
    let from = rates::set(tx.conn(), &product.into(), rate_bp, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    from
}

/// The shop suspends a sharer for a reason, or lets one share again.
pub async fn suspend(shop: &TestShop, sharer: &UserId, reason: Option<&str>) {
    let mut tx = shop.state.db.begin().await.unwrap();
    let now = shop.state.clock.now();
    traits::suspend(tx.conn(), sharer, reason, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Money of some lines of an order goes back to its buyer.
pub async fn give_back(shop: &TestShop, order: &OrderId, lines: &[(i64, i64)], key: &str) {
    let mut tx = shop.state.db.begin().await.unwrap();
    let now = shop.state.clock.now();
    commission::take_back(tx.conn(), order, &Returned::Lines(lines), key, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

impl Person<'_> {
    /// Asks for a payout of some fen.
    pub async fn withdraw(&self, minor: i64) -> Request {
        let asked = WithdrawalRequest {
            amount: yuan(minor),
        };
        self.buyer.post("/api/withdrawals").json(&asked)
    }

    pub async fn withdrawn(&self, minor: i64) -> Withdrawal {
        self.withdraw(minor).await.ok().await
    }

    pub async fn withdrawals(&self) -> Vec<Withdrawal> {
        let page: Page<Withdrawal> = self.buyer.get("/api/withdrawals").ok().await;
        page.items
    }
}

impl Person<'_> {
    /// What waits in the notification centre, newest first.
    pub async fn notices(&self) -> Vec<Notice> {
        let list: NotificationList = self.buyer.get("/api/notifications").ok().await;
        list.items.into_iter().map(|item| item.notice).collect()
    }
}

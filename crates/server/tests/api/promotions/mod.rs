//! Promotions (rules.md 3.0-7, 3.5, 3.7, 3.9): what staff writes and shoppers get, over HTTP, on both databases.

mod books;
mod coupons;
mod crowd;
mod flash;
mod groups;
mod preview;
mod studio;

use contract::campaigns::{Campaign, CampaignCommand, CampaignState};
use contract::live_studio::StaffRole;
use contract::orders::OrderDetail;
use contract::promotions::{PromotionReason, WalletCoupon};
use contract::quote::{BasketLine, Quote};
use contract::{CouponId, Money, PromotionId, Timestamp};
use serde_json::{Value, json};

use crate::harness::{OPENING, Request, TestShop};
use crate::live::Host;
use crate::shopping::{Buyer, STRAWBERRIES, line};

pub const HOUR: i64 = 60 * 60 * 1000;
pub const DAY: i64 = 24 * HOUR;
/// The price of the strawberries in the sales of these tests.
pub const SALE: i64 = 1990;

/// Somebody who writes promotions.
pub struct Editor<'a>(pub Host<'a>);

impl<'a> Editor<'a> {
    pub async fn new(shop: &'a TestShop) -> Self {
        Self(Host::new(shop, "13800000077", StaffRole::CampaignEditor).await)
    }

    pub fn post(&self, rest: &str) -> Request {
        self.0.me.post(&format!("/api/studio/campaigns{rest}"))
    }

    pub async fn draft(&self, terms: &Value) -> Campaign {
        self.post("").json(terms).ok().await
    }

    pub fn command(&self, id: &PromotionId, command: CampaignCommand) -> Request {
        let body = json!({ "command": command });
        self.post(&format!("/{id}/state")).json(&body)
    }

    pub async fn go(&self, id: &PromotionId, command: CampaignCommand) -> Campaign {
        self.command(id, command).ok().await
    }

    /// Writes one and publishes it.
    pub async fn publish(&self, terms: &Value) -> PromotionId {
        let draft = self.draft(terms).await;
        assert_eq!(draft.state, CampaignState::Draft);
        self.go(&draft.id, CampaignCommand::Schedule).await;
        draft.id
    }

    pub async fn see(&self, id: &PromotionId) -> Campaign {
        let path = format!("/api/studio/campaigns/{id}");
        self.0.me.get(&path).ok().await
    }

    pub fn edit(&self, seen: &Campaign, terms: &Value) -> Request {
        let path = format!("/api/studio/campaigns/{}", seen.id);
        let request = self
            .0
            .me
            .shop
            .put(&path)
            .cookie(&self.0.me.cookie)
            .fresh_key();
        request.json(&json!({ "version": seen.version, "terms": terms }))
    }
}

/// Terms of a promotion from now on for ten days, which the shop pays for.
pub fn terms(rule: Value) -> Value {
    json!({
        "title": { "zh": "周五草莓", "en": "Friday strawberries" },
        "starts_at": OPENING.0,
        "ends_at": OPENING.0 + 10 * DAY,
        "funding": [{ "funder": { "kind": "store" }, "share_bp": 10_000 }],
        "rule": rule,
    })
}

/// The same with other terms.
pub fn with(mut terms: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        terms[name] = value.clone();
    }
    terms
}

/// A flash sale of strawberries.
pub fn sale(quota: u32) -> Value {
    let prices = json!([{ "sku": STRAWBERRIES, "price": SALE, "quota": quota }]);
    terms(json!({ "kind": "flash_sale", "prices": prices }))
}

/// So much off by a coupon that everybody may claim a few of.
pub fn coupon(threshold: i64, off: i64) -> Value {
    terms(json!({
        "kind": "coupon", "scope": { "kind": "all" }, "threshold": threshold,
        "benefit": { "kind": "fixed", "off": off }, "alone": false, "claim_each": 3,
    }))
}

/// Who pays: the shop so much, a supplier the rest.
pub fn shared(store_bp: u32) -> Value {
    json!({ "funding": [
        { "funder": { "kind": "store" }, "share_bp": store_bp },
        { "funder": { "kind": "supplier", "party": "orchard" }, "share_bp": 10_000 - store_bp },
    ] })
}

impl Buyer<'_> {
    pub fn ask_claim(&self, id: &PromotionId) -> Request {
        self.post(&format!("/api/coupons/{id}/claims"))
    }

    pub async fn claim(&self, id: &PromotionId) -> CouponId {
        self.ask_claim(id).ok::<WalletCoupon>().await.id
    }

    pub async fn quote_by(&self, lines: &[BasketLine], coupons: &[CouponId]) -> Quote {
        let body = json!({ "lines": lines, "fulfilment": Self::pickup(), "coupons": coupons });
        self.post("/api/quotes").json(&body).ok().await
    }

    pub fn send_by(&self, lines: &[BasketLine], coupons: &[CouponId], total: Money) -> Request {
        let mut request = Self::request(lines, total);
        request.coupons = coupons.to_vec();
        self.post("/api/orders").json(&request)
    }

    pub async fn order_by(&self, lines: &[BasketLine], coupons: &[CouponId]) -> OrderDetail {
        let total = self.quote_by(lines, coupons).await.total;
        self.send_by(lines, coupons, total).ok().await
    }
}

/// Why a promotion takes nothing off.
pub fn why(quote: &Quote, id: &PromotionId) -> Option<PromotionReason> {
    let mut rejected = quote.promotions.rejected.iter();
    let rejected = rejected.find(|one| one.promotion == *id)?;
    Some(rejected.reason.clone())
}

/// A bucket of a sale: (on_hand, reserved, sold).
pub async fn carved(shop: &TestShop, id: &PromotionId) -> (i64, i64, i64) {
    sqlx::query_as("SELECT on_hand, reserved, sold FROM promotion_sku WHERE promotion = $1")
        .bind(id.as_str())
        .fetch_one(shop.state.db.reader())
        .await
        .unwrap()
}

pub fn strawberries(n: u32) -> [BasketLine; 1] {
    [line(STRAWBERRIES, n)]
}

pub fn at(ms: i64) -> Timestamp {
    OPENING.plus_ms(ms)
}

/// Runs a statement of the test's own.
pub async fn run(shop: &TestShop, sql: &'static str) {
    let mut tx = shop.state.db.begin().await.unwrap();
    sqlx::query(sql).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

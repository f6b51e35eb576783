//! What the money of an order does to the shop's books (rules.md 3.7, M2 and M4).
//!
//! What a buyer pays is a deposit until the goods are delivered, an order's of a group like any other: so a group
//! that fails never touches revenue. A refund is the inverse of what stands: of the deposit before the delivery,
//! after it of the stored shares of its lines. The rows of payments and refunds say what happened; [`follow`] posts
//! what of it the books do not say yet.

use std::collections::BTreeSet;

use contract::orders::OrderState;
use contract::{Money, OrderId, Timestamp};

use super::store::{self, OrderRow};
use crate::AppError;
use crate::db::Conn;
use crate::groups::store::seat as seats;
use crate::ledger::{self, Account, Dimensions, Document, Part};
use crate::payment::refunds::store::lines::{self as refund_lines, Share};
use crate::payment::refunds::store::{self as refunds, RefundRow};
use crate::payment::store as payments;

const BIZ: &str = "order";

/// Posts what happened to the money of an order since this was last done: money that came, goods that were
/// delivered, money that goes back and that is back.
pub async fn follow(conn: &mut Conn, order: &OrderId, now: Timestamp) -> Result<(), AppError> {
    let order = store::find(conn, order)
        .await?
        .ok_or_else(|| AppError::internal("books of no order"))?;
    let mut books = Books::open(conn, order, now).await?;
    books.captured(conn).await?;
    books.going_back(conn).await?;
    books.delivered(conn).await?;
    books.back(conn).await
}

/// One order's money and what was posted of it.
struct Books {
    order: OrderRow,
    about: Dimensions,
    refunds: Vec<(RefundRow, Vec<Share>)>,
    posted: BTreeSet<String>,
    now: Timestamp,
}

impl Books {
    async fn open(conn: &mut Conn, order: OrderRow, now: Timestamp) -> Result<Self, AppError> {
        let seat = seats::of_order(conn, &order.id).await?;
        let about = seat.map_or_else(Dimensions::default, |seat| Dimensions {
            activity: Some(seat.activity.0),
            group: seat.group.map(|group| group.0),
            ..Dimensions::default()
        });
        let mut shares = refund_lines::of_order(conn, &order.id).await?;
        let refunds = refunds::of_order(conn, &order.id).await?;
        let refunds = refunds.into_iter().map(|refund| {
            let shares = shares.remove(refund.id.as_str()).unwrap_or_default();
            (refund, shares)
        });
        Ok(Self {
            refunds: refunds.collect(),
            posted: ledger::posted_about(conn, BIZ, order.id.as_str()).await?,
            order,
            about,
            now,
        })
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.order.total.currency)
    }

    fn document(&self, event: &'static str, key: &str) -> Document {
        Document {
            biz: BIZ,
            biz_id: self.order.id.0.clone(),
            event,
            idem_key: key.to_owned(),
            at: self.now,
            entries: Vec::new(),
        }
    }

    /// Adds what moves from one account to another, and nothing for nothing.
    fn shift(
        &self,
        document: &mut Document,
        (debit, credit): (Account, Account),
        minor: i64,
        sku: Option<&str>,
    ) -> Result<(), AppError> {
        if minor == 0 {
            return Ok(());
        }
        let about = Dimensions {
            sku: sku.map(str::to_owned),
            ..self.about.clone()
        };
        let (debit, credit) = (Part::of(debit), Part::of(credit));
        document.add(debit, credit, self.money(minor), &about)
    }

    async fn post(&mut self, conn: &mut Conn, document: Document) -> Result<(), AppError> {
        if !document.entries.is_empty() {
            ledger::post(conn, &document).await?;
            self.posted.insert(document.idem_key);
        }
        Ok(())
    }

    /// Money came: the shop owes its buyer goods for it.
    async fn captured(&mut self, conn: &mut Conn) -> Result<(), AppError> {
        for (payment, minor) in payments::captured(conn, &self.order.id).await? {
            let key = format!("order.captured:{payment}");
            if self.posted.contains(&key) {
                continue;
            }
            let mut document = self.document("captured", &key);
            let deposit = (Account::CashClearing, Account::CustomerDeposit);
            self.shift(&mut document, deposit, minor, None)?;
            self.post(conn, document).await?;
        }
        Ok(())
    }

    fn delivered_key(&self) -> String {
        format!("order.delivered:{}", self.order.id)
    }

    /// The buyer has what was not given back: it is sold.
    async fn delivered(&mut self, conn: &mut Conn) -> Result<(), AppError> {
        let key = self.delivered_key();
        if self.order.state != OrderState::Received || self.posted.contains(&key) {
            return Ok(());
        }
        let mut document = self.document("delivered", &key);
        let skus = self.skus(conn).await?;
        for share in refund_lines::left(conn, &self.order.id).await? {
            let sku = sku_at(&skus, share.position);
            let sold = (Account::CustomerDeposit, Account::Revenue);
            self.shift(&mut document, sold, share.minor, sku)?;
        }
        let brought = (Account::CustomerDeposit, Account::ShippingIncome);
        let shipping_back: i64 = self.refunds.iter().map(shipping_of).sum();
        let shipping = self.order.shipping.minor - shipping_back;
        self.shift(&mut document, brought, shipping, None)?;
        self.post(conn, document).await
    }

    /// Money goes back: what the shop owes for goods, or what was sold, becomes money that it owes.
    async fn going_back(&mut self, conn: &mut Conn) -> Result<(), AppError> {
        let delivered = self.posted.contains(&self.delivered_key());
        for (refund, shares) in self.refunds.clone() {
            let key = format!("order.returned:{}", refund.id);
            if self.posted.contains(&key) {
                continue;
            }
            let mut document = self.document("returned", &key);
            // A second payment for the same order never was for goods.
            if shares.is_empty() || !delivered {
                let undone = (Account::CustomerDeposit, Account::RefundClearing);
                self.shift(&mut document, undone, refund.minor, None)?;
            } else {
                let skus = self.skus(conn).await?;
                for share in &shares {
                    let unsold = (Account::Revenue, Account::RefundClearing);
                    let sku = sku_at(&skus, share.position);
                    self.shift(&mut document, unsold, share.minor, sku)?;
                }
                let unbrought = (Account::ShippingIncome, Account::RefundClearing);
                let shipping = shipping_of(&(refund, shares));
                self.shift(&mut document, unbrought, shipping, None)?;
            }
            self.post(conn, document).await?;
        }
        Ok(())
    }

    /// Money is back.
    async fn back(&mut self, conn: &mut Conn) -> Result<(), AppError> {
        for (refund, _) in self.refunds.clone() {
            let key = format!("order.refunded:{}", refund.id);
            if !refund.succeeded || self.posted.contains(&key) {
                continue;
            }
            let mut document = self.document("refunded", &key);
            let gone = (Account::RefundClearing, Account::CashClearing);
            self.shift(&mut document, gone, refund.minor, None)?;
            self.post(conn, document).await?;
        }
        Ok(())
    }

    async fn skus(&self, conn: &mut Conn) -> Result<Vec<String>, AppError> {
        let currency = self.order.total.currency;
        let lines = store::lines(conn, &self.order.id, currency).await?;
        Ok(lines.into_iter().map(|line| line.sku.0).collect())
    }
}

/// What a refund gives back of the shipping.
fn shipping_of((refund, shares): &(RefundRow, Vec<Share>)) -> i64 {
    if shares.is_empty() {
        return 0;
    }
    let goods: i64 = shares.iter().map(|share| share.minor).sum();
    refund.minor - goods
}

/// The SKU of a line; lines are in the order of their places.
fn sku_at(skus: &[String], position: i64) -> Option<&str> {
    let place = usize::try_from(position).ok()?;
    skus.get(place).map(String::as_str)
}

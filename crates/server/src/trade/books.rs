//! What the money of an order does to the shop's books (rules.md 3.7, M2 and M4).
//!
//! What a buyer pays is a deposit until the goods are delivered, an order's of a group like any other: so a group
//! that fails never touches revenue. A refund is the inverse of what stands: of the deposit before the delivery,
//! after it of the stored shares of its lines. The rows of payments and refunds say what happened; [`follow`] posts
//! what of it the books do not say yet.

use std::collections::BTreeSet;

use contract::orders::OrderState;
use contract::promotions::FunderKind;
use contract::{Money, OrderId, Timestamp};

use super::dimensions::{self, LineAbout};
use super::store::{self, OrderRow};
use crate::AppError;
use crate::campaigns::store::share::{self as discounts, ShareRow};
use crate::db::Conn;
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
        let about = dimensions::frozen(conn, &order).await?;
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
        line: Option<&LineAbout>,
    ) -> Result<(), AppError> {
        let about = match line {
            Some(line) => line.about(&self.about),
            None => self.about.clone(),
        };
        self.shift_about(document, (debit, credit), minor, about)
    }

    fn shift_about(
        &self,
        document: &mut Document,
        (debit, credit): (Account, Account),
        minor: i64,
        about: Dimensions,
    ) -> Result<(), AppError> {
        if minor == 0 {
            return Ok(());
        }
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
        let lines = self.lines(conn).await?;
        for share in refund_lines::left(conn, &self.order.id).await? {
            let line = line_at(&lines, share.position);
            let sold = (Account::CustomerDeposit, Account::Revenue);
            self.shift(&mut document, sold, share.minor, line)?;
        }
        // Revenue is at the shop's own prices; who pays for what came off them owes it, or bears it (M3).
        for share in discounts::left(conn, &self.order.id).await? {
            let line = line_at(&lines, share.position);
            let given = (funded_by(share.funder), Account::Revenue);
            self.shift_about(&mut document, given, share.minor, self.of(&share, line))?;
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
                let lines = self.lines(conn).await?;
                for share in &shares {
                    let unsold = (Account::Revenue, Account::RefundClearing);
                    let line = line_at(&lines, share.position);
                    self.shift(&mut document, unsold, share.minor, line)?;
                }
                for share in discounts::undone_by(conn, &refund.id).await? {
                    let line = line_at(&lines, share.position);
                    let undone = (Account::Revenue, funded_by(share.funder));
                    self.shift_about(&mut document, undone, share.minor, self.of(&share, line))?;
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

    /// What a share of a discount is about.
    fn of(&self, share: &ShareRow, line: Option<&LineAbout>) -> Dimensions {
        let about = line.map_or_else(|| self.about.clone(), |line| line.about(&self.about));
        Dimensions {
            campaign: Some(share.promotion.0.clone()),
            party: Some(share.party.clone()).filter(|party| !party.is_empty()),
            ..about
        }
    }

    async fn lines(&self, conn: &mut Conn) -> Result<Vec<LineAbout>, AppError> {
        let currency = self.order.total.currency;
        let lines = store::lines(conn, &self.order.id, currency).await?;
        let about = (0_i64..).zip(lines).map(|(position, line)| LineAbout {
            position,
            sku: line.sku.0,
            store: line.snapshot.store().0.clone(),
        });
        Ok(about.collect())
    }
}

/// The account of who pays for a discount (M1).
fn funded_by(funder: FunderKind) -> Account {
    match funder {
        FunderKind::Store => Account::DiscountStore,
        FunderKind::Supplier => Account::DiscountSupplierRecv,
        FunderKind::Platform => Account::DiscountPlatformRecv,
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

/// A line; they are in the order of their places.
fn line_at(lines: &[LineAbout], position: i64) -> Option<&LineAbout> {
    let place = usize::try_from(position).ok()?;
    lines.get(place)
}

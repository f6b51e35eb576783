//! The shop's books: double entry, in whole minor units, never changed (rules.md 3.7; reliability inv.L1 to L3).
//!
//! What happened is a [`Document`] whose entries sum to zero in every currency; it is posted in the transaction
//! of the change that it books, once for its `idem_key`. Debits are positive, credits negative.

pub mod audit;
pub mod report;
pub mod store;

use std::collections::{BTreeMap, BTreeSet};

use contract::{Currency, ErrorCode, Money, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::db::Conn;

/// An account of rules.md 3.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Account {
    /// Money at the payment gateway.
    CashClearing,
    /// What buyers paid for goods that they do not have yet.
    CustomerDeposit,
    /// What was sold and delivered.
    Revenue,
    /// What buyers paid to have delivered goods brought.
    ShippingIncome,
    /// Money on its way back to buyers.
    RefundClearing,
    /// Discounts that the shop pays for.
    DiscountStore,
    /// Discounts that the platform owes the shop.
    DiscountPlatformRecv,
    /// Discounts that suppliers owe the shop.
    DiscountSupplierRecv,
    /// What went wrong with promotions, and what it cost (M5).
    PromoLoss,
    /// What commission costs the shop.
    CommissionExpense,
    /// What the shop owes sharers.
    CommissionPayable,
}

/// Which part of what is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The order is paid.
    Pending,
    /// The goods were received.
    Frozen,
    /// It can be withdrawn.
    Available,
    /// A payout was asked for.
    Withdrawing,
}

/// What an entry adds to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The account.
    pub account: Account,
    /// Whose part of it, and which.
    pub owed_to: Option<(UserId, Stage)>,
}

impl Part {
    /// An account that is nobody's in particular.
    pub const fn of(account: Account) -> Self {
        Self {
            account,
            owed_to: None,
        }
    }

    /// What the shop owes a sharer.
    pub fn owed(payee: &UserId, stage: Stage) -> Self {
        Self {
            account: Account::CommissionPayable,
            owed_to: Some((payee.clone(), stage)),
        }
    }
}

/// What an entry is about, for reports (M6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dimensions {
    /// The link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The SKU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The group-buy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// The group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The promotion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// The line's place in its order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    /// The live session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<String>,
    /// The sharer who brought the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// The same, who works for the shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
    /// The store that packed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// The buyer's neighbourhood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
    /// Where the link was posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Who owes the shop a discount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Why a loss came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Who answers for a loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it adds to.
    pub part: Part,
    /// Debit when positive, credit when negative; never zero.
    pub amount: Money,
    /// What it is about.
    pub about: Dimensions,
}

/// What happened.
#[derive(Clone, Debug)]
pub struct Document {
    /// What kind of thing it happened to.
    pub biz: &'static str,
    /// To which one.
    pub biz_id: String,
    /// What happened, in a word.
    pub event: &'static str,
    /// The same for the same event: a second posting changes nothing.
    pub idem_key: String,
    /// When.
    pub at: Timestamp,
    /// Sum to zero in every currency.
    pub entries: Vec<Entry>,
}

impl Document {
    /// Moves an amount: debits one part and credits another with it.
    pub fn add(
        &mut self,
        debit: Part,
        credit: Part,
        amount: Money,
        about: &Dimensions,
    ) -> Result<(), AppError> {
        let back = Money::zero(amount.currency).checked_sub(amount)?;
        for (part, amount) in [(debit, amount), (credit, back)] {
            self.entries.push(Entry {
                part,
                amount,
                about: about.clone(),
            });
        }
        Ok(())
    }
}

/// Whether entries sum to zero in every currency, and none is zero itself (inv.L1).
pub fn is_balanced(entries: &[Entry]) -> bool {
    let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
    for entry in entries {
        *sums.entry(entry.amount.currency).or_default() += i128::from(entry.amount.minor);
    }
    let moves = entries.iter().all(|entry| entry.amount.minor != 0);
    moves && sums.values().all(|sum| *sum == 0)
}

/// Waits for whoever is posting. Balances that are read from here on stay true until the transaction ends.
pub async fn lock(conn: &mut Conn) -> Result<(), AppError> {
    store::lock(conn).await.map(drop)
}

/// Posts a document; false when it was posted before. One without entries, or that does not balance, is a fault
/// of ours and undoes the transaction.
pub async fn post(conn: &mut Conn, document: &Document) -> Result<bool, AppError> {
    if document.entries.is_empty() || !is_balanced(&document.entries) {
        return Err(AppError::internal(format!(
            "the document {} does not balance",
            document.idem_key
        )));
    }
    let last = store::lock(conn).await?;
    if document.at < store::closed_until(conn).await? {
        return Err(AppError::refused(
            ErrorCode::PeriodClosed,
            "The books of that time are closed. Post it today.",
        ));
    }
    if !store::insert(conn, last + 1, document).await? {
        return Ok(false);
    }
    store::advance(conn, last + 1).await?;
    for (position, entry) in (0_i64..).zip(&document.entries) {
        store::insert_entry(conn, last + 1, position, entry).await?;
        store::add_to_balance(conn, entry).await?;
    }
    Ok(true)
}

/// Whether a document with this key was posted.
pub async fn is_posted(conn: &mut Conn, idem_key: &str) -> Result<bool, AppError> {
    store::is_posted(conn, idem_key).await
}

/// The keys of everything that was posted about one thing.
pub async fn posted_about(
    conn: &mut Conn,
    biz: &str,
    biz_id: &str,
) -> Result<BTreeSet<String>, AppError> {
    store::posted_about(conn, biz, biz_id).await
}

/// What the shop owes a sharer in a stage; negative when the sharer owes the shop.
pub async fn owed(
    conn: &mut Conn,
    payee: &UserId,
    stage: Stage,
    currency: Currency,
) -> Result<Money, AppError> {
    let balance = store::balance(conn, &Part::owed(payee, stage), currency).await?;
    Ok(Money::zero(currency).checked_sub(Money::new(balance, currency))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn document() -> Document {
        Document {
            biz: "test",
            biz_id: "1".to_owned(),
            event: "tested",
            idem_key: "test".to_owned(),
            at: Timestamp(0),
            entries: Vec::new(),
        }
    }

    fn cny(minor: i64) -> Money {
        Money::new(minor, Currency::CNY)
    }

    proptest! {
        #[test]
        fn inv_l1_moves_of_any_amounts_balance(amounts in prop::collection::vec(1_i64..i64::MAX / 64, 1..20)) {
            let mut document = document();
            for amount in &amounts {
                document.add(
                    Part::of(Account::CommissionExpense),
                    Part::owed(&"p".into(), Stage::Pending),
                    cny(*amount),
                    &Dimensions::default(),
                ).unwrap();
            }
            prop_assert!(is_balanced(&document.entries));
            // A planted fault is seen: one minor unit more anywhere.
            document.entries[0].amount.minor += 1;
            prop_assert!(!is_balanced(&document.entries));
        }
    }

    #[test]
    fn inv_l1_currencies_do_not_balance_each_other() {
        let entry = |minor, currency: &str| Entry {
            part: Part::of(Account::CashClearing),
            amount: Money::new(minor, currency.parse().unwrap()),
            about: Dimensions::default(),
        };
        assert!(!is_balanced(&[entry(5, "CNY"), entry(-5, "USD")]));
        assert!(is_balanced(&[
            entry(5, "CNY"),
            entry(-5, "CNY"),
            entry(-7, "USD"),
            entry(7, "USD")
        ]));
        assert!(!is_balanced(&[entry(0, "CNY")]));
    }
}

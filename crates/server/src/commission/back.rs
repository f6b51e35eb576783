//! Money of an order goes back, and so does what it paid, in proportion, from wherever it stands; a balance may
//! turn negative (A10).

use contract::earnings::CommissionState;
use contract::{Money, OrderId, Timestamp};

use super::store::rows::{self, CommissionRow};
use super::{about, document, post, rules};
use crate::AppError;
use crate::attribution::store::frozen::{self, FrozenLine};
use crate::db::Conn;
use crate::ledger::{self, Account, Dimensions, Document, Part, Stage};
use crate::payment::refunds::store::lines as refund_lines;

/// How much of each line is given back.
#[derive(Clone, Debug)]
pub enum Returned<'a> {
    /// Everything.
    All,
    /// Minor units of some lines, named by their place in the order.
    Lines(&'a [(i64, i64)]),
}

/// A refund of some lines was decided: what they paid goes back, and the leader's reward in proportion.
pub async fn part_back(
    conn: &mut Conn,
    order: &OrderId,
    lines: &[(i64, i64)],
    refund: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    if rows::of_order(conn, order).await?.is_empty() {
        return Ok(());
    }
    let key = format!("commission.reversed:{refund}");
    take_back(conn, order, &Returned::Lines(lines), &key, now).await?;
    reward_back(conn, order, &format!("reward.reversed:{refund}"), now).await
}

/// Takes back what a sale paid who brought it. `key` names the refund: the same twice takes back once.
pub async fn take_back(
    conn: &mut Conn,
    order: &OrderId,
    returned: &Returned<'_>,
    key: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    ledger::lock(conn).await?;
    if ledger::is_posted(conn, key).await? {
        return Ok(());
    }
    let mut document = document(order, "reversed", key.to_owned(), now);
    let rows = rows::of_order(conn, order).await?;
    for line in frozen::lines(conn, order).await? {
        let refunded = refunded_of(&line, returned);
        if refunded == line.refunded_minor {
            continue;
        }
        frozen::note_refund(conn, order, line.position, refunded).await?;
        let of_line =
            |row: &&CommissionRow| row.level != rows::REWARD && row.position == line.position;
        for row in rows.iter().filter(of_line) {
            let gone = rules::reversed(row.amount.minor, line.base.minor, refunded);
            let about = Dimensions {
                sku: Some(line.sku.0.clone()),
                ..about(row)
            };
            take_back_of(conn, row, gone, about, &mut document).await?;
        }
    }
    post(conn, &document).await
}

/// Takes back of the leader's reward what corresponds to the goods of the leader's order that went back (G16).
pub(super) async fn reward_back(
    conn: &mut Conn,
    order: &OrderId,
    key: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    ledger::lock(conn).await?;
    let rows = rows::of_order(conn, order).await?;
    let Some(row) = rows.iter().find(|row| row.level == rows::REWARD) else {
        return Ok(());
    };
    let (goods, back) = refund_lines::goods_of(conn, order).await?;
    let gone = rules::reversed(row.amount.minor, goods, back);
    let mut document = document(order, "reversed", key.to_owned(), now);
    take_back_of(conn, row, gone, about(row), &mut document).await?;
    post(conn, &document).await
}

/// Minor units of a line's base that are back once this is.
fn refunded_of(line: &FrozenLine, returned: &Returned<'_>) -> i64 {
    let more: i64 = match returned {
        Returned::All => line.base.minor,
        Returned::Lines(lines) => lines
            .iter()
            .filter(|(position, _)| *position == line.position)
            .map(|(_, minor)| (*minor).max(0))
            .fold(0, i64::saturating_add),
    };
    line.refunded_minor
        .saturating_add(more)
        .min(line.base.minor)
}

/// Takes back of one row until `gone` minor units of it are.
async fn take_back_of(
    conn: &mut Conn,
    row: &CommissionRow,
    gone: i64,
    about: Dimensions,
    document: &mut Document,
) -> Result<(), AppError> {
    let more = gone - row.reversed.minor;
    if more <= 0 {
        return Ok(());
    }
    if !rows::take_back(conn, row, gone).await? {
        return Err(AppError::Raced);
    }
    let stage = match row.state {
        CommissionState::Pending => Stage::Pending,
        CommissionState::Frozen => Stage::Frozen,
        CommissionState::Available | CommissionState::Withdrawn | CommissionState::Reversed => {
            Stage::Available
        }
    };
    document.add(
        Part::owed(&row.payee, stage),
        Part::of(Account::CommissionExpense),
        Money::new(more, row.amount.currency),
        &about,
    )
}

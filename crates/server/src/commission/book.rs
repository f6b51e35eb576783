//! What a paid order owes who brought it, and a complete group its leader.

use std::collections::BTreeSet;

use contract::earnings::CommissionState;
use contract::{Money, OrderId, Timestamp, UserId};
use uuid::Uuid;

use super::back::{Returned, take_back};
use super::store::rows::{self, CommissionRow};
use super::{document, post, rules};
use crate::attribution::kin::{self, RING_MS};
use crate::attribution::rules::Refusal;
use crate::attribution::store::frozen::{self, Frozen, FrozenLine};
use crate::attribution::store::traits;
use crate::db::Conn;
use crate::ledger::{self, Account, Dimensions, Part, Stage};
use crate::{AppError, calendar};

/// The order was paid: its commission is owed, unless sharer and buyer turn out to pay from one purse or to bring
/// each other (A6). The caller holds the ledger.
pub(super) async fn book(
    conn: &mut Conn,
    mut frozen: Frozen,
    now: Timestamp,
) -> Result<(), AppError> {
    if !frozen::mark_paid(conn, &frozen.order, now).await? || frozen.refusal.is_some() {
        return Ok(());
    }
    let household = kin::household(conn, &frozen.buyer, &[]).await?;
    if household.contains(frozen.payee_l1.as_str()) {
        return frozen::refuse(conn, &frozen.order, Refusal::Household).await;
    }
    frozen.payee_l2 = frozen
        .payee_l2
        .filter(|payee| !household.contains(payee.as_str()));
    let frozen = &frozen;
    if closes_ring(conn, frozen, now).await? {
        return Ok(());
    }
    let key = format!("commission.earned:{}", frozen.order);
    let mut document = document(&frozen.order, "earned", key, now);
    for line in frozen::lines(conn, &frozen.order).await? {
        for row in rows_of(frozen, &line, now) {
            let Some(row) = within_day(conn, row, frozen.day_max).await? else {
                continue;
            };
            rows::insert(conn, &row).await?;
            let about = Dimensions {
                token: Some(frozen.token.0.clone()),
                sku: Some(line.sku.0.clone()),
                line: Some(line.position),
                ..Dimensions::default()
            };
            document.add(
                Part::of(Account::CommissionExpense),
                Part::owed(&row.payee, Stage::Pending),
                row.amount,
                &about,
            )?;
        }
    }
    post(conn, &document).await
}

/// What a line pays, one row a payee; a payee of nothing has none (A8).
fn rows_of(frozen: &Frozen, line: &FrozenLine, now: Timestamp) -> Vec<CommissionRow> {
    let whole = rules::amount(line.base.minor, line.rate_bp, line.fixed_minor);
    let share_l2_bp = frozen.payee_l2.as_ref().map_or(0, |_| frozen.share_l2_bp);
    let (first, second) = rules::split(whole, share_l2_bp);
    let paid = [
        (1, Some(&frozen.payee_l1), first),
        (2, frozen.payee_l2.as_ref(), second),
    ];
    let currency = line.base.currency;
    paid.into_iter()
        .filter(|(_, _, minor)| *minor > 0)
        .filter_map(|(level, payee, minor)| {
            let place = (line.position, level);
            let amount = Money::new(minor, currency);
            let row = new_row(&frozen.order, place, payee?, amount, frozen.freeze_ms, now);
            Some(CommissionRow {
                token: Some(frozen.token.clone()),
                ..row
            })
        })
        .collect()
}

fn new_row(
    order: &OrderId,
    (position, level): (i64, i64),
    payee: &UserId,
    amount: Money,
    freeze_ms: i64,
    now: Timestamp,
) -> CommissionRow {
    CommissionRow {
        id: Uuid::now_v7().simple().to_string(),
        order: order.clone(),
        position,
        level,
        payee: payee.clone(),
        token: None,
        amount,
        reversed: Money::zero(amount.currency),
        state: CommissionState::Pending,
        booked_at: now,
        freeze_ms,
        available_at: None,
        told_minor: 0,
    }
}

/// What of a row its payee's day has room for (reliability 3.1, refund farming); nothing when that is nothing. The
/// caller holds the ledger, so nobody else books meanwhile.
async fn within_day(
    conn: &mut Conn,
    row: CommissionRow,
    day_max: i64,
) -> Result<Option<CommissionRow>, AppError> {
    let since = calendar::begins(calendar::day_of(row.booked_at));
    let booked = rows::booked_since(conn, &row.payee, row.amount.currency, since).await?;
    let left = rules::day_left(day_max, booked).min(row.amount.minor);
    Ok((left > 0).then(|| CommissionRow {
        amount: Money::new(left, row.amount.currency),
        ..row
    }))
}

/// What the leader of a complete group is owed (G16).
#[derive(Clone, Debug)]
pub struct Reward {
    /// The leader's own order.
    pub order: OrderId,
    /// The leader.
    pub payee: UserId,
    /// How much.
    pub amount: Money,
    /// Milliseconds between receipt and the day that it can be withdrawn.
    pub freeze_ms: i64,
    /// The most that the leader earns in a day, minor units.
    pub day_max: i64,
    /// The group and its offer, for reports.
    pub about: Dimensions,
}

/// Books a reward, once; a leader who is suspended is owed none (A6).
pub async fn reward(conn: &mut Conn, reward: &Reward, now: Timestamp) -> Result<(), AppError> {
    ledger::lock(conn).await?;
    let key = format!("reward.earned:{}", reward.order);
    if ledger::is_posted(conn, &key).await? || traits::is_suspended(conn, &reward.payee).await? {
        return Ok(());
    }
    let row = new_row(
        &reward.order,
        (0, rows::REWARD),
        &reward.payee,
        reward.amount,
        reward.freeze_ms,
        now,
    );
    let Some(row) = within_day(conn, row, reward.day_max).await? else {
        return Ok(());
    };
    rows::insert(conn, &row).await?;
    let mut document = document(&reward.order, "rewarded", key, now);
    document.add(
        Part::of(Account::CommissionExpense),
        Part::owed(&row.payee, Stage::Pending),
        row.amount,
        &reward.about,
    )?;
    post(conn, &document).await
}

/// Whether this order closes a ring; if it does, nobody in the ring earns from another, nor did.
async fn closes_ring(conn: &mut Conn, frozen: &Frozen, now: Timestamp) -> Result<bool, AppError> {
    let payees: Vec<&UserId> = std::iter::once(&frozen.payee_l1)
        .chain(frozen.payee_l2.as_ref())
        .collect();
    let ring = kin::ring(conn, &frozen.buyer, &payees, now).await?;
    if ring.is_empty() {
        return Ok(false);
    }
    frozen::refuse(conn, &frozen.order, Refusal::Loop).await?;
    undo_ring(conn, &ring, now).await?;
    Ok(true)
}

async fn undo_ring(
    conn: &mut Conn,
    ring: &BTreeSet<String>,
    now: Timestamp,
) -> Result<(), AppError> {
    for buyer in ring {
        for (order, first, second) in frozen::paying_of(conn, buyer, now.plus_ms(-RING_MS)).await? {
            let inside = ring.contains(&first) || second.is_some_and(|id| ring.contains(&id));
            if inside {
                frozen::refuse(conn, &order, Refusal::Loop).await?;
                let key = format!("commission.ring:{order}");
                take_back(conn, &order, &Returned::All, &key, now).await?;
            }
        }
    }
    Ok(())
}

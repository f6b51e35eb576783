//! Commission: what a sale pays who brought it, following the order step by step (rules.md A8 to A10).
//!
//! [`follow`] is called by `trade::advance`, the one place where orders change state, in the same transaction.
//! An order of a group is booked when it is paid, like any other: it cannot be received before its group is
//! complete, and a group that fails refunds it, which takes the commission back. So a group that did not succeed
//! never pays.

pub mod rates;
pub mod rules;
pub mod store;
pub mod tell;

use std::collections::BTreeSet;

use contract::earnings::CommissionState;
use contract::orders::OrderState;
use contract::{Money, OrderId, ShareToken, SkuId, Timestamp, UserId};
use uuid::Uuid;

use crate::attribution::kin::{self, RING_MS};
use crate::attribution::rules::Refusal;
use crate::attribution::store::frozen::{self, Frozen, FrozenLine};
use crate::db::{self, Conn};
use crate::ledger::{self, Account, Dimensions, Document, Part, Stage};
use crate::trade::lifecycle::Step;
use crate::trade::store::OrderRow;
use crate::{AppError, AppState};
use store::rows::{self, CommissionRow};

/// How much of each line is given back.
#[derive(Clone, Debug)]
pub enum Returned<'a> {
    /// Everything.
    All,
    /// Minor units of some lines, named by their place in the order.
    Lines(&'a [(i64, i64)]),
}

/// Does for the sharers of an order what a step of the order means to them.
pub async fn follow(
    conn: &mut Conn,
    order: &OrderRow,
    step: &Step,
    now: Timestamp,
) -> Result<(), AppError> {
    let counts = step.refund || matches!(step.to, OrderState::Paid | OrderState::Received);
    if !counts {
        return Ok(());
    }
    let Some(frozen) = frozen::find(conn, &order.id).await? else {
        return Ok(());
    };
    ledger::lock(conn).await?;
    if step.refund {
        let key = format!("commission.reversed:{}", order.id);
        return take_back(conn, &order.id, &Returned::All, &key, now).await;
    }
    match step.to {
        OrderState::Paid => book(conn, &frozen, now).await,
        _ => freeze(conn, &frozen, now).await,
    }
}

/// The order was paid: its commission is owed, unless sharer and buyer turn out to bring each other (A6).
async fn book(conn: &mut Conn, frozen: &Frozen, now: Timestamp) -> Result<(), AppError> {
    if !frozen::mark_paid(conn, &frozen.order, now).await? || frozen.refusal.is_some() {
        return Ok(());
    }
    if closes_ring(conn, frozen, now).await? {
        return Ok(());
    }
    let mut document = document(
        &frozen.order,
        "earned",
        format!("commission.earned:{}", frozen.order),
        now,
    );
    for line in frozen::lines(conn, &frozen.order).await? {
        for row in rows_of(frozen, &line, now) {
            rows::insert(conn, &row).await?;
            document.add(
                Part::of(Account::CommissionExpense),
                Part::owed(&row.payee, Stage::Pending),
                row.amount,
                &about(&row.token, &line.sku),
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
            Some(CommissionRow {
                id: Uuid::now_v7().simple().to_string(),
                order: frozen.order.clone(),
                position: line.position,
                level,
                payee: payee?.clone(),
                token: frozen.token.clone(),
                amount: Money::new(minor, currency),
                reversed: Money::zero(currency),
                state: CommissionState::Pending,
                booked_at: now,
                available_at: None,
                told_minor: 0,
            })
        })
        .collect()
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

/// The goods were received: the time in which they can be returned begins (A9).
async fn freeze(conn: &mut Conn, frozen: &Frozen, now: Timestamp) -> Result<(), AppError> {
    let available_at = now.plus_ms(frozen.freeze_ms);
    let change = Change {
        from: (CommissionState::Pending, Stage::Pending),
        to: (CommissionState::Frozen, Stage::Frozen),
        event: "frozen",
    };
    shift(conn, &frozen.order, &change, Some(available_at), now).await
}

/// A change of state that moves what is owed from one stage to the next.
struct Change {
    from: (CommissionState, Stage),
    to: (CommissionState, Stage),
    event: &'static str,
}

async fn shift(
    conn: &mut Conn,
    order: &OrderId,
    change: &Change,
    available_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), AppError> {
    let key = format!("commission.{}:{order}", change.event);
    let mut document = document(order, change.event, key, now);
    for row in rows::of_order(conn, order).await? {
        if row.state != change.from.0 {
            continue;
        }
        if !rows::move_on(conn, &row, change.to.0, available_at).await? {
            return Err(AppError::Raced);
        }
        let left = row.amount.checked_sub(row.reversed)?;
        document.add(
            Part::owed(&row.payee, change.from.1),
            Part::owed(&row.payee, change.to.1),
            left,
            &Dimensions {
                token: Some(row.token.0.clone()),
                sku: None,
            },
        )?;
    }
    post(conn, &document).await
}

/// Money of an order goes back, and so does what it paid, in proportion, from wherever it stands; a balance may
/// turn negative (A10). `key` names the refund: the same twice takes back once.
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
        for row in rows.iter().filter(|row| row.position == line.position) {
            take_back_of(conn, row, &line, refunded, &mut document).await?;
        }
    }
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

async fn take_back_of(
    conn: &mut Conn,
    row: &CommissionRow,
    line: &FrozenLine,
    refunded: i64,
    document: &mut Document,
) -> Result<(), AppError> {
    let gone = rules::reversed(row.amount.minor, line.base.minor, refunded);
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
        &about(&row.token, &line.sku),
    )
}

/// Makes available what an order paid, once its time has come (A9).
pub async fn settle(state: &AppState, order: &OrderId) -> Result<(), AppError> {
    db::retrying(|| async {
        let change = Change {
            from: (CommissionState::Frozen, Stage::Frozen),
            to: (CommissionState::Available, Stage::Available),
            event: "available",
        };
        let mut tx = state.db.begin().await?;
        ledger::lock(tx.conn()).await?;
        shift(tx.conn(), order, &change, None, state.clock.now()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

fn document(order: &OrderId, event: &'static str, idem_key: String, at: Timestamp) -> Document {
    Document {
        biz: "commission",
        biz_id: order.0.clone(),
        event,
        idem_key,
        at,
        entries: Vec::new(),
    }
}

fn about(token: &ShareToken, sku: &SkuId) -> Dimensions {
    Dimensions {
        token: Some(token.0.clone()),
        sku: Some(sku.0.clone()),
    }
}

async fn post(conn: &mut Conn, document: &Document) -> Result<(), AppError> {
    if document.entries.is_empty() || ledger::post(conn, document).await? {
        return Ok(());
    }
    // The rows say that it is new, the books that it is not: one of them is wrong.
    Err(AppError::internal(format!(
        "{} was posted before",
        document.idem_key
    )))
}

//! The shop gives back an order that was paid, or some of it: before it is handed over or after (A10, F5, G11, G12,
//! G16). Decided by staff, on the way that every refund goes.

use contract::orders::{OrderState, TimelineEntry, TimelineKind};
use contract::{ErrorCode, Money, OrderId, RefundId, Timestamp};
use promotions::part_of;
use sha2::{Digest, Sha256};

use super::lifecycle::Cause;
use super::store::{self, OrderRow};
use super::{Advanced, advance, books, conflict, order_changed, refund};
use crate::db::{self, Conn};
use crate::groups;
use crate::outbox;
use crate::payment::refunds::store as refunds;
use crate::payment::refunds::store::lines::{self as refund_lines, Share};
use crate::stock::{self, Take};
use crate::{AppError, AppState, campaigns, commission};

/// What is to be given back.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// How many of which line, named by its place from 0; everything that is left when empty.
    pub lines: Vec<(i64, i64)>,
    /// Goods that were handed over came back and were found fit to be sold again. Those that were not handed over
    /// go back on sale in any case.
    pub restock: bool,
    /// The same word twice for one order gives back once.
    pub key: Option<String>,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Everything that was left goes back, and the order ends.
    Whole,
    /// So much goes back, and the order stands.
    Part(Money),
    /// The same was asked before: nothing more goes back.
    Known,
}

/// Decides a refund. Refuses with `NOT_FOUND`, `ORDER_STATE_CONFLICT`, `GROUP_FORMING` (G11), or `INVALID_REQUEST`
/// for more than is left of a line.
pub async fn give_back(
    state: &AppState,
    order: &OrderId,
    asked: &Asked,
) -> Result<Given, AppError> {
    let given = db::retrying(|| async {
        let now = state.clock.now();
        let mut tx = state.db.begin().await?;
        let order = store::find(tx.conn(), order)
            .await?
            .ok_or_else(|| AppError::not_found("order"))?;
        let (given, told) = decide(tx.conn(), &order, asked, now).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await?;
        Ok(given)
    })
    .await?;
    state.jobs_hint.notify_one();
    Ok(given)
}

async fn decide(
    conn: &mut Conn,
    order: &OrderRow,
    asked: &Asked,
    now: Timestamp,
) -> Result<(Given, Vec<outbox::Draft>), AppError> {
    let id = asked.key.as_ref().map(|key| keyed(&order.id, key));
    if let Some(id) = &id
        && refunds::is_known(conn, id).await?
    {
        return Ok((Given::Known, Vec::new()));
    }
    if !matches!(order.state, OrderState::Paid | OrderState::Received) {
        return Err(conflict(order.state));
    }
    groups::may_give_back(conn, &order.id).await?;
    let left = refund_lines::left(conn, &order.id).await?;
    let shares = shares(&left, &asked.lines)?;
    let whole = shares.iter().map(|share| share.quantity).sum::<i64>()
        == left.iter().map(|share| share.quantity).sum::<i64>();
    if whole {
        if order.state == OrderState::Received && asked.restock {
            put_back(conn, order, &shares, now).await?;
        }
        let Advanced { told, .. } = advance(conn, order, Cause::GivenBack, now).await?;
        return Ok((Given::Whole, told));
    }
    let id = id.unwrap_or_else(|| RefundId(uuid::Uuid::now_v7().simple().to_string()));
    part(conn, order, &id, &shares, asked.restock, now).await
}

/// The id of a refund that is asked for under a key.
fn keyed(order: &OrderId, key: &str) -> RefundId {
    let digest = Sha256::digest(format!("{order}\n{key}"));
    let hex = digest.iter().take(16).map(|byte| format!("{byte:02x}"));
    RefundId(hex.collect())
}

/// What is asked for, as shares of what is left; everything for nothing.
fn shares(left: &[Share], asked: &[(i64, i64)]) -> Result<Vec<Share>, AppError> {
    if asked.is_empty() {
        return Ok(left
            .iter()
            .copied()
            .filter(|share| share.quantity > 0)
            .collect());
    }
    let mut shares: Vec<Share> = Vec::new();
    for (position, quantity) in asked {
        let refused = |reason: String| Err(AppError::field(format!("lines[{position}]"), reason));
        let Some(line) = left.iter().find(|line| line.position == *position) else {
            return refused("the order has no such line".to_owned());
        };
        let twice = shares.iter().any(|share| share.position == *position);
        if twice || *quantity < 1 || *quantity > line.quantity {
            return refused(format!("{} are left of it; name it once", line.quantity));
        }
        shares.push(Share {
            position: *position,
            quantity: *quantity,
            minor: part_of(line.minor, *quantity, line.quantity),
        });
    }
    Ok(shares)
}

/// A part goes back: the order keeps its state, and its version says that something happened.
async fn part(
    conn: &mut Conn,
    order: &OrderRow,
    id: &RefundId,
    shares: &[Share],
    restock: bool,
    now: Timestamp,
) -> Result<(Given, Vec<outbox::Draft>), AppError> {
    if !store::transition(conn, order, order.state, None).await? {
        return Err(AppError::Raced);
    }
    if order.state == OrderState::Paid || restock {
        put_back(conn, order, shares, now).await?;
    }
    let minor: i64 = shares.iter().map(|share| share.minor).sum();
    if minor == 0 {
        let reason = "nothing was paid for that; give it back together with something else";
        return Err(AppError::field("lines", reason));
    }
    if !refunds::claim_part(conn, id, &order.id, minor, refund::PART, now).await? {
        return Err(AppError::refused(
            ErrorCode::OrderStateConflict,
            "Less than that was paid for the order and is not on its way back.",
        ));
    }
    refund_lines::insert(conn, (id, &order.id), shares).await?;
    let minors: Vec<_> = shares
        .iter()
        .map(|share| (share.position, share.minor))
        .collect();
    commission::part_back(conn, &order.id, &minors, id.as_str(), now).await?;
    books::follow(conn, &order.id, now).await?;
    let version = order.version + 1;
    let entry = TimelineEntry {
        kind: TimelineKind::PartRefunded,
        at: now,
        reason: None,
    };
    store::add_to_timeline(conn, &order.id, version * 10, entry).await?;
    let told = order_changed(order, order.state, version, None, now);
    let amount = Money::new(minor, order.total.currency);
    Ok((Given::Part(amount), vec![told]))
}

async fn put_back(
    conn: &mut Conn,
    order: &OrderRow,
    shares: &[Share],
    now: Timestamp,
) -> Result<(), AppError> {
    let lines = store::lines(conn, &order.id, order.total.currency).await?;
    let mut takes = Vec::with_capacity(shares.len());
    for (position, line) in (0_i64..).zip(lines) {
        if let Some(share) = shares.iter().find(|share| share.position == position) {
            takes.push(Take {
                sku: line.sku,
                quantity: share.quantity,
            });
        }
    }
    stock::put_back(conn, &order.id, &mut takes).await?;
    campaigns::follow::part_back(conn, &order.id, &takes, now).await
}

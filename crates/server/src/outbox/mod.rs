//! The outbox: events are written in the transaction of the change they tell of, and published after it.
//!
//! Numbers are given by updating one row as the last thing before the commit, so an event with a lower
//! number is always visible before one with a higher: a reader that keeps the last number it saw skips
//! nothing (inv.O1, O3; the ADR on the outbox says what that costs).

pub mod relay;
pub mod store;

use contract::Timestamp;
use contract::events::{OrderChange, ShopEvent};
use contract::live::LiveTold;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::db::Tx;
use crate::{AppError, AppState};

/// The audience of what everybody may hear, guests too; no user's id is such.
pub const EVERYBODY: &str = "*";
/// The audience of what the shop's staff alone may hear.
pub const STAFF: &str = "staff";

/// What happened, as it is stored: live rooms have words of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Event {
    /// To an order, a group, somebody's notifications.
    Shop(ShopEvent),
    /// In a live room.
    Live(LiveTold),
}

impl From<ShopEvent> for Event {
    fn from(event: ShopEvent) -> Self {
        Self::Shop(event)
    }
}

/// An event that has no number yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is about.
    pub topic: String,
    /// The user who may hear it, [`STAFF`] or [`EVERYBODY`].
    pub audience: String,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

impl Draft {
    /// An event of one order, for its owner.
    pub fn of_order(
        kind: impl FnOnce(OrderChange) -> ShopEvent,
        change: OrderChange,
        owner: &str,
        at: Timestamp,
    ) -> Self {
        Self {
            topic: order_topic(change.order.as_str()),
            audience: owner.to_owned(),
            at,
            event: kind(change).into(),
        }
    }
}

/// The topic of one order.
pub fn order_topic(order: &str) -> String {
    format!("order:{order}")
}

/// Ends a transaction with the events that tell of it: numbers and writes them, commits, and wakes the
/// relay. Nothing may come between the numbering and the commit.
pub async fn commit(mut tx: Tx, drafts: &[Draft], hint: &Notify) -> Result<(), AppError> {
    if let Ok(count @ 1..) = i64::try_from(drafts.len()) {
        let first = store::take_numbers(tx.conn(), count).await?;
        for (seq, draft) in (first..).zip(drafts) {
            store::insert(tx.conn(), seq, draft).await?;
        }
    }
    tx.commit().await?;
    fail::fail_point!("outbox_committed", !drafts.is_empty(), |_| {
        std::process::abort()
    });
    if !drafts.is_empty() {
        hint.notify_one();
    }
    Ok(())
}

/// Which history of events this database holds; made once, when first asked for.
pub async fn epoch(state: &AppState) -> Result<String, AppError> {
    let known = store::epoch(&mut *state.db.reader().acquire().await?).await?;
    if let Some(epoch) = known {
        return Ok(epoch);
    }
    let mut tx = state.db.begin().await?;
    let new = format!("{:08x}", rand::random::<u32>());
    let epoch = store::begin_epoch(tx.conn(), &new).await?;
    tx.commit().await?;
    Ok(epoch)
}

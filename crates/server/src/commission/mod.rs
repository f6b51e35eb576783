//! Commission: what a sale pays who brought it, and a complete group its leader, following the order step by step
//! (rules.md A8 to A10, G16).
//!
//! [`follow`] is called by `trade::book` for every step of an order, in the same transaction. An order of a group
//! is booked when it is paid, like any other: it cannot be received before its group is complete, and a group that
//! fails refunds it, which takes the commission back. So a group that did not succeed never pays.

mod back;
mod book;
pub mod falling;
mod onward;
pub mod rates;
pub mod rules;
pub mod store;
pub mod tell;

use contract::orders::{OrderState, TimelineKind};
use contract::{OrderId, Timestamp};

use crate::AppError;
use crate::attribution::store::frozen;
use crate::db::Conn;
use crate::ledger::{self, Dimensions, Document};
use crate::trade::lifecycle::Step;
use crate::trade::store::OrderRow;
use store::rows::{self, CommissionRow};

pub use back::{Returned, part_back, take_back};
pub use book::{Reward, reward};
pub use onward::settle;

/// Does for the payees of an order what a step of the order means to them.
pub async fn follow(
    conn: &mut Conn,
    order: &OrderRow,
    step: &Step,
    now: Timestamp,
) -> Result<(), AppError> {
    if step.refund {
        return all_back(conn, &order.id, now).await;
    }
    match step.to {
        OrderState::Paid if step.timeline.contains(&TimelineKind::Paid) => {
            let Some(frozen) = frozen::find(conn, &order.id).await? else {
                return Ok(());
            };
            ledger::lock(conn).await?;
            book::book(conn, frozen, now).await
        }
        OrderState::Received => onward::freeze(conn, &order.id, now).await,
        _ => Ok(()),
    }
}

/// The whole order goes back.
async fn all_back(conn: &mut Conn, order: &OrderId, now: Timestamp) -> Result<(), AppError> {
    if rows::of_order(conn, order).await?.is_empty() {
        return Ok(());
    }
    let key = format!("commission.reversed:{order}");
    take_back(conn, order, &Returned::All, &key, now).await?;
    back::reward_back(conn, order, &format!("reward.reversed:{order}"), now).await
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

/// What an entry of one row is about.
fn about(row: &CommissionRow) -> Dimensions {
    Dimensions {
        token: row.token.as_ref().map(|token| token.0.clone()),
        line: Some(row.position),
        ..Dimensions::default()
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

//! What is owed moves on: frozen when the goods were received, available once they can no longer be returned (A9).

use contract::earnings::CommissionState;
use contract::{OrderId, Timestamp};

use super::store::rows;
use super::{about, document, post};
use crate::db::{self, Conn};
use crate::ledger::{self, Part, Stage};
use crate::{AppError, AppState};

/// A change of state that moves what is owed from one stage to the next.
struct Change {
    from: (CommissionState, Stage),
    to: (CommissionState, Stage),
    event: &'static str,
}

/// The goods were received: the time in which they can be returned begins.
pub(super) async fn freeze(
    conn: &mut Conn,
    order: &OrderId,
    now: Timestamp,
) -> Result<(), AppError> {
    if rows::of_order(conn, order).await?.is_empty() {
        return Ok(());
    }
    ledger::lock(conn).await?;
    let change = Change {
        from: (CommissionState::Pending, Stage::Pending),
        to: (CommissionState::Frozen, Stage::Frozen),
        event: "frozen",
    };
    shift(conn, order, &change, now).await
}

/// Makes available what an order paid, once its time has come.
pub async fn settle(state: &AppState, order: &OrderId) -> Result<(), AppError> {
    db::retrying(|| async {
        let change = Change {
            from: (CommissionState::Frozen, Stage::Frozen),
            to: (CommissionState::Available, Stage::Available),
            event: "available",
        };
        let mut tx = state.db.begin().await?;
        ledger::lock(tx.conn()).await?;
        shift(tx.conn(), order, &change, state.clock.now()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

async fn shift(
    conn: &mut Conn,
    order: &OrderId,
    change: &Change,
    now: Timestamp,
) -> Result<(), AppError> {
    let key = format!("commission.{}:{order}", change.event);
    let mut document = document(order, change.event, key, now);
    for row in rows::of_order(conn, order).await? {
        if row.state != change.from.0 {
            continue;
        }
        let freezes = change.to.0 == CommissionState::Frozen;
        let available_at = freezes.then(|| now.plus_ms(row.freeze_ms));
        if !rows::move_on(conn, &row, change.to.0, available_at).await? {
            return Err(AppError::Raced);
        }
        let left = row.amount.checked_sub(row.reversed)?;
        document.add(
            Part::owed(&row.payee, change.from.1),
            Part::owed(&row.payee, change.to.1),
            left,
            &about(&row),
        )?;
    }
    post(conn, &document).await
}

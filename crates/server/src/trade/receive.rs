//! An order whose buyer never says that the goods are there counts as received after some days (features.md 109).

use contract::OrderId;
use contract::orders::OrderState;

use super::lifecycle::Cause;
use super::{advance, store};
use crate::outbox;
use crate::{AppError, AppState, db};

/// Takes an order as received unless something happened to it meanwhile; one whose group still forms waits (G11).
pub async fn by_time(state: &AppState, order: &OrderId) -> Result<(), AppError> {
    let done = db::retrying(|| receive(state, order)).await;
    match done {
        Err(AppError::Refused { .. }) => Ok(()),
        done => done,
    }
}

async fn receive(state: &AppState, order: &OrderId) -> Result<(), AppError> {
    let mut tx = state.db.begin().await?;
    let told = match store::find(tx.conn(), order).await? {
        Some(order) if order.state == OrderState::Paid => {
            advance(tx.conn(), &order, Cause::Received, state.clock.now())
                .await?
                .told
        }
        _ => Vec::new(),
    };
    outbox::commit(tx, &told, &state.outbox_hint).await
}

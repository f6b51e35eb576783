//! Forgetting what is old enough: idempotency keys (inv.I6), published events, ended sessions, one-time
//! codes, callers, films that never came whole.

use crate::features::account;
use crate::videos::work;
use crate::{AppError, AppState, attribution, auth, idempotency, outbox};

/// How long events can be replayed, in milliseconds: seven days.
const EVENTS_KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Rows that go at a time, so that the writer is never held for long.
const BATCH: i64 = 500;

/// Forgets one batch of each.
pub async fn prune(state: &AppState) -> Result<(), AppError> {
    idempotency::prune(state, BATCH).await?;
    auth::prune(state).await?;
    account::prune(state).await?;
    attribution::prune(state, BATCH).await?;
    work::prune(state).await?;
    state.limits.forget();
    let before = state.clock.now().plus_ms(-EVENTS_KEPT_MS);
    let mut tx = state.db.begin().await?;
    outbox::store::prune(tx.conn(), before, BATCH).await?;
    Ok(tx.commit().await?)
}

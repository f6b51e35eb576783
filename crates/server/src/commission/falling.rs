//! Telling sharers that what goods pay falls: two days before it does, once (rules.md A11).

use contract::notifications::Notice;
use contract::shares::RateChange;
use contract::{ProductId, UserId};

use super::store::falling as store;
use crate::groups::store::shown;
use crate::notices::{self, NewNotice};
use crate::{AppError, AppState, db, outbox};

/// Sharers who are told in one transaction.
const AT_ONCE: i64 = 100;
/// How long before, in milliseconds: on the 28th of the 30 days.
pub const BEFORE_MS: i64 = 2 * 24 * 60 * 60 * 1000;

/// A rate of a product that falls soon.
#[derive(Clone, Debug)]
pub struct Falling {
    /// The product.
    pub product: ProductId,
    /// What it pays from when on.
    pub change: RateChange,
}

/// Tells everybody with a link to the product, or to a group of it, who was not told yet.
pub async fn tell(state: &AppState, falling: &Falling) -> Result<(), AppError> {
    while db::retrying(|| tell_some(state, falling)).await? {}
    Ok(())
}

/// Tells some; answers whether there may be more.
async fn tell_some(state: &AppState, falling: &Falling) -> Result<bool, AppError> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let untold = store::untold(tx.conn(), falling, AT_ONCE).await?;
    let subject = shown::title(tx.conn(), &falling.product).await?;
    let mut told: Vec<NewNotice> = Vec::with_capacity(untold.len());
    for owner in &untold {
        if store::mark_told(tx.conn(), falling, owner).await? {
            told.push(notice(falling, owner, &subject));
        }
    }
    let more = i64::try_from(untold.len()).is_ok_and(|count| count == AT_ONCE);
    let drafts = notices::add_all(tx.conn(), told, now).await?;
    outbox::commit(tx, &drafts, &state.outbox_hint).await?;
    Ok(more)
}

fn notice(falling: &Falling, owner: &UserId, subject: &crate::words::Both) -> NewNotice {
    let notice = Notice::RateFalls {
        rate_bp: falling.change.rate_bp,
        at: falling.change.at,
    };
    NewNotice::new(owner, subject.clone(), notice)
}

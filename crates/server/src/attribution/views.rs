//! How often links were asked for, counted in memory and written down by the jobs: whoever looks at a link, a
//! crawler among them, must not make the database write.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use contract::ShareToken;

use super::store::links;
use crate::{AppError, AppState};

/// Views that are not written down yet.
#[derive(Default)]
pub struct Views(Mutex<BTreeMap<ShareToken, i64>>);

impl Views {
    /// One more view of a link that exists.
    pub fn count(&self, token: &ShareToken) {
        let mut views = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *views.entry(token.clone()).or_default() += 1;
    }

    fn take(&self) -> BTreeMap<ShareToken, i64> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes down what was counted.
pub async fn write_down(state: &AppState) -> Result<(), AppError> {
    let views = state.views.take();
    if views.is_empty() {
        return Ok(());
    }
    let mut tx = state.db.begin().await?;
    for (token, count) in &views {
        links::add_views(tx.conn(), token, *count).await?;
    }
    Ok(tx.commit().await?)
}

//! Telling sharers of sales, leaders of rewards, and both of what was taken back, after the fact and together for all lines of an order: a
//! sharer of many sales would otherwise make their buyers' payments wait for each other.

use std::collections::BTreeMap;

use contract::notifications::Notice;
use contract::{Money, OrderId, UserId};

use super::store::rows;
use crate::http::language::Lang;
use crate::notices::{self, NewNotice};
use crate::trade::store as orders;
use crate::words::Both;
use crate::{AppError, AppState, db, ledger, outbox};

/// Tells of what nobody was told of yet about an order.
pub async fn tell(state: &AppState, order: &OrderId) -> Result<(), AppError> {
    db::retrying(|| tell_of(state, order)).await
}

async fn tell_of(state: &AppState, order: &OrderId) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    // Nodes that tell of the same order wait for each other here.
    ledger::lock(tx.conn()).await?;
    let mut payees: BTreeMap<(UserId, bool), (i64, i64)> = BTreeMap::new();
    let rows = rows::of_order(tx.conn(), order).await?;
    let Some(currency) = rows.first().map(|row| row.amount.currency) else {
        return Ok(());
    };
    for row in rows {
        let is_reward = row.level == rows::REWARD;
        let (told, left) = payees.entry((row.payee, is_reward)).or_default();
        *told += row.told_minor;
        *left += row.amount.minor - row.reversed.minor;
    }
    let lines = orders::lines(tx.conn(), order, currency).await?;
    let subject = lines.first().map(|line| {
        let title = &line.snapshot;
        Both::new(title.title(Lang::Zh), title.title(Lang::En))
    });
    let subject = subject.unwrap_or_else(|| Both::new("", ""));
    let notices = payees.into_iter().filter_map(|((payee, is_reward), sums)| {
        let notice = notice(is_reward, sums, |minor| Money::new(minor, currency))?;
        Some(NewNotice::new(&payee, subject.clone(), notice))
    });
    let drafts = notices::add_all(tx.conn(), notices.collect(), now).await?;
    rows::mark_told(tx.conn(), order).await?;
    outbox::commit(tx, &drafts, &state.outbox_hint).await
}

/// What a payee is told who was told of `told` and now has `left`.
fn notice(
    is_reward: bool,
    (told, left): (i64, i64),
    money: impl Fn(i64) -> Money,
) -> Option<Notice> {
    let (more, amount) = (left > told, money((left - told).abs()));
    match (is_reward, more) {
        _ if left == told => None,
        (false, true) => Some(Notice::CommissionEarned { amount }),
        (false, false) => Some(Notice::CommissionReversed { amount }),
        (true, true) => Some(Notice::RewardEarned { amount }),
        (true, false) => Some(Notice::RewardReversed { amount }),
    }
}

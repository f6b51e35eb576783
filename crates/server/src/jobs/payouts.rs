//! Jobs that pay sharers.

use super::payments::wait_from;
use super::{BATCH, each};
use crate::commission::falling::BEFORE_MS;
use crate::commission::store::{falling, rows};
use crate::commission::tell::tell;
use crate::payout::store::{self, WithdrawalRow};
use crate::{AppError, AppState, commission, payout};

/// Rates that are looked at in one round: a shop that lowers all of its goods' at once has as many.
const FALLING: i64 = 10_000;

/// Makes commission available whose time has come (rules.md A9).
pub(super) async fn settle_commission(state: &AppState) -> Result<(), AppError> {
    let ripe = {
        let mut conn = state.db.reader().acquire().await?;
        rows::ripe(&mut conn, state.clock.now(), BATCH).await?
    };
    let settling = ripe.iter().map(|order| commission::settle(state, order));
    each("settle_commission", settling.collect()).await;
    Ok(())
}

/// Tells sharers of what they earned and of what was taken back.
pub(super) async fn tell_sharers(state: &AppState) -> Result<(), AppError> {
    let untold = {
        let mut conn = state.db.reader().acquire().await?;
        rows::untold(&mut conn, BATCH).await?
    };
    let telling = untold.iter().map(|order| tell(state, order));
    each("tell_sharers", telling.collect()).await;
    Ok(())
}

/// Tells sharers of rates that fall soon (rules.md A11). The jobs look often and tell once; a product whose sharers
/// all know costs one look each time.
pub async fn tell_of_falling_rates(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let soon = {
        let mut conn = state.db.reader().acquire().await?;
        let due = (now, now.plus_ms(BEFORE_MS));
        let mut untold = Vec::new();
        for falling in falling::soon(&mut conn, due, FALLING).await? {
            if !falling::untold(&mut conn, &falling, 1).await?.is_empty() {
                untold.push(falling);
            }
        }
        untold
    };
    let telling = soon
        .iter()
        .map(|falling| commission::falling::tell(state, falling));
    each("tell_of_falling_rates", telling.collect()).await;
    Ok(())
}

/// Asks the gateway for the transfers of approved payouts, with the same id until it says what became of each
/// (rules.md A12).
pub(super) async fn send_payouts(state: &AppState) -> Result<(), AppError> {
    let due = {
        let mut conn = state.db.reader().acquire().await?;
        store::due(&mut conn, state.clock.now(), BATCH).await?
    };
    let sending = due.iter().map(|payout| send(state, payout)).collect();
    each("send_payouts", sending).await;
    Ok(())
}

async fn send(state: &AppState, row: &WithdrawalRow) -> Result<(), AppError> {
    if !payout::send(state, row).await? {
        return Ok(());
    }
    let next = wait_from(state.clock.now(), row.attempts);
    let mut tx = state.db.begin().await?;
    store::try_later(tx.conn(), &row.id, next).await?;
    Ok(tx.commit().await?)
}

//! Taking a seat from one state to the next, with what it counts for: its offer's quota and its owner's
//! limit follow its state, so that they can be audited against the seats (G4, G13).

use contract::Timestamp;
use contract::groups::SeatState;

use super::lifecycle::{SeatCause, counts_for_limit, quota_counts, seat_step};
use super::store::quota;
use super::store::seat::{self as store, SeatRow};
use crate::AppError;
use crate::db::Conn;

/// Why a seat cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSeat {
    /// Its offer's quota is used up.
    Quota,
    /// Its owner has as many as one person may have.
    Limit,
}

/// Counts a new seat and writes it. On a refusal the caller must undo its transaction.
pub async fn sit(conn: &mut Conn, seat: &SeatRow) -> Result<Result<(), NoSeat>, AppError> {
    if let Err(refused) = count_in(conn, seat, quota_counts(seat.state)).await? {
        return Ok(Err(refused));
    }
    store::insert(conn, seat).await?;
    Ok(Ok(()))
}

/// Takes a seat one step on; `seat` holds the group and the role that it has afterwards. On a refusal,
/// which only a seat that was given back can meet, the caller must undo its transaction.
pub async fn turn(
    conn: &mut Conn,
    seat: &SeatRow,
    cause: SeatCause,
    now: Timestamp,
) -> Result<Result<SeatState, NoSeat>, AppError> {
    let to = seat_step(seat.state, cause).ok_or(AppError::Raced)?;
    let paid_at = (to == SeatState::Paid).then_some(now);
    if !store::transition(conn, seat, to, paid_at).await? {
        return Err(AppError::Raced);
    }
    let (before, after) = (quota_counts(seat.state), quota_counts(to));
    let shift = (after.0 - before.0, after.1 - before.1);
    match (counts_for_limit(seat.state), counts_for_limit(to)) {
        (false, true) => {
            if let Err(refused) = count_in(conn, seat, shift).await? {
                return Ok(Err(refused));
            }
        }
        (was_counted, is_counted) => {
            let moved = shift == (0, 0) || shift_quota(conn, seat, shift).await?;
            let counted = was_counted == is_counted
                || quota::take_back(conn, &seat.activity, &seat.owner, seat.quantity).await?;
            if !moved || !counted {
                return Err(AppError::internal(format!(
                    "the seat of order {} was not counted as {:?}",
                    seat.order, seat.state
                )));
            }
        }
    }
    Ok(Ok(to))
}

/// [`turn`] for steps that nothing can stand in the way of.
pub async fn must_turn(
    conn: &mut Conn,
    seat: &SeatRow,
    cause: SeatCause,
    now: Timestamp,
) -> Result<(), AppError> {
    turn(conn, seat, cause, now)
        .await?
        .map(|_| ())
        .map_err(|refused| AppError::internal(format!("order {}: {refused:?}", seat.order)))
}

async fn count_in(
    conn: &mut Conn,
    seat: &SeatRow,
    shift: (i64, i64),
) -> Result<Result<(), NoSeat>, AppError> {
    if !shift_quota(conn, seat, shift).await? {
        return Ok(Err(NoSeat::Quota));
    }
    if !quota::give(conn, &seat.activity, &seat.owner, seat.quantity).await? {
        return Ok(Err(NoSeat::Limit));
    }
    Ok(Ok(()))
}

async fn shift_quota(
    conn: &mut Conn,
    seat: &SeatRow,
    (reserved, sold): (i64, i64),
) -> Result<bool, AppError> {
    let pieces = (reserved * seat.quantity, sold * seat.quantity);
    quota::shift(conn, &seat.activity, &seat.sku, pieces).await
}

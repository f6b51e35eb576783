//! A group's time is up (G9, G10, G15). One transaction ends it with all its seats; the money goes back by
//! refunds that are tried one by one, so that none waits for another.

use contract::groups::{GroupState, SeatState};
use contract::notifications::Notice;
use contract::orders::OrderState;
use contract::{GroupId, Timestamp};

use super::complete::{astray, complete, paid};
use super::lifecycle::{Move, SeatCause, after};
use super::seat::must_turn;
use super::step;
use super::store::group::{self, GroupRow};
use super::store::seat as seats;
use super::store::shown;
use super::told::Told;
use crate::db::{self, Conn};
use crate::outbox::{self, Draft};
use crate::trade::lifecycle::Cause;
use crate::trade::{close, store as orders};
use crate::{AppError, AppState};

/// Ends a group whose time is up. A group that was completed or ended meanwhile stays as it is. The gateway
/// is asked first about seats that are still held: their money may be there already.
pub async fn expire(state: &AppState, id: &GroupId) -> Result<(), AppError> {
    let held = {
        let mut conn = state.db.reader().acquire().await?;
        seats::of_group(&mut conn, id, SeatState::Held).await?
    };
    for seat in &held {
        close::close_payments(state, &seat.order).await?;
    }
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let told = end(tx.conn(), id, state.clock.now()).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await?;
    state.jobs_hint.notify_one();
    Ok(())
}

async fn end(conn: &mut Conn, id: &GroupId, now: Timestamp) -> Result<Vec<Draft>, AppError> {
    let Some(mut group) = group::take(conn, id).await? else {
        return Ok(Vec::new());
    };
    let expiry = Move::Expire {
        virtual_min_real: group.terms.virtual_min_real,
    };
    let Ok(tally) = after(group.tally, expiry, now) else {
        return Ok(Vec::new());
    };
    group.tally = tally;
    let mut told = Told::default();
    release_held(conn, &group, &mut told, now).await?;
    if !group::write(conn, &group, now).await? {
        return Err(AppError::Raced);
    }
    told.group(&group, now);
    match group.tally.state {
        GroupState::Succeeded => complete(conn, &group, &mut told, now).await?,
        _ => give_back(conn, &group, &mut told, now).await?,
    }
    let done = told.finish(conn, OrderState::Refunding, now).await?;
    Ok(done.told)
}

/// Closes the orders of seats that nobody paid in time: money that comes all the same finds them closed
/// (G8).
pub(super) async fn release_held(
    conn: &mut Conn,
    group: &GroupRow,
    told: &mut Told,
    now: Timestamp,
) -> Result<(), AppError> {
    for seat in seats::of_group(conn, &group.id, SeatState::Held).await? {
        let Some(order) = orders::find(conn, &seat.order).await? else {
            continue;
        };
        if order.state == OrderState::PendingPayment {
            told.order(step(conn, &order, &seat, Cause::SeatGone, now).await?);
        } else {
            astray(&seat, order.state);
        }
        must_turn(conn, &seat, SeatCause::Lost, now).await?;
    }
    Ok(())
}

/// Starts giving back what every member paid (G9).
async fn give_back(
    conn: &mut Conn,
    group: &GroupRow,
    told: &mut Told,
    now: Timestamp,
) -> Result<(), AppError> {
    let subject = shown::title(conn, &group.product).await?;
    for (seat, order) in paid(conn, group).await? {
        told.order(step(conn, &order, &seat, Cause::GroupFailed, now).await?);
        must_turn(conn, &seat, SeatCause::MoneyBack, now).await?;
        let notice = Notice::GroupFailed {
            group: group.id.clone(),
            order: order.id.clone(),
            amount: order.total,
        };
        told.notice(&seat, subject.clone(), notice);
    }
    Ok(())
}

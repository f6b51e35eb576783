//! Running a room: its state, its shelf, its pin, its flash prices. Two hosts at once take turns at the session's
//! row (L2).

use axum::http::StatusCode;
use contract::FlashId;
use contract::live::LiveChange;
use contract::live_studio::{LiveCommand, LiveSeq, NewFlash, OnShelf};
use media::MediaEngine;

use super::plan::room_of;
use crate::auth::Host;
use crate::goods::product_of;
use crate::idempotency::{Answer, Begun, Ticket, Work};
use crate::live::change::{self, Actor, Change};
use crate::live::lifecycle::Cause;
use crate::live::store::session::{self, SessionRow};
use crate::live::store::shelf;
use crate::live::{conflict, ingest, not_on_shelf, sale};
use crate::{AppError, AppState, db};

/// A host's change of a room.
pub(super) fn actor<'a>(state: &AppState, host: &'a Host, row: &SessionRow) -> Actor<'a> {
    Actor {
        by: Some(&host.user),
        viewers: state.live.watching(&row.id),
        now: state.clock.now(),
    }
}

/// Writes a change and answers the room's number after it.
pub(super) async fn done(mut work: Work, change: Change) -> Result<Answer, AppError> {
    let seq = change.row.seq;
    let told = change.finish(work.conn()).await?;
    work.tell(told);
    work.finish(StatusCode::OK, &LiveSeq { seq }).await
}

/// Takes a room to another state.
pub(super) async fn move_live(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    command: LiveCommand,
) -> Result<Answer, AppError> {
    let cause = match command {
        LiveCommand::Schedule => Cause::Scheduled,
        LiveCommand::Start => Cause::Started,
        LiveCommand::Pause => Cause::HostPaused,
        LiveCommand::End => Cause::Ended,
        LiveCommand::Cancel => Cause::Cancelled,
        LiveCommand::Ban => {
            host.must_own()?;
            Cause::Banned
        }
    };
    db::retrying(async || {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let row = room_of(work.conn(), word).await?;
        if cause == Cause::Started && awaits_picture(state, &row) {
            return Err(conflict(
                "No picture comes in yet. Start the encoder first.",
            ));
        }
        let told = change::advance(work.conn(), &row.id, cause, actor(state, host, &row)).await?;
        let seq = row.seq + i64::try_from(told.len()).unwrap_or(0);
        work.tell(told);
        let answer = work.finish(StatusCode::OK, &LiveSeq { seq }).await?;
        if matches!(cause, Cause::Ended | Cause::Banned | Cause::Cancelled) {
            ingest::close(state, &row.id);
        }
        Ok(answer)
    })
    .await
}

/// Whether the shop itself takes pictures in and none comes.
fn awaits_picture(state: &AppState, row: &SessionRow) -> bool {
    let takes = match &state.media {
        MediaEngine::Embedded(_) => state.config.live.rtmp_listen.is_some(),
        MediaEngine::External(_) => false,
    };
    takes && row.ingest_at.is_none()
}

/// Puts a product on the shelf.
pub(super) async fn put_on_shelf(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    product: &str,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let product = product_of(work.conn(), product)
        .await?
        .ok_or_else(|| AppError::field("product", "no such product"))?;
    let mut change = Change::begin(work.conn(), &row.id, actor(state, host, &row)).await?;
    if change.row.stand.is_over() {
        return Err(conflict("The room is over."));
    }
    let number = shelf::put(work.conn(), &row.id, &product).await?;
    if !shelf::is_listed(work.conn(), &row.id, number).await? {
        return Err(not_on_shelf());
    }
    change.tell(LiveChange::Shelf);
    let seq = change.row.seq;
    let told = change.finish(work.conn()).await?;
    work.tell(told);
    let number = u32::try_from(number).map_err(AppError::internal)?;
    work.finish(StatusCode::OK, &OnShelf { number, seq }).await
}

/// Takes a number off the shelf, and its pin with it.
pub(super) async fn take_off_shelf(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    number: &str,
) -> Result<Answer, AppError> {
    let number: i64 = number.parse().map_err(|_| not_on_shelf())?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let mut change = Change::begin(work.conn(), &row.id, actor(state, host, &row)).await?;
    if !shelf::take_off(work.conn(), &row.id, number).await? {
        return Err(not_on_shelf());
    }
    if change.row.pinned == Some(number) {
        change.pin(work.conn(), None).await?;
    }
    change.tell(LiveChange::Shelf);
    done(work, change).await
}

/// Puts the shelf in another order.
pub(super) async fn order_shelf(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    numbers: &[u32],
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let mut change = Change::begin(work.conn(), &row.id, actor(state, host, &row)).await?;
    shelf::unorder(work.conn(), &row.id).await?;
    for (place, number) in numbers.iter().enumerate() {
        if !shelf::put_at(work.conn(), &row.id, *number, place).await? {
            return Err(not_on_shelf());
        }
    }
    change.tell(LiveChange::Shelf);
    done(work, change).await
}

/// Pins a number, or nothing (L2).
pub(super) async fn pin(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    number: Option<u32>,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let mut change = Change::begin(work.conn(), &row.id, actor(state, host, &row)).await?;
    change.pin(work.conn(), number.map(i64::from)).await?;
    done(work, change).await
}

/// Prepares a flash price.
pub(super) async fn arm_flash(
    state: &AppState,
    ticket: &Ticket,
    word: &str,
    new: &NewFlash,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let taken = session::take(work.conn(), &row.id).await?;
    if taken.is_none_or(|row| row.stand.is_over()) {
        return Err(conflict("The room is over."));
    }
    let flash = sale::arm(work.conn(), &row.id, new, state.clock.now()).await?;
    work.finish(StatusCode::CREATED, &flash.offer()).await
}

/// Announces a flash price, or stops it.
pub(super) async fn turn_flash(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    (word, flash): (&str, &FlashId),
    on: bool,
) -> Result<Answer, AppError> {
    db::retrying(async || {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let row = room_of(work.conn(), word).await?;
        let actor = actor(state, host, &row);
        let (offer, told) = match on {
            true => sale::start(work.conn(), &row.id, flash, actor).await?,
            false => sale::stop(work.conn(), &row.id, flash, actor).await?,
        };
        work.tell(told);
        work.finish(StatusCode::OK, &offer).await
    })
    .await
}

//! Looking at a room, and asking to be reminded of one.

use axum::http::StatusCode;
use contract::live::{LiveChange, LiveReplay, LiveRoom, LiveState, Reminder, ReplayMark};
use contract::{Timestamp, UserId};

use crate::auth::role_of;
use crate::db::Conn;
use crate::goods::Shelf;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::live::room::{Visitor, enter};
use crate::live::store::session::SessionRow;
use crate::live::store::{chat, log, people};
use crate::live::{conflict, view};
use crate::preview::Moment;
use crate::{AppError, AppState};

/// Lines of chat that a replay gets at a time.
const REPLAYED: i64 = 500;

/// A viewer comes in, and in which role.
pub(super) async fn come_in(
    conn: &mut Conn,
    word: &str,
    viewer: Option<&UserId>,
    device: Option<&str>,
) -> Result<SessionRow, AppError> {
    let visitor = Visitor {
        account: viewer,
        device,
        role: role_of(conn, viewer).await?,
    };
    enter(conn, word, visitor).await
}

/// A room as its page shows it.
pub(super) async fn get(
    state: &AppState,
    viewer: Option<&UserId>,
    device: Option<&str>,
    lang: Lang,
    word: &str,
) -> Result<LiveRoom, AppError> {
    let now = state.clock.now();
    let labels = Shelf::read(state, &Moment::now(state)).await?;
    let mut conn = state.db.reader().acquire().await?;
    let row = come_in(&mut conn, word, viewer, device).await?;
    let visitor = Visitor {
        account: viewer,
        device,
        role: None,
    };
    view::room(&mut conn, state, lang, &labels, &row, visitor, now).await
}

/// What a room that is over showed and said: its pins and prices, and its chat from a moment on.
pub(super) async fn replay(
    state: &AppState,
    viewer: Option<&UserId>,
    device: Option<&str>,
    word: &str,
    from: Option<Timestamp>,
) -> Result<LiveReplay, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let row = come_in(&mut conn, word, viewer, device).await?;
    let (Some(live_at), Some(ended_at)) = (row.live_at, row.ended_at) else {
        return Err(conflict("The room is not over."));
    };
    let is_shown =
        |change: &LiveChange| matches!(change, LiveChange::Pin { .. } | LiveChange::Flash { .. });
    let marks = log::all(&mut conn, &row.id).await?;
    Ok(LiveReplay {
        live_at,
        ended_at,
        marks: marks
            .into_iter()
            .filter(|entry| is_shown(&entry.change))
            .map(|entry| ReplayMark {
                at: entry.at,
                change: entry.change,
            })
            .collect(),
        chat: chat::from(&mut conn, &row.id, from.unwrap_or(live_at), REPLAYED).await?,
    })
}

/// Notes that somebody wants to be reminded of a room that is announced, or no longer does.
pub(super) async fn remind(
    state: &AppState,
    viewer: &UserId,
    device: Option<&str>,
    ticket: &Ticket,
    word: &str,
    reminded: bool,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = come_in(work.conn(), word, Some(viewer), device).await?;
    if reminded {
        if row.stand.state != LiveState::Scheduled {
            return Err(conflict("The room is not waiting to start."));
        }
        people::remind(work.conn(), &row.id, viewer, state.clock.now()).await?;
    } else {
        people::forget(work.conn(), &row.id, viewer).await?;
    }
    work.finish(StatusCode::OK, &Reminder { reminded }).await
}

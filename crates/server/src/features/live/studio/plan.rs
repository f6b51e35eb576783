//! Planning rooms and looking at them.

use axum::http::StatusCode;
use contract::live::LiveChange;
use contract::live::LiveState;
use contract::live_studio::{
    BothTexts, LiveFigures, LiveList, LiveSummary, NewLive, PinFigure, StockAlarm, StreamKey,
    StudioRoom,
};
use contract::{LiveId, ProductId, Timestamp};
use media::SessionId;
use uuid::Uuid;

use crate::auth::Host;
use crate::db::Conn;
use crate::goods::{Shelf, product_of};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::live::room::Visitor;
use crate::live::store::session::{self, NewSession, SessionRow};
use crate::live::store::{chat, figures, flash, log, shelf};
use crate::live::{conflict, stream_key, tally, view};
use crate::words::Both;
use crate::{AppError, AppState};

/// Rooms that are listed.
const LISTED: i64 = 100;
/// Products on one shelf (features.md 35).
const SHELF_MAX: usize = 100;
/// The most characters of a title and of a notice.
const TEXT_MAX: usize = 120;

/// The session of an id, or the latest one of a room.
pub(super) async fn room_of(conn: &mut Conn, word: &str) -> Result<SessionRow, AppError> {
    let found = match session::find(conn, word).await? {
        Some(found) => Some(found),
        None => session::latest_of(conn, word).await?,
    };
    found.ok_or_else(|| AppError::not_found("live room"))
}

/// Every room, newest first.
pub(super) async fn list(state: &AppState, lang: Lang) -> Result<LiveList, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let rooms = session::all(&mut conn, LISTED).await?;
    let items = rooms.into_iter().map(|(row, poster)| LiveSummary {
        id: row.id,
        title: row.title.pick(lang),
        poster,
        state: row.stand.state,
        practice: row.practice,
        starts_at: row.starts_at,
    });
    Ok(LiveList {
        items: items.collect(),
        hosts: shelf::hosts(&mut conn, lang).await?,
    })
}

/// Plans a room.
pub(super) async fn create(
    state: &AppState,
    lang: Lang,
    ticket: &Ticket,
    new: &NewLive,
) -> Result<Answer, AppError> {
    let title = texts("title", &new.title)?;
    let notice = texts("notice", &new.notice)?;
    if title.zh.is_empty() && title.en.is_empty() {
        return Err(AppError::field("title", "say what it is about"));
    }
    if new.shelf.len() > SHELF_MAX {
        return Err(AppError::field("shelf", format!("at most {SHELF_MAX}")));
    }
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    if !shelf::host_exists(work.conn(), &new.host).await? {
        return Err(AppError::field("host", "no such creator"));
    }
    let id = LiveId(Uuid::now_v7().simple().to_string());
    let session = NewSession {
        slug: id.0.clone(),
        host: new.host.clone(),
        title: title.clone(),
        notice,
        poster: None,
        state: LiveState::Draft,
        practice: new.practice,
        starts_at: new.starts_at,
    };
    session::insert(work.conn(), &id, &session, &stream_key(), now).await?;
    for (place, word) in new.shelf.iter().enumerate() {
        let product: ProductId = product_of(work.conn(), word)
            .await?
            .ok_or_else(|| AppError::field(format!("shelf[{place}]"), "no such product"))?;
        shelf::put(work.conn(), &id, &product).await?;
    }
    let summary = LiveSummary {
        id,
        title: title.pick(lang),
        poster: None,
        state: LiveState::Draft,
        practice: new.practice,
        starts_at: new.starts_at,
    };
    work.finish(StatusCode::CREATED, &summary).await
}

fn texts(field: &str, texts: &BothTexts) -> Result<Both, AppError> {
    let both = Both::new(texts.zh.trim(), texts.en.trim());
    for text in [&both.zh, &both.en] {
        if text.chars().count() > TEXT_MAX {
            return Err(AppError::field(
                field,
                format!("at most {TEXT_MAX} characters"),
            ));
        }
    }
    Ok(both)
}

/// A room as its host sees it.
pub(super) async fn get(
    state: &AppState,
    host: &Host,
    lang: Lang,
    word: &str,
) -> Result<StudioRoom, AppError> {
    let now = state.clock.now();
    let labels = Shelf::read(&state.db, now).await?;
    let mut conn = state.db.reader().acquire().await?;
    let row = room_of(&mut conn, word).await?;
    let visitor = Visitor {
        account: Some(&host.user),
        device: None,
        role: Some(host.role),
    };
    let room = view::room(&mut conn, state, lang, &labels, &row, visitor, now).await?;
    let offers = flash::of_session(&mut conn, &row.id).await?;
    let ingest = SessionId::parse(row.id.as_str())
        .and_then(|session| state.media.ingest(&session, &row.stream_key));
    Ok(StudioRoom {
        room,
        flash: offers.iter().map(flash::FlashRow::offer).collect(),
        figures: figures_of(&mut conn, state, &row, now).await?,
        blocklist: chat::blocklist(&mut conn, &row.host).await?,
        ingest: row.ingest_at.is_some(),
        ingest_url: ingest.as_ref().map(|to| to.url.clone()),
        preview: view::preview(state, &row),
        stream_key: Some(ingest.map_or(row.stream_key, |to| to.key)),
    })
}

/// Makes a new secret and sends away whoever came in by the one before.
pub(super) async fn renew_key(
    state: &AppState,
    ticket: &Ticket,
    word: &str,
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
    let key = stream_key();
    session::set_key(work.conn(), &row.id, &key).await?;
    let session = SessionId::parse(row.id.as_str());
    let ingest = session
        .as_ref()
        .and_then(|session| state.media.ingest(session, &key));
    let renewed = StreamKey {
        ingest_url: ingest.as_ref().map(|to| to.url.clone()),
        stream_key: ingest.map_or(key, |to| to.key),
    };
    let answer = work.finish(StatusCode::OK, &renewed).await?;
    if let Some(session) = session {
        state.media.cut_off(&session);
    }
    Ok(answer)
}

async fn figures_of(
    conn: &mut Conn,
    state: &AppState,
    row: &SessionRow,
    now: Timestamp,
) -> Result<LiveFigures, AppError> {
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    let made = figures::made(conn, &row.id).await?;
    let orders = figures::pin_orders(conn, &row.id).await?;
    let log = log::all(conn, &row.id).await?;
    let until = row.ended_at.unwrap_or(now);
    let left = figures::left(conn, &row.id).await?;
    Ok(LiveFigures {
        viewers: state.live.watching(&row.id),
        peak_viewers: count(row.peak_viewers).max(state.live.watching(&row.id)),
        likes: count(row.likes),
        orders: count(made.orders),
        paid_orders: count(made.paid),
        revenue: made.revenue,
        pins: pins(&log, &orders, until),
        alarms: left
            .into_iter()
            .filter(|left| tally::is_alarming(left.left, left.of))
            .filter_map(|left| {
                Some(StockAlarm {
                    number: u32::try_from(left.number).ok()?,
                    left: count(left.left),
                })
            })
            .collect(),
    })
}

/// What each number sold while it was pinned, out of the log and the orders.
fn pins(log: &[log::Entry], orders: &[(i64, i64)], until: Timestamp) -> Vec<PinFigure> {
    let mut pins: Vec<PinFigure> = Vec::new();
    let pinned = log.iter().filter_map(|entry| match entry.change {
        LiveChange::Pin { number } => Some((entry, number)),
        _ => None,
    });
    let mut pinned = pinned.peekable();
    while let Some((entry, number)) = pinned.next() {
        let Some(number) = number else { continue };
        let end = pinned.peek().map_or(until, |(next, _)| next.at);
        let viewers = u64::try_from(entry.viewers).unwrap_or_default();
        let lasted = end.since(entry.at).max(0);
        match pins.iter_mut().find(|pin| pin.number == number) {
            Some(pin) => {
                pin.pinned_ms += lasted;
                pin.viewers = pin.viewers.max(viewers);
            }
            None => pins.push(PinFigure {
                number,
                pinned_ms: lasted,
                viewers,
                orders: 0,
                conversion_bp: 0,
            }),
        }
    }
    for pin in &mut pins {
        let of = orders
            .iter()
            .find(|(number, _)| *number == i64::from(pin.number));
        pin.orders = of.map_or(0, |(_, orders)| u64::try_from(*orders).unwrap_or_default());
        pin.conversion_bp = tally::conversion_bp(pin.orders, pin.viewers);
    }
    pins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_counted_over_all_the_times_that_it_was_shown() {
        let entry = |at, viewers, number| log::Entry {
            seq: at,
            at: Timestamp(at),
            by: String::new(),
            viewers,
            change: LiveChange::Pin { number },
        };
        let log = [
            entry(0, 10, Some(1)),
            entry(100, 20, Some(2)),
            entry(150, 40, Some(1)),
            entry(160, 50, None),
        ];
        let figures = pins(&log, &[(1, 4)], Timestamp(500));
        let seen: Vec<_> = figures
            .iter()
            .map(|pin| {
                (
                    pin.number,
                    pin.pinned_ms,
                    pin.viewers,
                    pin.orders,
                    pin.conversion_bp,
                )
            })
            .collect();
        assert_eq!(seen, [(1, 110, 40, 4, 1000), (2, 50, 20, 0, 0)]);
    }
}

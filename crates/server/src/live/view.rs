//! A room as its page shows it: everything that the events change, at one number (L1).

use contract::Timestamp;
use contract::live::{FlashState, LiveRoom, LiveState, Playback};

use media::{MediaEngine, SessionId};

use super::room::Visitor;
use super::store::session::SessionRow;
use super::store::{chat, flash, people, shelf};
use super::tally;
use crate::db::Conn;
use crate::goods::Shelf;
use crate::http::language::Lang;
use crate::{AppError, AppState};

/// Lines that who comes in sees.
const LINES: i64 = 50;

/// The room that a visitor came into. `labels` are read before the connection is taken.
pub async fn room(
    conn: &mut Conn,
    state: &AppState,
    lang: Lang,
    labels: &Shelf,
    row: &SessionRow,
    visitor: Visitor<'_>,
    now: Timestamp,
) -> Result<LiveRoom, AppError> {
    let offers = flash::of_session(conn, &row.id).await?;
    let announced = |state| matches!(state, FlashState::Countdown | FlashState::Active);
    let pinned_comment = match &row.pinned_chat {
        Some(id) => chat::find(conn, &row.id, id).await?.map(|(line, _)| line),
        None => None,
    };
    let (reminders, reminded) = people::reminders(conn, &row.id, visitor.account).await?;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    Ok(LiveRoom {
        id: row.id.clone(),
        seq: row.seq,
        state: row.stand.state,
        practice: row.practice,
        title: row.title.pick(lang),
        notice: row.notice.pick(lang),
        poster: shelf::poster(conn, &row.id).await?,
        host: shelf::host(conn, lang, &row.host).await?,
        starts_at: row.starts_at,
        live_at: row.live_at,
        ended_at: row.ended_at,
        pinned: row.pinned.and_then(|number| u32::try_from(number).ok()),
        pinned_at: row.pinned_at,
        pinned_comment,
        shelf: shelf::listed(conn, lang, labels, &row.id).await?,
        flash: offers
            .iter()
            .filter(|offer| announced(offer.state))
            .map(flash::FlashRow::offer)
            .collect(),
        viewers: tally::shown_viewers(state.live.watching(&row.id)),
        likes: count(row.likes),
        chat_every_s: u32::try_from(row.chat_every_ms / 1000).unwrap_or(2),
        chat: chat::latest(conn, &row.id, LINES).await?,
        reminded,
        reminders: count(reminders),
        playback: playback(state, row),
        server_now: now,
    })
}

/// Where the picture comes from: of a room on air once one has come in, and of a recording.
fn playback(state: &AppState, row: &SessionRow) -> Option<Playback> {
    let session = SessionId::parse(row.id.as_str())?;
    // An engine of somebody else's does not say whether one comes.
    let had_picture = row.ingest_at.is_some() || row.ingest_lost_at.is_some();
    let told = matches!(state.media, MediaEngine::Embedded(_));
    let from = state.media.playback(&session);
    match row.stand.state {
        LiveState::Live | LiveState::Paused if had_picture || !told => Some(of_now(from)),
        LiveState::ReplayReady => Some(Playback {
            vod: Some(from.vod?),
            offset_ms: from.clock_offset_ms,
            ..Playback::default()
        }),
        _ => None,
    }
}

/// The picture that comes in for a room that is not on air yet: for its host's eyes.
pub fn preview(state: &AppState, row: &SessionRow) -> Option<Playback> {
    let session = SessionId::parse(row.id.as_str())?;
    let waits = matches!(row.stand.state, LiveState::Draft | LiveState::Scheduled);
    let is_there = waits && row.ingest_at.is_some();
    is_there.then(|| of_now(state.media.playback(&session)))
}

fn of_now(from: media::Playback) -> Playback {
    Playback {
        mp4: from.mp4,
        hls: Some(from.hls),
        vod: None,
        offset_ms: from.clock_offset_ms,
    }
}

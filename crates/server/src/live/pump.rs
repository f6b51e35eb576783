//! The pump: twice a second it tells every room what was said, liked, and how many watch, in one event each.
//! Under load it leaves lines out and says how many; commerce goes another way and is never left out (L1).

use std::sync::Arc;
use std::time::Duration;

use contract::LiveId;
use contract::live::{ChatBatch, FlashLeft, FlashState, LiveCounts, LiveTold};
use contract::live_giveaway::{GiveawayCount, GiveawayState};
use tokio_util::sync::CancellationToken;

use super::change::audience;
use super::hub::Room;
use super::store::session::SessionRow;
use super::store::{flash, giveaway, session, shelf};
use super::{live_topic, tally};
use crate::bus::{PASSING, Recorded};
use crate::outbox::Event;
use crate::{AppError, AppState};

/// The time between two beats.
const EVERY: Duration = Duration::from_millis(500);

/// Beats until told to stop.
pub async fn run(state: AppState, stop: CancellationToken) {
    let mut beats = tokio::time::interval(EVERY);
    beats.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = beats.tick() => {}
        }
        if let Err(error) = beat(&state).await {
            tracing::error!(%error, "rooms are not told what they count");
        }
    }
}

/// One beat: rooms that nobody is in cost nothing.
pub async fn beat(state: &AppState) -> Result<(), AppError> {
    for (id, room) in state.live.take() {
        beat_room(state, &id, room).await?;
    }
    Ok(())
}

async fn beat_room(state: &AppState, id: &LiveId, room: Room) -> Result<(), AppError> {
    let found = {
        let mut conn = state.db.reader().acquire().await?;
        session::find(&mut conn, id.as_str()).await?
    };
    let Some(mut row) = found else {
        return Ok(());
    };
    let counted = i64::try_from(room.likes).unwrap_or(0);
    let peak = i64::try_from(room.peak).unwrap_or(0);
    if counted > 0 || peak > row.peak_viewers {
        let mut tx = state.db.begin().await?;
        session::count(tx.conn(), id, counted, peak).await?;
        tx.commit().await?;
        row.likes += counted;
    }
    if !room.lines.is_empty() {
        let (lines, left_out) = tally::sample(room.lines);
        let batch = ChatBatch {
            live: id.clone(),
            lines,
            left_out: u32::try_from(left_out).unwrap_or(u32::MAX),
        };
        publish(state, &row, LiveTold::LiveChatted(batch));
    }
    let counts = counts(state, &row, room.watching).await?;
    if room.told.as_ref() != Some(&counts) {
        state.live.told(counts.clone());
        publish(state, &row, LiveTold::LiveCounted(counts));
    }
    Ok(())
}

async fn counts(state: &AppState, row: &SessionRow, watching: u64) -> Result<LiveCounts, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let prices = flash::of_session(&mut conn, &row.id).await?;
    let running = prices
        .iter()
        .filter(|price| matches!(price.state, FlashState::Countdown | FlashState::Active));
    let open = giveaway::latest(&mut conn, &row.id)
        .await?
        .filter(|giveaway| giveaway.state == GiveawayState::Open);
    Ok(LiveCounts {
        live: row.id.clone(),
        viewers: tally::shown_viewers(watching),
        likes: u64::try_from(row.likes).unwrap_or_default(),
        flash_left: running
            .map(|price| FlashLeft {
                id: price.id.clone(),
                left: price.offer().left,
            })
            .collect(),
        sold_out: shelf::sold_out(&mut conn, &row.id).await?,
        giveaway: open.map(|open| GiveawayCount {
            entries: u32::try_from(open.entries).unwrap_or(u32::MAX),
            id: open.id,
        }),
    })
}

fn publish(state: &AppState, row: &SessionRow, told: LiveTold) {
    state.bus.publish(Arc::new(Recorded {
        seq: PASSING,
        topic: live_topic(&row.id),
        audience: audience(row.practice),
        at: state.clock.now(),
        event: Event::Live(told),
    }));
}

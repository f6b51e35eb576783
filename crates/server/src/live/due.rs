//! What the clock does to rooms: a picture that stays away pauses and ends them, one that never came makes them
//! missed, flash prices begin and end, giveaways are drawn, and whoever asked is told that a room is on air.

use contract::notifications::Notice;
use contract::{GiveawayId, LiveId};

use super::change::{Actor, advance};
use super::lifecycle::{Cause, due};
use super::store::flash::{self, FlashRow};
use super::store::{giveaway as giveaways, people, session};
use super::{giveaway, ingest, sale};
use crate::notices::{self, NewNotice};
use crate::{AppError, AppState, db, outbox};

/// Things that are looked at in one round.
const BATCH: i64 = 100;

/// One round.
pub async fn run(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let (sessions, prices, to_draw, to_tell) = {
        let mut conn = state.db.reader().acquire().await?;
        (
            session::open(&mut conn).await?,
            flash::due(&mut conn, now, BATCH).await?,
            giveaways::due(&mut conn, now, BATCH).await?,
            people::sessions_to_tell(&mut conn).await?,
        )
    };
    for row in sessions {
        let has_picture = row.ingest_at.is_some();
        if due(
            row.stand,
            row.starts_at,
            row.ingest_lost_at,
            has_picture,
            now,
        )
        .is_some()
        {
            report(move_on(state, &row.id).await);
        }
    }
    for row in prices {
        report(tick(state, &row).await);
    }
    for (id, session) in to_draw {
        report(draw(state, &id, &session).await);
    }
    for id in to_tell {
        report(tell(state, &id).await);
    }
    Ok(())
}

fn report(done: Result<(), AppError>) {
    if let Err(error) = done {
        tracing::error!(%error, "a room is not up to date and will be looked at again");
        metrics::counter!("job_failed_total", "job" => "live").increment(1);
    }
}

/// Looks again inside the transaction: what is due may have been done meanwhile.
async fn move_on(state: &AppState, id: &LiveId) -> Result<(), AppError> {
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let now = state.clock.now();
        let row = session::find(tx.conn(), id.as_str()).await?;
        let cause = row.and_then(|row| {
            let has_picture = row.ingest_at.is_some();
            due(
                row.stand,
                row.starts_at,
                row.ingest_lost_at,
                has_picture,
                now,
            )
        });
        let Some(cause) = cause else { return Ok(()) };
        let told = advance(tx.conn(), id, cause, actor(state, id)).await?;
        if cause == Cause::Recorded {
            // Nothing more is taken in, and the playlists are closed.
            ingest::close(state, id);
        }
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await
}

async fn tick(state: &AppState, row: &FlashRow) -> Result<(), AppError> {
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let Some(row) = flash::find(tx.conn(), &row.id).await? else {
            return Ok(());
        };
        let told = sale::tick(tx.conn(), &row, actor(state, &row.session)).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await
}

async fn draw(state: &AppState, id: &GiveawayId, session: &LiveId) -> Result<(), AppError> {
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let actor = actor(state, session);
        let told = giveaway::draw(tx.conn(), id, &state.live, actor).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await
}

/// Tells some of those who asked, each once.
async fn tell(state: &AppState, id: &LiveId) -> Result<(), AppError> {
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let now = state.clock.now();
        let Some(row) = session::find(tx.conn(), id.as_str()).await? else {
            return Ok(());
        };
        let who = people::take_untold(tx.conn(), id, now, BATCH).await?;
        let notices = who.iter().map(|owner| {
            let notice = Notice::LiveStarted { live: id.clone() };
            NewNotice::new(owner, row.title.clone(), notice)
        });
        let told = notices::add_all(tx.conn(), notices.collect(), now).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await
}

fn actor<'a>(state: &AppState, id: &LiveId) -> Actor<'a> {
    Actor {
        by: None,
        viewers: state.live.watching(id),
        now: state.clock.now(),
    }
}

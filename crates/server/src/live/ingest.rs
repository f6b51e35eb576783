//! The picture of a session comes, is lost, and comes back, as the media engine tells; `due` does what time alone
//! decides.

use async_trait::async_trait;
use contract::LiveId;
use media::{MediaEngine, MediaEventKind, SessionId};
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::change::{Actor, Change};
use super::lifecycle::{Cause, Stand, step};
use super::store::session;
use crate::db::Db;
use crate::live_media::StreamKeys;
use crate::{AppError, AppState, db, outbox};

/// Knows which session a stream key opens.
pub struct Rooms(pub Db);

#[async_trait]
impl StreamKeys for Rooms {
    async fn session_of(&self, key: &str) -> Option<SessionId> {
        match session_of(&self.0, key).await {
            Ok(id) => SessionId::parse(id?.as_str()),
            Err(error) => {
                tracing::error!(%error, "a stream key cannot be looked up; the encoder is sent away");
                None
            }
        }
    }
}

/// Follows the engine until told to stop: what it tells of pictures becomes what happens to rooms.
pub async fn follow(state: AppState, stop: CancellationToken) {
    let mut told = state.media.events();
    report(catch_up(&state).await);
    loop {
        let event = tokio::select! {
            () = stop.cancelled() => return,
            event = told.recv() => event,
        };
        match event {
            Ok(event) => {
                let id = LiveId::from(event.session.as_str());
                report(match event.kind {
                    MediaEventKind::Published { .. } => came(&state, &id).await,
                    MediaEventKind::Lost { .. } => lost(&state, &id).await,
                    // The room's own clock ends it.
                    MediaEventKind::Ended => Ok(()),
                });
            }
            Err(RecvError::Lagged(_)) => report(catch_up(&state).await),
            Err(RecvError::Closed) => return,
        }
    }
}

/// Makes every open room agree with the engine: after a start of the server its pictures are gone.
async fn catch_up(state: &AppState) -> Result<(), AppError> {
    // Another engine's pictures go on while this server is away, and it is not asked.
    if matches!(state.media, MediaEngine::External(_)) {
        return Ok(());
    }
    let rows = session::open(&mut *state.db.reader().acquire().await?).await?;
    for row in rows {
        let Some(session) = SessionId::parse(row.id.as_str()) else {
            continue;
        };
        let is_there = state.media.status(&session).picture.is_some();
        match (is_there, row.ingest_at.is_some()) {
            (true, false) => came(state, &row.id).await?,
            (false, true) => lost(state, &row.id).await?,
            _ => {}
        }
    }
    Ok(())
}

fn report(done: Result<(), AppError>) {
    if let Err(error) = done {
        tracing::error!(%error, "a room does not know of its picture");
    }
}

/// The session that a stream key lets a picture into: one that was announced or is on air.
pub async fn session_of(db: &Db, key: &str) -> Result<Option<LiveId>, AppError> {
    let mut conn = db.reader().acquire().await?;
    let Some(id) = session::of_key(&mut conn, key).await? else {
        return Ok(None);
    };
    let row = session::find(&mut conn, id.as_str()).await?;
    let takes = |stand: Stand| !stand.is_over();
    Ok(row.filter(|row| takes(row.stand)).map(|row| row.id))
}

/// Sends a session's encoder away and closes its playlists.
pub fn close(state: &AppState, id: &LiveId) {
    if let Some(session) = SessionId::parse(id.as_str()) {
        state.media.end(&session);
    }
}

/// A picture comes in: a pause that its loss made is over.
pub async fn came(state: &AppState, id: &LiveId) -> Result<(), AppError> {
    change(state, id, true).await
}

/// The picture is lost: if it stays away, the room pauses, and later ends.
pub async fn lost(state: &AppState, id: &LiveId) -> Result<(), AppError> {
    change(state, id, false).await
}

async fn change(state: &AppState, id: &LiveId, is_there: bool) -> Result<(), AppError> {
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let now = state.clock.now();
        let actor = Actor {
            by: None,
            viewers: state.live.watching(id),
            now,
        };
        let mut change = Change::begin(tx.conn(), id, actor).await?;
        if is_there {
            (change.row.ingest_at, change.row.ingest_lost_at) = (Some(now), None);
        } else {
            (change.row.ingest_at, change.row.ingest_lost_at) = (None, Some(now));
        }
        let back = step(change.row.stand, change.row.practice, Cause::IngestBack);
        if is_there && back.is_some() {
            change.step(Cause::IngestBack)?;
        }
        let told = change.finish(tx.conn()).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await
}

//! Changing a room that has not begun: its words, its time, its poster.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::live::{LiveChange, LiveState};
use contract::live_studio::{EditLive, PosterPicture};

use super::plan::{room_of, texts};
use super::run::{actor, done};
use crate::auth::Host;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::import::{NotTaken, Taken, take_picture};
use crate::live::change::Change;
use crate::live::conflict;
use crate::live::store::session;
use crate::{AppError, AppState};

/// Puts other words and another time in the place of a planned room's.
pub(super) async fn edit(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    plan: &EditLive,
) -> Result<Answer, AppError> {
    let title = texts("title", &plan.title)?;
    let notice = texts("notice", &plan.notice)?;
    if title.zh.is_empty() && title.en.is_empty() {
        return Err(AppError::field("title", "say what it is about"));
    }
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let mut change = Change::begin(work.conn(), &row.id, actor(state, host, &row)).await?;
    if !is_planned(change.row.stand.state) {
        return Err(conflict(
            "The room has begun, or is over: its plan stays as it is.",
        ));
    }
    session::set_plan(work.conn(), &row.id, &title, &notice, plan.starts_at).await?;
    change.tell(LiveChange::Plan);
    done(work, change).await
}

/// Puts another poster in the place of a planned room's, or none.
pub(super) async fn set_poster(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    poster: &PosterPicture,
) -> Result<Answer, AppError> {
    let taken = match &poster.image {
        Some(image) => Some(take(state, image).await?),
        None => None,
    };
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let mut change = Change::begin(work.conn(), &row.id, actor(state, host, &row)).await?;
    if !is_planned(change.row.stand.state) {
        return Err(conflict(
            "The room has begun, or is over: its plan stays as it is.",
        ));
    }
    if let Some(taken) = &taken {
        session::put_picture(work.conn(), taken).await?;
    }
    let src = taken.as_ref().map(|taken| taken.src.as_str());
    session::set_poster(work.conn(), &row.id, src).await?;
    change.tell(LiveChange::Plan);
    done(work, change).await
}

fn is_planned(state: LiveState) -> bool {
    matches!(state, LiveState::Draft | LiveState::Scheduled)
}

/// Pixels take a while: another thread reads them.
async fn take(state: &AppState, image: &str) -> Result<Taken, AppError> {
    let bytes = STANDARD
        .decode(image)
        .map_err(|_| AppError::field("image", "must be a picture in base64"))?;
    let folder = state.config.media_dir.clone();
    let taken = tokio::task::spawn_blocking(move || take_picture(&bytes, &folder))
        .await
        .map_err(AppError::internal)?;
    taken.map_err(|refused| match refused {
        NotTaken::NoPicture => AppError::field("image", refused.to_string()),
        NotTaken::Stored(error) => AppError::internal(error),
    })
}

//! Speaking in a room, and liking it (L8). A line is written with the right to speak, in one transaction, and told
//! by the pump.

use axum::http::StatusCode;
use contract::live::{CHAT_MAX, ChatLine, LIKES_MAX};
use contract::{ChatId, ErrorCode, Timestamp, UserId};
use uuid::Uuid;

use super::room::come_in;
use crate::auth::Device;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::limits::too_many;
use crate::live::conflict;
use crate::live::store::chat::{self, Speaker};
use crate::live::store::people::{self, Kept};
use crate::live::talk::{self, Unfit};
use crate::{AppError, AppState, db};

/// A new line.
pub(super) fn line(
    text: &str,
    neighbour: Option<i64>,
    at: Timestamp,
) -> Result<ChatLine, AppError> {
    let text = talk::tidy(text).map_err(|unfit| {
        AppError::field(
            "text",
            match unfit {
                Unfit::Empty => "say something".to_owned(),
                Unfit::Long => format!("at most {CHAT_MAX} characters"),
            },
        )
    })?;
    Ok(ChatLine {
        id: ChatId(Uuid::now_v7().simple().to_string()),
        at,
        neighbour,
        text,
    })
}

/// Says something. Refuses with `CHAT_MUTED`, `CHAT_BLOCKED` or `RATE_LIMITED`; and with `LIVE_STATE_CONFLICT`
/// where the room is not on air.
pub(super) async fn say(
    state: &AppState,
    speaker: &UserId,
    device: Option<&str>,
    ticket: &Ticket,
    word: &str,
    text: &str,
) -> Result<Answer, AppError> {
    db::retrying(|| say_once(state, speaker, device, ticket, word, text)).await
}

async fn say_once(
    state: &AppState,
    speaker: &UserId,
    device: Option<&str>,
    ticket: &Ticket,
    word: &str,
    text: &str,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let row = come_in(work.conn(), word, Some(speaker), device).await?;
    if !row.stand.on_air() {
        return Err(conflict("The room is not on air."));
    }
    let scope = row.id.as_str();
    if people::is_kept_out(work.conn(), Kept::Mute, scope, Some(speaker), device).await? {
        return Err(AppError::refused(
            ErrorCode::ChatMuted,
            "The host does not let you speak in this room.",
        ));
    }
    let neighbour = people::neighbour_no(work.conn(), speaker).await?;
    let line = line(text, Some(neighbour), now)?;
    let blocked = chat::blocklist(work.conn(), &row.host).await?;
    if talk::holds_any(&line.text, &blocked) {
        return Err(AppError::refused(
            ErrorCode::ChatBlocked,
            "This host does not allow one of these words. Say it in other words.",
        ));
    }
    let (id, every) = (&row.id, row.chat_every_ms);
    if let Some(last) = chat::may_speak(work.conn(), id, speaker.as_str(), every, now).await? {
        let wait = last.plus_ms(every).since(now).max(0);
        return Err(too_many(u64::try_from(wait).unwrap_or(0).div_ceil(1000)));
    }
    let said_by = Speaker {
        owner: speaker.0.clone(),
        device: device.map(str::to_owned),
    };
    chat::insert(work.conn(), id, &line, &said_by).await?;
    let answer = work.finish(StatusCode::CREATED, &line).await?;
    state.live.say(&row.id, line);
    Ok(answer)
}

/// Likes a room a few times.
pub(super) async fn like(
    state: &AppState,
    viewer: Option<&UserId>,
    device: &Device,
    word: &str,
    count: u32,
) -> Result<(), AppError> {
    if !(1..=LIKES_MAX).contains(&count) {
        return Err(AppError::field(
            "count",
            format!("must be 1 to {LIKES_MAX}"),
        ));
    }
    let principal = viewer.map_or_else(|| device.principal(), |user| user.0.clone());
    state.limits.like(&principal)?;
    let mut conn = state.db.reader().acquire().await?;
    let row = come_in(&mut conn, word, viewer, device.shown()).await?;
    if !row.stand.on_air() {
        return Err(conflict("The room is not on air."));
    }
    state.live.like(&row.id, count);
    Ok(())
}

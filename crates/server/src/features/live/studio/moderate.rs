//! Keeping a room's chat (L8): answering, pinning a line, taking lines away, keeping people out.

use axum::http::StatusCode;
use contract::ChatId;
use contract::live::{LiveChange, LiveState};
use contract::live_studio::{ChatRules, Moderate, Sanction};

use super::plan::room_of;
use super::run::{actor, done};
use crate::auth::Host;
use crate::features::live::chat::line;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::live::change::Change;
use crate::live::conflict;
use crate::live::store::chat::{self, Speaker};
use crate::live::store::people::{self, Kept};
use crate::live::talk;
use crate::{AppError, AppState};

/// Words of a blocklist.
const WORDS_MAX: usize = 200;
/// The most characters of one.
const WORD_MAX: usize = 40;

/// Says something as the host.
pub(super) async fn say(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    text: &str,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    if !row.stand.on_air() {
        return Err(conflict("The room is not on air."));
    }
    let line = line(text, None, state.clock.now())?;
    let speaker = Speaker {
        owner: host.user.0.clone(),
        device: None,
    };
    chat::insert(work.conn(), &row.id, &line, &speaker).await?;
    let answer = work.finish(StatusCode::CREATED, &line).await?;
    state.live.say(&row.id, line);
    Ok(answer)
}

/// Pins a line, or none; one that is pinned is replaced (features.md 40).
pub(super) async fn pin_comment(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    id: Option<&ChatId>,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let mut change = Change::begin(work.conn(), &row.id, actor(state, host, &row)).await?;
    let line = match id {
        Some(id) => Some(find(work.conn(), &change, id).await?.0),
        None => None,
    };
    if change.row.pinned_chat.as_ref() != id {
        change.row.pinned_chat = id.cloned();
        change.tell(LiveChange::Comment { line });
    }
    done(work, change).await
}

async fn find(
    conn: &mut crate::db::Conn,
    change: &Change,
    id: &ChatId,
) -> Result<(contract::live::ChatLine, Speaker), AppError> {
    chat::find(conn, &change.row.id, id)
        .await?
        .ok_or_else(|| AppError::not_found("line of chat"))
}

/// Takes a line away, and acts on who said it: a ban takes all their lines away.
pub(super) async fn moderate(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    asked: &Moderate,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let actor = actor(state, host, &row);
    let mut change = Change::begin(work.conn(), &row.id, actor).await?;
    let (line, speaker) = find(work.conn(), &change, &asked.chat).await?;
    let kept = match asked.sanction {
        Sanction::Delete => None,
        Sanction::Mute => Some((Kept::Mute, row.id.as_str())),
        Sanction::Ban => Some((Kept::Ban, row.host.as_str())),
    };
    if let Some((kept, scope)) = kept {
        if line.neighbour.is_none() {
            return Err(conflict("A host is not kept out of the own room."));
        }
        people::keep_out(work.conn(), kept, scope, &speaker, &host.user, actor.now).await?;
    }
    let ids = match asked.sanction {
        Sanction::Ban => chat::remove_all_of(work.conn(), &row.id, &speaker, actor.now).await?,
        Sanction::Delete | Sanction::Mute => {
            chat::remove(work.conn(), &line.id, actor.now).await?;
            vec![line.id]
        }
    };
    if change
        .row
        .pinned_chat
        .as_ref()
        .is_some_and(|id| ids.contains(id))
    {
        change.row.pinned_chat = None;
        change.tell(LiveChange::Comment { line: None });
    }
    change.tell(LiveChange::ChatRemoved { ids });
    if asked.sanction == Sanction::Ban {
        state
            .live
            .turn_out(&speaker.owner, speaker.device.as_deref());
    }
    done(work, change).await
}

/// Says how often one person may speak, and which words nobody may say.
pub(super) async fn set_rules(
    state: &AppState,
    host: &Host,
    ticket: &Ticket,
    word: &str,
    rules: &ChatRules,
) -> Result<Answer, AppError> {
    if !(2..=300).contains(&rules.every_s) {
        return Err(AppError::field("every_s", "must be 2 to 300"));
    }
    let too_long = rules
        .blocklist
        .iter()
        .any(|word| word.chars().count() > WORD_MAX);
    if rules.blocklist.len() > WORDS_MAX || too_long {
        let reason = format!("at most {WORDS_MAX} words of {WORD_MAX} characters");
        return Err(AppError::field("blocklist", reason));
    }
    let words = rules.blocklist.iter().map(|word| talk::fold(word));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let row = room_of(work.conn(), word).await?;
    let mut change = Change::begin(work.conn(), &row.id, actor(state, host, &row)).await?;
    if change.row.stand.state == LiveState::Banned {
        return Err(conflict("The room was shut."));
    }
    chat::set_blocklist(work.conn(), &row.host, &words).await?;
    let every_ms = i64::from(rules.every_s) * 1000;
    if change.row.chat_every_ms != every_ms {
        change.row.chat_every_ms = every_ms;
        change.tell(LiveChange::SlowMode {
            seconds: rules.every_s,
        });
    }
    done(work, change).await
}

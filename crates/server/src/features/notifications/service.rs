//! A page of the notification centre, and marking it as read.

use axum::http::StatusCode;
use contract::notifications::{MarkRead, NotificationList, Unread};
use contract::{Cursor, UserId};

use crate::http::language::Lang;
use crate::http::page_size;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::notices::{self, store};
use crate::{AppError, AppState, cursor, db};

/// What its cursors are called.
const LIST: &str = "notifications";

/// The page after `cursor`, the newest entries without.
pub(super) async fn list(
    state: &AppState,
    owner: &UserId,
    lang: Lang,
    cursor: Option<&Cursor>,
    limit: Option<u32>,
) -> Result<NotificationList, AppError> {
    let limit = page_size(limit)?;
    let secret = &state.config.server_secret;
    let after: Option<store::Place> = match cursor {
        Some(cursor) => Some(cursor::decode(secret, LIST, cursor)?),
        None => None,
    };
    let mut conn = state.db.reader().acquire().await?;
    let mut items = store::page(&mut conn, owner, lang, after.as_ref(), limit + 1).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = match items.last() {
        Some(last) if more => Some(cursor::encode(secret, LIST, &store::Place::of(last))?),
        _ => None,
    };
    let unread = store::unread(&mut conn, owner).await?;
    Ok(NotificationList {
        items,
        next,
        unread,
    })
}

/// Marks everything up to an entry as read, and tells the owner's other pages.
pub(super) async fn mark_read(
    state: &AppState,
    owner: &UserId,
    ticket: &Ticket,
    asked: &MarkRead,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let place = store::place(work.conn(), owner, &asked.up_to)
            .await?
            .ok_or_else(|| AppError::not_found("notification"))?;
        let unread = store::mark_read(work.conn(), owner, &place).await?;
        work.tell([notices::changed(owner, unread, state.clock.now())]);
        work.finish(StatusCode::OK, &Unread { unread }).await
    })
    .await
}

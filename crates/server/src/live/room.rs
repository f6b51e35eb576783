//! Coming into a room: whether it is there for somebody.

use contract::live::LiveState;
use contract::live_studio::StaffRole;
use contract::{ErrorCode, UserId};

use super::store::people::{Kept, is_kept_out};
use super::store::session::{self, SessionRow};
use crate::AppError;
use crate::db::Conn;

/// Who comes in.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    /// The account, when signed in.
    pub account: Option<&'a UserId>,
    /// The browser, when it has a name.
    pub device: Option<&'a str>,
    /// Of the shop's staff.
    pub role: Option<StaffRole>,
}

/// The session of an id, or the latest one of a room. Drafts and rehearsals are there for staff alone (L10); who
/// was banned stays out, by account and by browser (L8).
pub async fn enter(
    conn: &mut Conn,
    word: &str,
    visitor: Visitor<'_>,
) -> Result<SessionRow, AppError> {
    let found = match session::find(conn, word).await? {
        Some(found) => Some(found),
        None => session::latest_of(conn, word).await?,
    };
    let is_hidden = |row: &SessionRow| row.practice || matches!(row.stand.state, LiveState::Draft);
    let row = found
        .filter(|row| visitor.role.is_some() || !is_hidden(row))
        .ok_or_else(|| AppError::not_found("live room"))?;
    let banned = visitor.role.is_none()
        && is_kept_out(conn, Kept::Ban, &row.host, visitor.account, visitor.device).await?;
    if banned {
        return Err(AppError::refused(
            ErrorCode::RoomBanned,
            "The host does not let you into these rooms any more.",
        ));
    }
    Ok(row)
}

/// Whether everybody may see a session's picture: it was on air before viewers, and the shop did not shut it. What an
/// encoder sends before that is its host's to look at, and a rehearsal stays the staff's (L10).
pub fn shows_picture(row: &SessionRow) -> bool {
    !row.practice && row.live_at.is_some() && row.stand.state != LiveState::Banned
}

//! What the link of a group shows: how many are in, what a seat costs, how long is left.

use contract::GroupId;

use super::card::Found;
use crate::db::Conn;
use crate::http::language::Lang;
use crate::{AppError, AppState};

/// A group, when there is one.
pub(super) async fn find(
    _conn: &mut Conn,
    _state: &AppState,
    _lang: Lang,
    _id: &GroupId,
) -> Result<Option<Found>, AppError> {
    Ok(None)
}

//! A group's own page. Reading it changes nothing: what is due, the jobs do.

use contract::groups::GroupProgress;
use contract::{GroupId, UserId};

use crate::goods::{self, Shelf};
use crate::groups::{store::group, view};
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::{AppError, AppState};

/// A group as it shows itself to a viewer, who may be a guest.
pub(super) async fn group(
    state: &AppState,
    viewer: Option<&UserId>,
    lang: Lang,
    id: &GroupId,
) -> Result<GroupProgress, AppError> {
    let now = state.clock.now();
    let shelf = Shelf::read(state, &Moment::now(state)).await?;
    let mut conn = state.db.reader().acquire().await?;
    let group = group::find(&mut conn, id)
        .await?
        .ok_or_else(|| AppError::not_found("group"))?;
    let product = goods::find_card(&mut conn, lang, &shelf, &group.product)
        .await?
        .ok_or_else(|| AppError::internal("a group of no product"))?;
    view::progress(&mut conn, lang, group, product, viewer, now).await
}

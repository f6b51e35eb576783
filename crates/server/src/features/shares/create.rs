//! Making a link and taking it out of use.

use axum::http::StatusCode;
use contract::shares::{Share, ShareRequest, ShareTarget};
use contract::{ShareToken, UserId};

use super::{card, store};
use crate::attribution::store::links::{self, LinkRow};
use crate::attribution::{kin, sharer_name};
use crate::commission::rates;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::{AppError, AppState, db};

/// The most characters of a sub-id.
const SUB_ID_MAX: usize = 32;
/// Draws of a token before the database is taken for broken.
const DRAWS: usize = 8;

/// Makes a link, or finds the sharer's own for the same target, channel and sub-id.
pub(super) async fn create_share(
    state: &AppState,
    sharer: &UserId,
    device: Option<&str>,
    lang: Lang,
    ticket: &Ticket,
    request: &ShareRequest,
) -> Result<Answer, AppError> {
    let sub_id = request.sub_id.as_deref().unwrap_or_default();
    check(sub_id, &request.target)?;
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    let mut conn = state.db.reader().acquire().await?;
    let Some(found) = card::find(&mut conn, state, lang, &request.target).await? else {
        return Err(AppError::not_found("target to share"));
    };
    let estimate = match &found.product {
        Some(product) => {
            rates::estimate(&mut conn, product, found.prices, state.clock.now()).await?
        }
        None => None,
    };
    let name = sharer_name(&mut conn, sharer, lang).await?;
    drop(conn);
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let now = state.clock.now();
        if let Some(device) = device {
            kin::note_device(work.conn(), &state.config, sharer, device, now).await?;
        }
        let wanted = LinkRow {
            token: state.config.sharing.keys.mint()?,
            owner: sharer.clone(),
            target: request.target.clone(),
            channel: request.channel,
            sub_id: sub_id.to_owned(),
            created_at: now,
            revoked: false,
            views: 0,
        };
        let link = find_or_insert(work.conn(), state, wanted).await?;
        let share = Share {
            url: url(state, &link.token),
            token: link.token,
            channel: link.channel,
            card: found.card.clone(),
            sharer: name.clone(),
            estimate,
        };
        work.finish(StatusCode::CREATED, &share).await
    })
    .await
}

async fn find_or_insert(
    conn: &mut db::Conn,
    state: &AppState,
    mut wanted: LinkRow,
) -> Result<LinkRow, AppError> {
    for _ in 0..DRAWS {
        if let Some(link) = links::live(conn, &wanted).await? {
            return Ok(link);
        }
        if links::insert(conn, &wanted).await? {
            return Ok(wanted);
        }
        wanted.token = state.config.sharing.keys.mint()?;
    }
    Err(AppError::internal("no token is free"))
}

/// A link's whole address.
pub(super) fn url(state: &AppState, token: &ShareToken) -> String {
    format!("{}/s/{token}", state.config.public_url)
}

fn check(sub_id: &str, target: &ShareTarget) -> Result<(), AppError> {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_');
    if sub_id.len() > SUB_ID_MAX || !sub_id.bytes().all(plain) {
        let reason = format!("at most {SUB_ID_MAX} of a-z A-Z 0-9 - _");
        return Err(AppError::field("sub_id", reason));
    }
    match target {
        ShareTarget::Page { path } if !store::is_page(path) => Err(AppError::field(
            "target.path",
            "/ or /category/ and a category",
        )),
        _ => Ok(()),
    }
}

/// Takes the sharer's link out of use.
pub(super) async fn revoke_share(
    state: &AppState,
    sharer: &UserId,
    ticket: &Ticket,
    token: &ShareToken,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        links::find(work.conn(), token)
            .await?
            .filter(|link| link.owner == *sharer)
            .ok_or_else(|| AppError::not_found("share"))?;
        links::revoke(work.conn(), token, state.clock.now()).await?;
        work.finish_empty().await
    })
    .await
}

//! A page was opened by a link. Only the page's own word for it counts, sent by a browser that a person sits at
//! (A2; reliability 3.1, click and cookie stuffing).

use axum::http::{HeaderMap, StatusCode};
use contract::shares::OpenShare;

use crate::attribution::store::links;
use crate::attribution::{self, Visitor, kin, rules};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::{AppError, AppState, db};

/// Whether a request looks like a person's: a browser's own `fetch`, not fetched ahead, from no known program.
pub(super) fn is_a_person(headers: &HeaderMap) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let ahead = ["sec-purpose", "purpose", "x-moz", "x-purpose"]
        .iter()
        .any(|name| text(name).contains("prefetch") || text(name).contains("preview"));
    let by_script = matches!(text("sec-fetch-dest"), "" | "empty");
    by_script && !ahead && !rules::is_robot(text("user-agent"))
}

/// Counts and remembers the visit where it counts, and answers whom the next order is attributed to.
pub(super) async fn open_share(
    state: &AppState,
    visitor: Visitor<'_>,
    lang: Lang,
    ticket: &Ticket,
    opened: &OpenShare,
    counts: bool,
) -> Result<Answer, AppError> {
    // Known before the database is asked.
    let counts = counts && state.config.sharing.keys.is_ours(&opened.token);
    db::retrying(|| open(state, visitor, lang, ticket, opened, counts)).await
}

async fn open(
    state: &AppState,
    visitor: Visitor<'_>,
    lang: Lang,
    ticket: &Ticket,
    opened: &OpenShare,
    counts: bool,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    if let Some(account) = visitor.account {
        kin::note_device(work.conn(), &state.config, account, visitor.device, now).await?;
    }
    if counts && let Some(link) = links::find(work.conn(), &opened.token).await? {
        attribution::touch(work.conn(), visitor, &link, now).await?;
    }
    let told = attribution::state_of(work.conn(), state, visitor, lang).await?;
    work.finish(StatusCode::OK, &told).await
}

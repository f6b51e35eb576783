//! HTTP of share links.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use contract::shares::{AttributionState, OpenShare, Share, ShareRequest, ShareStats};
use contract::{Page, ShareToken};

use super::list::ShareQuery;
use super::{create, list, open};
use crate::attribution::{self, Visitor};
use crate::auth::{Device, SignedIn, Viewer};
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::limits::ClientAddress;
use crate::{AppError, AppState};

/// Makes a link, or finds the one made before for the same target, channel and sub-id.
#[utoipa::path(post, path = "/api/shares", tag = "shares", request_body = ShareRequest,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = Share)))]
pub async fn create_share(
    State(state): State<AppState>,
    SignedIn(sharer): SignedIn,
    device: Device,
    lang: Lang,
    keyed: Keyed<ShareRequest>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, sharer.as_str())?;
    create::create_share(&state, &sharer, device.shown(), lang, &ticket, &keyed.body).await
}

/// The sharer's own links with what came of each, newest first.
#[utoipa::path(get, path = "/api/shares", tag = "shares", params(ShareQuery),
    responses((status = 200, body = Page<ShareStats>)))]
pub async fn list_shares(
    State(state): State<AppState>,
    SignedIn(sharer): SignedIn,
    lang: Lang,
    Query(query): Query<ShareQuery>,
) -> Result<Json<Page<ShareStats>>, AppError> {
    list::list_shares(&state, &sharer, lang, &query)
        .await
        .map(Json)
}

/// Takes a link out of use: it still leads to its target, and brings nothing any more.
#[utoipa::path(post, path = "/api/shares/{token}/revoke", tag = "shares",
    params(("token" = String, Path), ("Idempotency-Key" = String, Header)), responses((status = 204)))]
pub async fn revoke_share(
    State(state): State<AppState>,
    SignedIn(sharer): SignedIn,
    Path(token): Path<ShareToken>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, sharer.as_str())?;
    create::revoke_share(&state, &sharer, &ticket, &token).await
}

/// Says that a person opened the page by a link: told by the page itself, once it can be seen. What is no link of
/// the shop, and what a program opens, leaves nothing.
#[utoipa::path(post, path = "/api/share/open", tag = "shares", request_body = OpenShare,
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = AttributionState)))]
pub async fn open_share(
    State(state): State<AppState>,
    ClientAddress(client): ClientAddress,
    Viewer(viewer): Viewer,
    device: Device,
    lang: Lang,
    headers: HeaderMap,
    keyed: Keyed<OpenShare>,
) -> Result<Response, AppError> {
    let ticket = keyed.ticket(&state, &device.principal())?;
    state.limits.share(client)?;
    let visitor = Visitor {
        device: device.id(),
        account: viewer.as_ref(),
    };
    let counts = open::is_a_person(&headers);
    let answer = open::open_share(&state, visitor, lang, &ticket, &keyed.body, counts).await?;
    let mut cookie = HeaderMap::new();
    device.introduce(&mut cookie, &state.config)?;
    Ok((cookie, answer).into_response())
}

/// Whether this browser's next order is attributed, and to whom.
#[utoipa::path(get, path = "/api/share/attribution", tag = "shares",
    responses((status = 200, body = AttributionState)))]
pub async fn get_attribution(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    device: Device,
    lang: Lang,
) -> Result<Json<AttributionState>, AppError> {
    let visitor = Visitor {
        device: device.id(),
        account: viewer.as_ref(),
    };
    let mut conn = state.db.reader().acquire().await?;
    attribution::state_of(&mut conn, &state, visitor, lang)
        .await
        .map(Json)
}

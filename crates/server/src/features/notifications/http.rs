//! HTTP of the notification centre.

use axum::Json;
use axum::extract::State;
use contract::Cursor;
use contract::notifications::{MarkRead, NotificationList, Unread};
use serde::Deserialize;
use utoipa::IntoParams;

use super::service;
use crate::auth::SignedIn;
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed};
use crate::{AppError, AppState};

/// Which part of the centre.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NotificationQuery {
    /// Where to go on.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// Page size, 1 to 50; 20 unless told.
    limit: Option<u32>,
}

/// One's own notifications, newest first, and how many are unread in all.
#[utoipa::path(get, path = "/api/notifications", tag = "notifications", params(NotificationQuery),
    responses((status = 200, body = NotificationList)))]
pub async fn list_notifications(
    State(state): State<AppState>,
    SignedIn(owner): SignedIn,
    lang: Lang,
    Query(query): Query<NotificationQuery>,
) -> Result<Json<NotificationList>, AppError> {
    service::list(&state, &owner, lang, query.cursor.as_ref(), query.limit)
        .await
        .map(Json)
}

/// Marks everything as read up to an entry.
#[utoipa::path(post, path = "/api/notifications/read", tag = "notifications", request_body = MarkRead,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Unread)))]
pub async fn mark_notifications_read(
    State(state): State<AppState>,
    SignedIn(owner): SignedIn,
    keyed: Keyed<MarkRead>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, owner.as_str())?;
    service::mark_read(&state, &owner, &ticket, &keyed.body).await
}

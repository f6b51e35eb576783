//! HTTP of the event stream.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use contract::{ErrorCode, GroupId, LiveId, OrderId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::stream::{self, HEARTBEAT, Listener, Topics};
use crate::auth::{Device, Viewer, role_of};
use crate::groups::store::group;
use crate::http::json::Query;
use crate::live::room;
use crate::trade::store;
use crate::{AppError, AppState};

/// The most topics of one stream.
const TOPICS_MAX: usize = 50;
const USER_ME: &str = "user:me";

/// What to listen to.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// `user:me`, `order:<id>`, `group:<id>` and `live:<id>`, separated by commas; guests may ask for groups
    /// and rooms alone.
    topics: String,
    /// What `Last-Event-ID` says, for clients that cannot set a header.
    last_event_id: Option<String>,
}

/// A stream of events, resumed after `Last-Event-ID`. What the listener may hear is checked at every
/// connect, for what is replayed too (inv.E2).
#[utoipa::path(get, path = "/api/events", tag = "events", params(EventQuery, ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, content_type = "text/event-stream", body = String)))]
pub async fn stream_events(
    State(state): State<AppState>,
    Viewer(listener): Viewer,
    device: Device,
    headers: HeaderMap,
    Query(query): Query<EventQuery>,
) -> Result<Response, AppError> {
    let topics = parse_topics(&query.topics)?;
    let mut conn = state.db.reader().acquire().await?;
    let is_own = topics.user || !topics.orders.is_empty();
    match &listener {
        Some(listener) => {
            for order in &topics.orders {
                store::find_of(&mut conn, order, listener).await?;
            }
        }
        None if is_own => return Err(sign_in_first()),
        None => {}
    }
    for id in &topics.groups {
        group::find(&mut conn, id)
            .await?
            .ok_or_else(|| AppError::not_found("group"))?;
    }
    let role = role_of(&mut conn, listener.as_ref()).await?;
    for id in &topics.rooms {
        let visitor = room::Visitor {
            account: listener.as_ref(),
            device: device.shown(),
            role,
        };
        room::enter(&mut conn, id.as_str(), visitor).await?;
    }
    drop(conn);
    let last = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
        .or(query.last_event_id);
    let who = Listener::new(listener, device.shown(), role);
    let events = stream::open(&state, who, topics, last.as_deref()).await?;
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(HEARTBEAT))
        .into_response();
    response.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(response)
}

fn sign_in_first() -> AppError {
    AppError::refused(ErrorCode::SignInRequired, "Sign in first, then try again.")
}

fn parse_topics(text: &str) -> Result<Topics, AppError> {
    let wrong = |reason: &str| AppError::field("topics", reason);
    let mut topics = Topics::default();
    for topic in text.split(',').map(str::trim) {
        match topic.split_once(':') {
            _ if topic == USER_ME => topics.user = true,
            Some(("order", id)) if !id.is_empty() => topics.orders.push(OrderId::from(id)),
            Some(("group", id)) if !id.is_empty() => topics.groups.push(GroupId::from(id)),
            Some(("live", id)) if !id.is_empty() => topics.rooms.push(LiveId::from(id)),
            _ => {
                return Err(wrong(
                    "name user:me, order:<id>, group:<id> or live:<id>, separated by commas",
                ));
            }
        }
    }
    if topics.orders.len() + topics.groups.len() + topics.rooms.len() > TOPICS_MAX {
        return Err(wrong("at most 50 orders, groups and rooms at once"));
    }
    Ok(topics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_named_one_by_one() {
        let topics = parse_topics("order:a, user:me,order:b,group:c").unwrap();
        assert!(topics.user);
        assert_eq!(topics.orders, [OrderId::from("a"), OrderId::from("b")]);
        assert_eq!(topics.groups, [GroupId::from("c")]);
        for odd in [
            "",
            "group:",
            "order:",
            "user:someone",
            "stock:a",
            "order:a,",
        ] {
            assert!(parse_topics(odd).is_err(), "{odd}");
        }
    }
}

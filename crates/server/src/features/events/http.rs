//! HTTP of the event stream.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use contract::OrderId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::stream::{self, HEARTBEAT, Topics};
use crate::auth::SignedIn;
use crate::http::json::Query;
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
    /// `user:me` and `order:<id>`, separated by commas.
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
    SignedIn(listener): SignedIn,
    headers: HeaderMap,
    Query(query): Query<EventQuery>,
) -> Result<Response, AppError> {
    let topics = parse_topics(&query.topics)?;
    let mut conn = state.db.reader().acquire().await?;
    for order in &topics.orders {
        store::find_of(&mut conn, order, &listener).await?;
    }
    drop(conn);
    let last = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
        .or(query.last_event_id);
    let events = stream::open(&state, listener, topics, last.as_deref()).await?;
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(HEARTBEAT))
        .into_response();
    response.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(response)
}

fn parse_topics(text: &str) -> Result<Topics, AppError> {
    let wrong = |reason: &str| AppError::field("topics", reason);
    let mut topics = Topics::default();
    for topic in text.split(',').map(str::trim) {
        match topic.strip_prefix("order:") {
            Some(id) if !id.is_empty() => topics.orders.push(OrderId::from(id)),
            None if topic == USER_ME => topics.user = true,
            _ => return Err(wrong("name user:me or order:<id>, separated by commas")),
        }
    }
    if topics.orders.len() > TOPICS_MAX {
        return Err(wrong("at most 50 orders at once"));
    }
    Ok(topics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_named_one_by_one() {
        let topics = parse_topics("order:a, user:me,order:b").unwrap();
        assert!(topics.user);
        assert_eq!(topics.orders, [OrderId::from("a"), OrderId::from("b")]);
        for odd in ["", "order:", "user:someone", "stock:a", "order:a,"] {
            assert!(parse_topics(odd).is_err(), "{odd}");
        }
    }
}

//! Who may see which picture: before a room is on air, and in a rehearsal, those who run rooms alone.
//!
//! A viewer of low-latency HLS asks three times a second, so what is public is remembered for a moment; what is not is
//! looked up each time, so that a room's picture is there for everybody the moment that it goes on air.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use crate::auth::is_host_behind;
use crate::live::room;
use crate::live::store::session;
use crate::{AppError, AppState};

/// How long a public picture is taken for one.
const REMEMBERED: Duration = Duration::from_secs(1);
/// Rooms that are remembered; more are not on air at once.
const ROOMS: usize = 1024;
/// What hosts alone may see is kept by nobody on the way.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// Whom a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    All,
    Hosts,
    Nobody,
}

#[derive(Clone)]
struct Doors {
    state: AppState,
    public: Arc<Mutex<HashMap<String, Instant>>>,
}

/// What players fetch, behind its doors.
pub fn router(state: &AppState) -> Router {
    let doors = Doors {
        state: state.clone(),
        public: Arc::default(),
    };
    let guard = middleware::from_fn_with_state(doors, guard);
    state.media.router().layer(guard)
}

async fn guard(
    State(doors): State<Doors>,
    Path((session, _)): Path<(String, String)>,
    request: Request,
    next: Next,
) -> Result<Response, AppError> {
    let seen = doors.seen(&session, Instant::now()).await?;
    let may_see = match seen {
        Seen::All => true,
        Seen::Hosts => is_host_behind(&doors.state, request.headers()).await?,
        Seen::Nobody => false,
    };
    // Whether there is such a room is nobody's business.
    let mut response = match may_see {
        true => next.run(request).await,
        false => StatusCode::NOT_FOUND.into_response(),
    };
    if seen != Seen::All {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, PRIVATE);
    }
    Ok(response)
}

impl Doors {
    async fn seen(&self, id: &str, now: Instant) -> Result<Seen, AppError> {
        if self.remembers(id, now) {
            return Ok(Seen::All);
        }
        let mut conn = self.state.db.reader().acquire().await?;
        let Some(row) = session::find(&mut conn, id).await? else {
            return Ok(Seen::Nobody);
        };
        if !room::shows_picture(&row) {
            return Ok(Seen::Hosts);
        }
        self.remember(id, now);
        Ok(Seen::All)
    }

    fn remembers(&self, id: &str, now: Instant) -> bool {
        let public = self.public.lock().unwrap_or_else(PoisonError::into_inner);
        public.get(id).is_some_and(|until| now < *until)
    }

    fn remember(&self, id: &str, now: Instant) {
        let mut public = self.public.lock().unwrap_or_else(PoisonError::into_inner);
        if public.len() >= ROOMS {
            public.retain(|_, until| now < *until);
        }
        public.insert(id.to_owned(), now + REMEMBERED);
    }
}

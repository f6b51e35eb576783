//! What is sold and when, in the playlists: each change that belongs to a picture is a mark at its moment
//! (EXT-X-DATERANGE), so that who plays HLS has it with the picture, whatever became of the stream of events.

use contract::live::{LiveChange, LiveEnvelope, LiveEvent, LiveTold};
use media::{Mark, SessionId};
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use crate::bus::Recorded;
use crate::outbox::Event;
use crate::{AppError, AppState};

/// Marks what is told of rooms until told to stop. One that is missed is missed: every page hears the events too.
pub async fn follow(state: AppState, stop: CancellationToken) {
    let mut told = state.bus.subscribe();
    loop {
        let recorded = tokio::select! {
            () = stop.cancelled() => return,
            recorded = told.recv() => recorded,
        };
        match recorded {
            Ok(recorded) => mark(&state, &recorded),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

fn mark(state: &AppState, recorded: &Recorded) {
    let Event::Live(LiveTold::LiveChanged(event)) = &recorded.event else {
        return;
    };
    let (Some(class), Some(session)) =
        (class(&event.change), SessionId::parse(event.live.as_str()))
    else {
        return;
    };
    match data(recorded, event) {
        Ok(data) => {
            let mark = Mark {
                id: format!("{}-{}", event.live, event.seq),
                class: class.to_owned(),
                at_ms: recorded.at.0,
                data,
            };
            state.media.mark(&session, mark);
        }
        Err(error) => tracing::error!(%error, "a change of a room is not marked"),
    }
}

/// What kind of mark a change is; none for what belongs to no picture.
fn class(change: &LiveChange) -> Option<&'static str> {
    match change {
        LiveChange::Pin { .. } => Some("jishi.pin"),
        LiveChange::Flash { .. } => Some("jishi.price"),
        LiveChange::Giveaway { .. } => Some("jishi.giveaway"),
        _ => None,
    }
}

/// Just what the stream of events says of it.
fn data(recorded: &Recorded, event: &LiveEvent) -> Result<String, AppError> {
    let envelope = LiveEnvelope {
        at: recorded.at,
        told: LiveTold::LiveChanged(event.clone()),
    };
    serde_json::to_string(&envelope).map_err(AppError::internal)
}

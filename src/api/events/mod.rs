//! Live updates (`GET /api/events`): one connection a tab for everything that the open pages listen to,
//! resumed after the last event heard, closed while nobody looks (reliability.md, SSE).
//!
//! Events may repeat or be skipped over a gap; a listener is told [`Heard::Gap`] whenever it must fetch
//! its state again, so that a page is right even where streams never work.

mod hub;
mod plan;

use contract::events::EventEnvelope;
use leptos::prelude::Effect;
use leptos::prelude::Get;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;

use crate::platform::visibility;

/// What a listener is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// Something happened.
    Event(EventEnvelope),
    /// Something happened in a live room that is listened to: a [`contract::live::LiveEnvelope`] as text, for
    /// whoever knows how to read it.
    Live(String),
    /// Something may have happened: fetch the state again.
    Gap,
}

/// Listens to topics (`group:<id>`, `live:<id>`, for the signed-in also `order:<id>` and `user:me`) while the current owner lives.
pub fn listen(topics: Vec<String>, heard: impl Fn(Heard) + 'static) {
    let id = hub::join(topics, heard);
    let visible = visibility::visible();
    Effect::new(move || hub::show(visible.get()));
    let leave = SendWrapper::new(move || hub::leave(id));
    on_cleanup(move || (*leave)());
}

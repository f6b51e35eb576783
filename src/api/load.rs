//! Loading what a screen shows, with every state that loading has: waiting, slow, failed, there.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ApiError, Failure, at_once};
use crate::platform::{events, timers};
use crate::t;
use crate::ui::{Notice, NoticeKind};

/// Waiting this long is worth a word.
const SLOW_MS: u32 = 10_000;

/// How far loading has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Loaded<T> {
    /// On the way.
    Waiting,
    /// On the way for [`SLOW_MS`] now.
    Slow,
    /// Not to be had.
    Failed(ApiError),
    /// There.
    Ready(T),
}

impl<T> From<Result<T, ApiError>> for Loaded<T> {
    fn from(answer: Result<T, ApiError>) -> Self {
        match answer {
            Ok(value) => Self::Ready(value),
            Err(error) => Self::Failed(error),
        }
    }
}

/// A load under way or done; a copyable handle.
pub struct Load<T: Send + Sync + 'static> {
    /// How far it has come.
    pub state: RwSignal<Loaded<T>>,
    again: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Clone + Send + Sync + 'static> Load<T> {
    /// Loads again, showing the waiting state.
    pub fn retry(&self) {
        self.again.notify();
    }

    /// What is there now, if anything; tracked.
    pub fn ready(&self) -> Option<T> {
        match self.state.get() {
            Loaded::Ready(value) => Some(value),
            _ => None,
        }
    }
}

/// Loads now, whenever a signal that `fetch` reads (before its first await) changes, on
/// [`Load::retry`], and by itself when the network is back after a failure. A late answer of an
/// earlier load never replaces a newer one. What is in hand (an answer that came with the page) is there from the start.
pub fn use_load<T, F>(fetch: impl Fn() -> F + 'static) -> Load<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let mut first = Some(Box::pin(untrack(&fetch)));
    let in_hand = untrack(|| first.as_mut().and_then(at_once));
    if in_hand.is_some() {
        first = None;
    }
    let mut is_in_hand = in_hand.is_some();
    let load = Load {
        state: RwSignal::new(in_hand.map_or(Loaded::Waiting, Loaded::from)),
        again: Trigger::new(),
    };
    let run = StoredValue::new(0_u32);
    Effect::new(move || {
        load.again.track();
        // Tells what the load depends on; asks nothing before it is waited for.
        let answer = fetch();
        if std::mem::take(&mut is_in_hand) {
            return;
        }
        let answer = first.take().unwrap_or_else(|| Box::pin(answer));
        let this = run.get_value().wrapping_add(1);
        run.set_value(this);
        load.state.set(Loaded::Waiting);
        timers::after(SLOW_MS, move || {
            // What is there is not drawn anew.
            load.state.maybe_update(|state| {
                let is_waiting = matches!(state, Loaded::Waiting);
                if is_waiting {
                    *state = Loaded::Slow;
                }
                is_waiting
            });
        });
        spawn_local(async move {
            let answer = answer.await;
            if run.try_get_value() == Some(this) {
                load.state.try_set(answer.into());
            }
        });
    });
    events::on_window("online", move |_| {
        if matches!(&*load.state.read_untracked(), Loaded::Failed(_)) {
            load.retry();
        }
    });
    load
}

/// Draws a [`Load`]: `skeleton` while waiting, a word when it is slow, the failure with a way on, or
/// `children` with the value.
#[component]
pub fn Loading<T, S, V>(
    /// What to draw.
    load: Load<T>,
    /// The same boxes as the content.
    skeleton: S,
    /// The content.
    children: V,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    S: Fn() -> AnyView + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Send + Sync + 'static,
{
    move || match load.state.get() {
        Loaded::Waiting => skeleton(),
        Loaded::Slow => view! {
            <Notice kind=NoticeKind::Plain glyph=crate::ui::Glyph::Clock>{t!(app.slow)}</Notice>
            {skeleton()}
        }
        .into_any(),
        Loaded::Failed(error) => {
            view! { <Failure error on_retry=move || load.retry() /> }.into_any()
        }
        Loaded::Ready(value) => children(value),
    }
}

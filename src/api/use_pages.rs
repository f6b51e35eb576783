//! Drives a [`Pages`] list: loads the first page, the next when its end comes into sight, and keeps
//! what was read so that back shows it at once.

use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;

use contract::Cursor;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pages::{Batch, Pages, Phase};
use super::{ApiError, Failure, at_once};
use crate::platform::{events, page, sight, timers};
use crate::t;
use crate::ui::{Button, ButtonKind, text};

/// Lists kept for the way back.
const KEPT: usize = 8;
/// A kept list older than this is read anew, in milliseconds.
const FRESH_MS: f64 = 10.0 * 60_000.0;
/// Start loading this many pixels before the end comes into sight.
const AHEAD_PX: u32 = 900;
const SLOW_MS: u32 = 10_000;
/// Until a page that has arrived is drawn, and it is known whether the end is in sight.
const DRAWN_MS: u32 = 120;

struct Kept {
    key: String,
    at: f64,
    list: Rc<dyn Any>,
}

thread_local! {
    static LISTS: RefCell<VecDeque<Kept>> = RefCell::default();
}

/// A list under way; a copyable handle.
pub struct PagesOf<T: Send + Sync + 'static, H: Send + Sync + 'static> {
    /// The list so far.
    pub list: RwSignal<Pages<T, H>>,
    more: Callback<()>,
}

impl<T: Send + Sync + 'static, H: Send + Sync + 'static> Clone for PagesOf<T, H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static, H: Send + Sync + 'static> Copy for PagesOf<T, H> {}

impl<T: Send + Sync + 'static, H: Send + Sync + 'static> PagesOf<T, H> {
    /// Loads the next page, or the one that failed.
    pub fn more(&self) {
        self.more.run(());
    }
}

/// Reads the list that `key` names (tracked: another key is another list), a page at a time by `fetch`;
/// `id` tells entries apart.
pub fn use_pages<T, H, F>(
    key: impl Fn() -> String + Send + Sync + 'static,
    id: fn(&T) -> String,
    fetch: impl Fn(Option<Cursor>) -> F + Send + Sync + 'static,
) -> PagesOf<T, H>
where
    T: Clone + Send + Sync + 'static,
    H: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Batch<T, H>, ApiError>> + 'static,
{
    let key = Memo::new(move |_| key());
    let list = RwSignal::new(restored(&key.get_untracked()));
    let run = StoredValue::new(0_u32);
    let more = Callback::new(move |()| {
        let Some(cursor) = list.try_update(Pages::start).flatten() else {
            return;
        };
        let this = run.get_value();
        let take = move |answer| {
            list.try_update(|list| match answer {
                Ok(batch) => list.arrived(batch, id),
                Err(error) => list.failed(error),
            });
        };
        let mut answer = Box::pin(untrack(|| fetch(cursor)));
        // A page that came with the first screen is there from the start.
        if let Some(answer) = untrack(|| at_once(&mut answer)) {
            return take(answer);
        }
        spawn_local(async move {
            let answer = answer.await;
            if run.try_get_value() == Some(this) {
                take(answer);
            }
        });
    });
    let begin = move || {
        if list.with_untracked(|list| list.head().is_none()) {
            more.run(());
        }
    };
    begin();
    Effect::new(move |shown: Option<String>| {
        let key = key.get();
        if let Some(shown) = shown {
            keep(shown, list.get_untracked());
            list.set(restored(&key));
            run.update_value(|run| *run = run.wrapping_add(1));
            begin();
        }
        timers::after(SLOW_MS, move || list.update(Pages::is_slow));
        key
    });
    events::on_window("online", move |_| {
        if matches!(list.read_untracked().phase(), Phase::Failed(_)) {
            more.run(());
        }
    });
    on_cleanup(move || {
        if let (Some(key), Some(list)) = (key.try_get_untracked(), list.try_get_untracked()) {
            keep(key, list);
        }
    });
    PagesOf { list, more }
}

fn keep<T: Clone + 'static, H: Clone + 'static>(key: String, list: Pages<T, H>) {
    // The server draws for everybody: what one draw has read is not the next one's.
    if list.head().is_none() || !cfg!(target_family = "wasm") {
        return;
    }
    LISTS.with_borrow_mut(|lists| {
        let at = lists
            .iter()
            .position(|kept| kept.key == key)
            .and_then(|index| lists.remove(index))
            .map_or_else(page::monotonic_ms, |old| old.at);
        lists.push_back(Kept {
            key,
            at,
            list: Rc::new(list.rested()),
        });
        if lists.len() > KEPT {
            lists.pop_front();
        }
    });
}

fn restored<T: Clone + 'static, H: Clone + 'static>(key: &str) -> Pages<T, H> {
    LISTS.with_borrow_mut(|lists| {
        lists.retain(|kept| page::monotonic_ms() - kept.at < FRESH_MS);
        lists
            .iter()
            .find(|kept| kept.key == key)
            .and_then(|kept| kept.list.downcast_ref::<Pages<T, H>>())
            .cloned()
            .unwrap_or_default()
    })
}

/// What the end of a list depends on.
#[derive(Clone, PartialEq)]
struct Standing {
    phase: Phase,
    started: bool,
    complete: bool,
    count: usize,
}

/// The end of a list: loads the next page when it comes near, says what is under way, and offers to
/// try again after a failure. The first page's failure takes the list's whole place.
#[component]
pub fn PagesEnd<T, H, S>(
    /// The list.
    pages: PagesOf<T, H>,
    /// The boxes of a few entries.
    skeleton: S,
    /// Words at the end of a list that is complete.
    #[prop(optional)]
    end: &'static str,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    H: Send + Sync + 'static,
    S: Fn() -> AnyView + Send + Sync + 'static,
{
    let mark = NodeRef::<html::Div>::new();
    let near = RwSignal::new(false);
    mark.on_load(move |mark| sight::watch(&mark, AHEAD_PX, move |is_near| near.set(is_near)));
    let standing = Memo::new(move |_| {
        let list = pages.list.read();
        Standing {
            phase: list.phase().clone(),
            started: list.head().is_some(),
            complete: list.is_complete(),
            count: list.items().len(),
        }
    });
    // Again after every page: on a tall screen the end is still in sight.
    Effect::new(move || {
        let now = standing.read();
        if near.get() && now.started && now.phase == Phase::Idle && !now.complete {
            // Not before what has just arrived is drawn, which may move the end out of sight.
            timers::after(DRAWN_MS, move || pages.more());
        }
    });
    let skeleton = StoredValue::new(skeleton);
    // New boxes once the first page is there: the first ones pushed down would be a jump of the layout.
    let boxes = move || {
        let boxes = move |_| skeleton.with_value(|boxes| boxes());
        view! { <For each=move || [standing.read().started] key=|is_more| *is_more children=boxes /> }
    };
    view! {
        <div node_ref=mark></div>
        {move || {
            let now = standing.get();
            match now.phase {
                Phase::Loading => boxes().into_any(),
                Phase::Slow => {
                    view! {
                        <p class=stylance::classes!(text::caption, text::faint, text::center)>{t!(app.slow)}</p>
                        {boxes()}
                    }
                        .into_any()
                }
                Phase::Failed(error) if !now.started => {
                    view! { <Failure error on_retry=move || pages.more() /> }.into_any()
                }
                Phase::Failed(error) => {
                    let (title, _) = super::failure_words(&error);
                    view! {
                        <p class=stylance::classes!(text::row, text::small, text::muted) role="alert">
                            {title}
                            <Button kind=ButtonKind::Outline small=true on_press=move || pages.more()>
                                {t!(app.retry)}
                            </Button>
                        </p>
                    }
                        .into_any()
                }
                Phase::Idle if now.complete && now.count > 0 => {
                    view! { <p class=stylance::classes!(text::caption, text::faint, text::center)>{end}</p> }
                        .into_any()
                }
                Phase::Idle => ().into_any(),
            }
        }}
    }
}

//! Keeps a group's page at what the shop knows: by the stream, by asking where there is none, and when
//! the group's time is up (rules.md G18).

use contract::GroupId;
use contract::groups::{GroupProgress, GroupState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::state::{self, News};
use crate::api::{Load, events, use_load};
use crate::platform::timers;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::Announcer;

/// After the time is up the shop is asked this soon, and then this often, what became of the group.
const FIRST_ASK_MS: u32 = 1_000;
const ASK_MS: u32 = 5_000;

/// A group as it lives; a copyable handle.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// The first answer.
    pub load: Load<GroupProgress>,
    /// The newest one.
    pub shown: RwSignal<Option<GroupProgress>>,
    /// Whole seconds until it ends unless filled.
    pub left: Signal<Option<u64>>,
    /// Its time is up and it still counts as forming: the shop decides.
    pub time_is_up: Memo<bool>,
    take: Callback<GroupProgress>,
}

impl Live {
    /// Shows an answer unless a newer one is shown.
    pub(super) fn take(self, heard: GroupProgress) {
        self.take.run(heard);
    }
}

/// Watches a group while the current owner lives.
pub(super) fn watch(id: GroupId) -> Live {
    let time = use_server_time();
    let announcer = use_context::<Announcer>();
    let id = StoredValue::new(id);
    let fetch = move || {
        let id = id.get_value();
        async move {
            time.timed(api::get_group(&id), |group| group.server_now)
                .await
        }
    };
    let load = use_load(fetch);
    let shown = RwSignal::new(None::<GroupProgress>);
    let take = Callback::new(move |heard: GroupProgress| {
        let before = shown.get_untracked();
        if !state::replaces(before.as_ref(), &heard) {
            return;
        }
        let news = before.and_then(|before| state::news(&before, &heard));
        if let (Some(announcer), Some(news)) = (announcer, news) {
            announcer.say(words(news));
        }
        shown.set(Some(heard));
    });
    let asked = StoredValue::new((0_u32, 0_u32));
    let refresh = move || {
        let Some(this) = asked.try_update_value(|(asked, _)| {
            *asked = asked.wrapping_add(1);
            *asked
        }) else {
            return;
        };
        let answer = fetch();
        spawn_local(async move {
            // What is shown stays until the next event or gap when this one fails.
            let Ok(group) = answer.await else { return };
            // An answer to an earlier question may be older although its version is the same.
            let is_latest = asked.try_update_value(|(_, taken)| {
                let is_latest = this > *taken;
                *taken = this.max(*taken);
                is_latest
            });
            if is_latest == Some(true) {
                take.run(group);
            }
        });
    };
    let topics = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(topics)));
    let hear = move |heard: events::Heard| {
        let is_needed = match &heard {
            events::Heard::Event(event) => shown.with_untracked(|shown| {
                let is_news = |shown| state::is_news(shown, &event.event);
                shown.as_ref().is_some_and(is_news)
            }),
            events::Heard::Live(_) => false,
            events::Heard::Gap => true,
        };
        if is_needed {
            refresh();
        }
    };
    Effect::new(move || {
        if let Some(topics) = topics.get() {
            events::listen(topics, hear);
        }
    });
    let deadline = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().map(|group| (group.state, group.expires_at)))
    });
    let left = time.seconds_until(move || deadline.get().map(|(_, at)| at));
    let time_is_up = Memo::new(move |_| {
        let forms = deadline
            .get()
            .is_some_and(|(state, _)| state == GroupState::Forming);
        forms && left.get() == Some(0)
    });
    Effect::new(move || {
        if time_is_up.get() {
            timers::after(FIRST_ASK_MS, refresh);
            timers::every(ASK_MS, refresh);
        }
    });
    Live {
        load,
        shown,
        left,
        time_is_up,
        take,
    }
}

/// Everybody hears of the group; a member of the own order as well, where the refund is told.
fn topics(group: &GroupProgress) -> Vec<String> {
    let order = group
        .mine
        .as_ref()
        .map(|seat| format!("order:{}", seat.order));
    std::iter::once(format!("group:{}", group.id))
        .chain(order)
        .collect()
}

fn words(news: News) -> String {
    match news {
        News::Needs(need) => t!(groups.said_joined, count = need.into()),
        News::Complete => t!(groups.complete).to_owned(),
        News::Failed => t!(groups.failed).to_owned(),
    }
}

//! Keeps a console at what the shop knows: whatever changes the room makes it ask again, lines and counts are taken
//! as they are told.

use std::future::Future;

use contract::LiveId;
use contract::live::{LiveChange, LiveEnvelope, LiveTold};
use contract::live_studio::StudioRoom;
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::{ApiError, Load, use_load};
use storefront::platform::timers;
use storefront::stores::chat::Chat;
use storefront::stores::{ServerTime, live, use_server_time};
use storefront::ui::{Toaster, toast};

use super::{api, state, words};

/// How often the figures are asked for while nothing else happens, in milliseconds.
const FIGURES_MS: u32 = 4_000;

/// A room on its host's desk; a copyable handle.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The first answer.
    pub load: Load<StudioRoom>,
    /// The room as it is known.
    pub room: RwSignal<Option<StudioRoom>>,
    /// What is said.
    pub chat: RwSignal<Chat>,
    /// The server's clock.
    pub time: ServerTime,
    /// An operation is under way: one at a time, so that two presses are not two commands.
    pub busy: RwSignal<bool>,
    word: StoredValue<LiveId>,
    asking: StoredValue<bool>,
    again: StoredValue<bool>,
    toaster: Toaster,
}

/// Takes a room to the desk while the current owner lives.
pub fn take(word: LiveId) -> Desk {
    let time = use_server_time();
    let word = StoredValue::new(word);
    let load = use_load(move || {
        let word = word.get_value();
        async move {
            let asking = api::get_studio_room(&word);
            time.timed(asking, |room| room.room.server_now).await
        }
    });
    let desk = Desk {
        load,
        room: RwSignal::new(None),
        chat: RwSignal::new(Chat::default()),
        time,
        busy: RwSignal::new(false),
        word,
        asking: StoredValue::new(false),
        again: StoredValue::new(false),
        toaster: toast(),
    };
    let room = move || {
        let room = desk.room.read();
        room.as_ref().map(|room| room.room.id.clone())
    };
    live::listen(room, move |told| match told {
        Some(envelope) => desk.hear(envelope),
        None => desk.refresh(),
    });
    timers::every(FIGURES_MS, move || {
        let goes_on = desk.room.with_untracked(|room| {
            room.as_ref()
                .is_some_and(|room| !state::is_over(room.room.state))
        });
        if goes_on {
            desk.refresh();
        }
    });
    desk
}

impl Desk {
    /// The room's id.
    pub fn id(self) -> LiveId {
        self.word.get_value()
    }

    /// Takes an answer.
    pub fn put(self, room: StudioRoom) {
        let known = self
            .room
            .with_untracked(|known| known.as_ref().map(|known| known.room.seq));
        // A late answer.
        if known.is_some_and(|seq| room.room.seq < seq) {
            return;
        }
        let lines = room.room.chat.clone();
        self.chat.update(|chat| chat.add(lines));
        self.room.set(Some(room));
    }

    /// Asks again; while an answer is awaited, once more after it.
    pub fn refresh(self) {
        if self.asking.try_get_value() != Some(false) {
            self.again.try_set_value(true);
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            loop {
                self.again.try_set_value(false);
                let answer = api::get_studio_room(&self.id()).await;
                if self.asking.try_get_value().is_none() {
                    return;
                }
                // What is shown stays when this one fails.
                if let Ok(room) = answer {
                    self.put(room);
                }
                if self.again.try_get_value() != Some(true) {
                    break;
                }
            }
            self.asking.try_set_value(false);
        });
    }

    fn hear(self, envelope: LiveEnvelope) {
        match envelope.told {
            LiveTold::LiveChanged(event) => {
                if let LiveChange::ChatRemoved { ids } = &event.change {
                    self.chat.try_update(|chat| chat.remove(ids));
                }
                self.refresh();
            }
            LiveTold::LiveChatted(batch) => {
                self.chat.try_update(|chat| {
                    chat.add(batch.lines);
                    chat.left_out = batch.left_out;
                });
            }
            LiveTold::LiveCounted(counts) => {
                self.room.try_update(|room| {
                    if let Some(room) = room.as_mut().filter(|room| room.room.id == counts.live) {
                        state::count(room, &counts);
                    }
                });
            }
        }
    }

    /// Does something about the room, says what went wrong, and asks how the room is after it.
    pub fn act<T>(self, doing: impl Future<Output = Result<T, ApiError>> + 'static)
    where
        T: 'static,
    {
        self.then(doing, |_| {});
    }

    /// The same, and goes on with what was answered.
    pub fn then<T>(
        self,
        doing: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) where
        T: 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = doing.await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => done(answer),
                Err(error) => self.toaster.show(words::refused(&error)),
            }
            self.refresh();
        });
    }

    /// Says something in passing.
    pub fn tell(self, words: impl Into<storefront::ui::Toast>) {
        self.toaster.show(words);
    }

    /// A part of the room, which changes alone.
    pub fn part<T>(self, of: impl Fn(&StudioRoom) -> T + Send + Sync + 'static, none: T) -> Memo<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            let room = self.room.read();
            room.as_ref().map_or_else(|| none.clone(), &of)
        })
    }
}

//! Keeps a room's page at what the shop knows (rules.md L1): events in order, each with the picture of its moment
//! where it has one, and the whole room again after a gap.

use std::collections::HashMap;
use std::rc::Rc;

use contract::live::{ChatLine, LiveChange, LiveEnvelope, LiveRoom, LiveTold};
use contract::live_giveaway::{GiveawayEntered, GiveawayState};
use contract::{ErrorCode, FlashId, GiveawayId, LiveId, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::state::{self, Next};
use crate::api::{Load, Loaded, use_load};
use crate::platform::json;
use crate::platform::live_player::LivePlayer;
use crate::stores::chat::Chat;
use crate::stores::{self, use_server_time};
use crate::t;
use crate::ui::Announcer;

/// What waits for its picture.
#[derive(Default)]
struct Held {
    next: u32,
    changes: HashMap<u32, (i64, Timestamp, LiveChange)>,
}

/// A room as it lives; a copyable handle.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// The first answer.
    pub load: Load<LiveRoom>,
    /// The room as it is shown.
    pub shown: RwSignal<Option<LiveRoom>>,
    /// What is said.
    pub chat: RwSignal<Chat>,
    /// The player, once there is a picture.
    pub player: StoredValue<Option<Rc<LivePlayer>>, LocalStorage>,
    /// The last event that was heard, shown or not.
    heard: StoredValue<i64>,
    /// Flash prices that ended.
    over: StoredValue<Vec<FlashId>>,
    held: StoredValue<Held>,
    /// Lines that wait for the next frame.
    said: StoredValue<Vec<ChatLine>>,
    left_out: StoredValue<u32>,
    flushing: StoredValue<bool>,
    asked: StoredValue<u32>,
    announcer: Option<Announcer>,
}

/// Watches a room while the current owner lives.
pub(super) fn watch(id: LiveId) -> Live {
    let time = use_server_time();
    let id = StoredValue::new(id);
    let load = use_load(move || {
        let id = id.get_value();
        async move { time.timed(api::get_live(&id), |room| room.server_now).await }
    });
    let live = Live {
        load,
        shown: RwSignal::new(None),
        chat: RwSignal::new(Chat::default()),
        player: StoredValue::new_local(None),
        heard: StoredValue::new(i64::MIN),
        over: StoredValue::new(Vec::new()),
        held: StoredValue::new(Held::default()),
        said: StoredValue::new(Vec::new()),
        left_out: StoredValue::new(0),
        flushing: StoredValue::new(false),
        asked: StoredValue::new(0),
        announcer: use_context(),
    };
    let room = move || {
        live.shown
            .with(|room| room.as_ref().map(|room| room.id.clone()))
    };
    stores::live::listen(room, move |told| match told {
        Some(envelope) => live.hear(envelope),
        None => live.refresh(),
    });
    live
}

impl Live {
    /// Shows an answer: whatever waited and is part of it is known now.
    pub(super) fn take(self, room: LiveRoom) {
        if self
            .heard
            .try_get_value()
            .is_none_or(|heard| room.seq < heard)
        {
            return;
        }
        self.heard.set_value(room.seq);
        let lines = room.chat.clone();
        self.chat.try_update(|chat| chat.add(lines));
        self.shown.try_set(Some(room));
    }

    /// Fetches the room anew.
    pub(super) fn refresh(self) {
        let Some(id) = self
            .shown
            .with_untracked(|room| room.as_ref().map(|room| room.id.clone()))
        else {
            return;
        };
        self.asked.update_value(|n| *n = n.wrapping_add(1));
        let this = self.asked.get_value();
        spawn_local(async move {
            let answer = api::get_live(&id).await;
            if self.asked.try_get_value() != Some(this) {
                return;
            }
            match answer {
                Ok(room) => self.take(room),
                Err(error) if error.code() == Some(ErrorCode::RoomBanned) => {
                    self.load.state.try_set(Loaded::Failed(error));
                }
                // What is shown stays until the next event or gap.
                Err(_) => {}
            }
        });
    }

    /// The playlist says something of a picture that is on its way: as good as told, and known if it was.
    pub(super) fn marked(self, text: &str) {
        if let Some(envelope) = json::read(text) {
            self.hear(envelope);
        }
    }

    /// The viewer has an entry in the giveaway.
    pub(super) fn entered(self, id: &GiveawayId, entered: GiveawayEntered) {
        self.shown.try_update(|room| {
            let Some(room) = room.as_mut() else { return };
            if let Some(giveaway) = room.giveaway.as_mut().filter(|it| it.id == *id) {
                giveaway.entries = giveaway.entries.max(entered.entries);
                room.entered = Some(entered.entry);
            }
        });
    }

    fn hear(self, envelope: LiveEnvelope) {
        let at = envelope.at;
        match envelope.told {
            LiveTold::LiveChanged(event) => {
                let Some(heard) = self.heard.try_get_value() else {
                    return;
                };
                match state::next(heard, event.seq) {
                    Next::Known => {}
                    Next::Gap => self.refresh(),
                    Next::Take => {
                        self.heard.set_value(event.seq);
                        self.show_or_hold(event.seq, at, event.change);
                    }
                }
            }
            LiveTold::LiveChatted(batch) => {
                self.left_out.try_set_value(batch.left_out);
                self.say(batch.lines);
            }
            LiveTold::LiveCounted(counts) => {
                self.shown.try_update(|room| {
                    if let Some(room) = room.as_mut().filter(|room| room.id == counts.live) {
                        stores::live::count(room, &counts);
                    }
                });
            }
        }
    }

    /// Shows a change, now or with the picture of its moment.
    fn show_or_hold(self, seq: i64, at: Timestamp, change: LiveChange) {
        let waits = state::waits_for_picture(&change);
        let held = waits
            && self.player.with_value(|player| {
                // A picture that does not run has no moment to wait for.
                let Some(player) = player.as_ref().filter(|player| player.at_ms().is_some()) else {
                    return false;
                };
                let number = self.held.try_update_value(|held| {
                    held.next = held.next.wrapping_add(1);
                    held.changes.insert(held.next, (seq, at, change.clone()));
                    held.next
                });
                // May show it at once, and then it is held no more.
                if let Some(number) = number {
                    player.hold(number, at.0);
                }
                true
            });
        if !held {
            self.show(at, &change);
        }
    }

    /// The picture has come to the moment of what was held.
    pub(super) fn reached(self, number: u32) {
        let held = self
            .held
            .try_update_value(|held| held.changes.remove(&number))
            .flatten();
        if let Some((seq, at, change)) = held {
            // A room that was fetched meanwhile knows it.
            let is_news = self
                .shown
                .with_untracked(|room| room.as_ref().is_some_and(|room| room.seq < seq));
            if is_news {
                self.show(at, &change);
            }
        }
    }

    fn show(self, at: Timestamp, change: &LiveChange) {
        if let LiveChange::ChatRemoved { ids } = change {
            self.chat.update(|chat| chat.remove(ids));
        }
        let mut refetch = false;
        self.shown.update(|room| {
            self.over.update_value(|over| {
                if let Some(room) = room {
                    refetch = state::apply(room, over, at, change);
                }
            });
        });
        if let (Some(announcer), Some(words)) = (self.announcer, self.words(change)) {
            announcer.say(words);
        }
        if refetch {
            self.refresh();
        }
    }

    /// What is spoken of a change.
    fn words(self, change: &LiveChange) -> Option<String> {
        let title = |number: u32| {
            self.shown.with_untracked(|room| {
                let item = room
                    .as_ref()?
                    .shelf
                    .iter()
                    .find(|item| item.number == number)?;
                Some(item.product.title.clone())
            })
        };
        match change {
            LiveChange::Pin {
                number: Some(number),
            } => Some(t!(live.said_pin, what = title(*number)?)),
            LiveChange::Giveaway { giveaway } => match giveaway.state {
                GiveawayState::Open => Some(t!(live.said_giveaway, what = giveaway.prize.clone())),
                GiveawayState::Drawn => Some(t!(live.said_drawn).to_owned()),
                GiveawayState::Void => None,
            },
            LiveChange::Flash { offer } if state::is_over(offer.state) => {
                Some(t!(live.said_ended).to_owned())
            }
            LiveChange::Flash { offer } => Some(t!(live.said_flash, what = title(offer.number)?)),
            _ => None,
        }
    }

    /// Lines are drawn once a frame, however many come.
    pub(super) fn say(self, lines: Vec<ChatLine>) {
        self.said.try_update_value(|said| said.extend(lines));
        if self.flushing.try_get_value() != Some(false) {
            return;
        }
        self.flushing.set_value(true);
        request_animation_frame(move || {
            let Some(lines) = self.said.try_update_value(std::mem::take) else {
                return;
            };
            self.flushing.set_value(false);
            let left_out = self.left_out.get_value();
            self.chat.try_update(|chat| {
                chat.add(lines);
                chat.left_out = left_out;
            });
        });
    }
}

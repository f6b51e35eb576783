//! What was on screen for a second is told to the shop: together, and once (features.md 14).

use contract::videos::{SEEN_AFTER_MS, SIGHTS_MAX, Sight};
use contract::{ProductId, VideoId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::platform::{events, random, timers};

/// How often what was seen is told, in milliseconds.
const EVERY_MS: u32 = 5_000;

/// What was seen and is not told yet; a copyable handle.
#[derive(Clone, Copy)]
pub(super) struct Sights(StoredValue<Vec<Sight>>);

impl Sights {
    /// Begins to collect, and tells now and then while the current owner lives.
    pub(super) fn start() -> Self {
        let sights = Self(StoredValue::new(Vec::new()));
        timers::every(EVERY_MS, move || sights.tell());
        events::on_document("visibilitychange", move |_| sights.tell());
        on_cleanup(move || sights.tell());
        sights
    }

    /// Counts a video, or a product's card on it, once it has been on screen for a second: call it when it comes
    /// there, under an owner that ends when it leaves.
    pub(super) fn watch(self, video: VideoId, product: Option<ProductId>) {
        timers::after(SEEN_AFTER_MS, move || {
            let Some(event) = random::token() else { return };
            self.0.try_update_value(|seen| {
                seen.push(Sight {
                    event,
                    video,
                    product,
                });
            });
        });
    }

    fn tell(self) {
        let take = |seen: &mut Vec<Sight>| {
            let count = seen.len().min(SIGHTS_MAX);
            seen.drain(..count).collect::<Vec<_>>()
        };
        let seen = self.0.try_update_value(take).unwrap_or_default();
        if !seen.is_empty() {
            // What is lost on the way is not counted.
            spawn_local(async move { drop(api::note_sights(seen).await) });
        }
    }
}

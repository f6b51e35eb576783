//! How many notifications are unread: asked for after signing in, then told by the stream. The centre
//! itself is the notifications feature's.

use contract::events::ShopEvent;
use contract::notifications::Unread;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::SessionStore;
use crate::api::{self, ApiError, events};

/// How many are unread; a copyable handle.
#[derive(Clone, Copy)]
pub struct Notices {
    unread: RwSignal<u64>,
    session: SessionStore,
}

pub(super) fn provide(session: SessionStore) -> Notices {
    let notices = Notices {
        unread: RwSignal::new(0),
        session,
    };
    provide_context(notices);
    notices
}

/// How many are unread, from the shell's context.
pub fn use_notices() -> Notices {
    use_context().unwrap_or_else(|| provide(super::use_session()))
}

/// Only the count is wanted here: the shortest page has it.
async fn get_unread() -> Result<Unread, ApiError> {
    api::get("/api/notifications?limit=1").await
}

// Guests need not download what asks and listens.
piece!(customer: fn follow(notices: Notices, owner: Option<Owner>) -> () { notices.listen(owner) });

impl Notices {
    /// How many are unread, kept right while the current owner lives; 0 for guests.
    pub fn watch(self) -> Signal<u64> {
        // Nobody's name is empty.
        let me = Memo::new(move |_| self.session.me().map(|me| me.id.0).unwrap_or_default());
        Effect::new(move || {
            if me.read().is_empty() {
                return self.unread.set(0);
            }
            let owner = Owner::current();
            spawn_local(async move {
                // Without its piece the number stays as it was until the next page load.
                let _ = follow(self, owner).await;
            });
        });
        self.unread.into()
    }

    /// Takes what the shop says.
    pub fn set(self, Unread { unread }: Unread) {
        self.unread.set(unread.into());
    }

    /// Asks, and listens while `owner` lives.
    fn listen(self, owner: Option<Owner>) {
        // Whoever it was for may have signed out while the piece was on its way.
        if untrack(|| self.session.me()).is_none() {
            return;
        }
        let begin = || {
            self.ask();
            events::listen(vec!["user:me".to_owned()], move |heard| match heard {
                events::Heard::Event(event) => {
                    if let ShopEvent::NotificationsChanged(unread) = event.event {
                        self.set(unread);
                    }
                }
                events::Heard::Live(_) => {}
                events::Heard::Gap => self.ask(),
            });
        };
        match owner {
            Some(owner) => owner.with(begin),
            None => begin(),
        }
    }

    fn ask(self) {
        spawn_local(async move {
            // The number stays as it was when this fails.
            if let Ok(unread) = get_unread().await {
                self.set(unread);
            }
        });
    }
}

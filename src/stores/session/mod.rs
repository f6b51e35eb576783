//! Who is signed in, on this browser and in all of its tabs.

mod api;

use contract::UserId;
use contract::account::{Me, Session};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::preferences::Preferences;
use super::server_time::ServerTime;
use super::shelf::{BrowserShelf, Shelf};
use crate::api::{ApiError, IdempotencyKey};
use crate::platform::{events, storage};

/// Names the account that was signed in last, so that its cart is there before the shop has answered.
/// Changing it tells the other tabs.
const SIGNED_IN: &str = "signed-in";

/// Who is signed in, as far as is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// The shop has not answered yet.
    Unknown,
    /// Nobody.
    Guest,
    /// This customer.
    Customer(Me),
    /// The shop cannot be asked.
    Unreachable(ApiError),
}

/// Who is signed in.
#[derive(Clone, Copy)]
pub struct SessionStore {
    who: RwSignal<Who>,
    time: ServerTime,
    preferences: Preferences,
}

pub(super) fn provide(time: ServerTime, preferences: Preferences) -> SessionStore {
    let session = SessionStore {
        who: RwSignal::new(Who::Unknown),
        time,
        preferences,
    };
    provide_context(session);
    session.refresh();
    storage::on_change(move |change| {
        if change.key.as_deref() == Some(SIGNED_IN) {
            session.refresh();
        }
    });
    events::on_window("online", move |_| {
        if matches!(&*session.who.read_untracked(), Who::Unreachable(_)) {
            session.refresh();
        }
    });
    session
}

/// Who is signed in, from the shell's context.
pub fn use_session() -> SessionStore {
    use_context().unwrap_or_else(|| provide(super::use_server_time(), super::use_preferences()))
}

/// The account that was signed in when this browser last knew.
pub fn last_known_user() -> Option<UserId> {
    BrowserShelf
        .get(SIGNED_IN)
        .ok()
        .flatten()
        .filter(|id| !id.is_empty())
        .map(UserId)
}

impl SessionStore {
    /// Who is signed in; tracked.
    pub fn who(self) -> Who {
        self.who.get()
    }

    /// The customer, when one is known to be signed in; tracked.
    pub fn me(self) -> Option<Me> {
        match self.who.get() {
            Who::Customer(me) => Some(me),
            _ => None,
        }
    }

    /// Asks the shop again.
    pub fn refresh(self) {
        spawn_local(async move {
            let answer = self
                .time
                .timed(api::get_session(), |session: &Session| session.server_now)
                .await;
            match answer {
                Ok(session) => self.take(session),
                Err(error) => {
                    self.who.try_update(|who| {
                        if !matches!(who, Who::Customer(_)) {
                            *who = Who::Unreachable(error);
                        }
                    });
                }
            }
        });
    }

    /// Takes what a sign-in or the shop says.
    pub fn take(self, session: Session) {
        let who = session.me.map_or(Who::Guest, Who::Customer);
        if let Who::Customer(me) = &who {
            remember(&me.id);
        }
        if self.who.try_with_untracked(|now| *now != who) == Some(true) {
            self.who.set(who);
        }
    }

    /// A request was answered with "sign in first": the session has ended. Whose it was is remembered,
    /// so that the cart stays for when the customer is back.
    pub fn ended(self) {
        self.who.set(Who::Guest);
    }

    /// Signs out here and at the shop.
    ///
    /// # Errors
    /// See [`ApiError`]; the customer is still signed in then.
    pub async fn sign_out(self) -> Result<(), ApiError> {
        api::sign_out(&IdempotencyKey::new()).await?;
        self.preferences.set_contact(None);
        // Without storage there is nothing to forget.
        let _ = BrowserShelf.remove(SIGNED_IN);
        self.ended();
        Ok(())
    }
}

fn remember(id: &UserId) {
    if last_known_user().as_ref() != Some(id) {
        // Without storage the other tabs find out at their next request.
        let _ = BrowserShelf.set(SIGNED_IN, id.as_str());
    }
}

//! Sharing as features meet in it: what is being shared now, and who brought the visitor
//! (rules.md A3).

mod address;
mod api;
mod touch;

use contract::ShareToken;
use contract::shares::{Attribution, ShareTarget};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::touch::Touches;
use super::session::SessionStore;
use super::shelf::{BrowserShelf, Shelf};
use crate::platform::{page, visit};

/// Where the visitor's touches are kept.
const TOUCHES: &str = "touches";

// The shell asks seldom, so it has the code fetched; the pages that want to know have it with their own pieces.
piece!(customer: fn fetch_and_ask(store: ShareStore) -> () { store.ask() });

/// What is shared and who brought the visitor; a copyable handle.
#[derive(Clone, Copy)]
pub struct ShareStore {
    target: RwSignal<Option<ShareTarget>>,
    touches: StoredValue<Touches>,
    attribution: RwSignal<Option<Attribution>>,
    /// Reached by a link that the shop has not been told of: promotion until it says otherwise.
    pending: RwSignal<bool>,
    asking: StoredValue<Asking>,
}

/// Whether the shop is being asked who brought the visitor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// Nobody has wanted to know yet.
    Idle,
    /// On the way.
    Busy,
    /// It is known.
    Known,
}

/// Takes a share link's token out of the address before the router reads it, and keeps it. Call it
/// once, before the router is made.
pub fn arrive() {
    let kept = BrowserShelf.get(TOUCHES).ok().flatten();
    let mut touches = Touches::read(kept.as_deref());
    let now = page::device_now_ms();
    let before = touches.clone();
    touches.expire(now);
    let (token, address) = address::without_token(&page::path_and_query());
    if let Some(token) = token {
        page::set_address(&address);
        touches.arrive(token, now);
    }
    if touches != before {
        keep(&touches);
    }
    provide_context(ShareStore {
        target: RwSignal::new(None),
        pending: RwSignal::new(touches.untold().is_some()),
        touches: StoredValue::new(touches),
        attribution: RwSignal::new(None),
        asking: StoredValue::new(Asking::Idle),
    });
}

/// Starts to tell the shop of a visit by a link, once a person sees the page; and asks anew who brought
/// the visitor whenever another account signs in.
pub(super) fn provide(session: SessionStore) {
    let store = use_share();
    if store.untold().is_some() {
        visit::when_seen(move || store.call());
    }
    Effect::new(move |before: Option<Option<_>>| {
        let me = session.me().map(|me| me.id);
        if before.is_some_and(|before| before != me) && store.asking.get_value() == Asking::Known {
            store.call();
        }
        me
    });
}

/// Sharing, from the app's context.
pub fn use_share() -> ShareStore {
    use_context().unwrap_or_else(|| {
        arrive();
        expect_context()
    })
}

impl ShareStore {
    /// Opens the share sheet for a target.
    pub fn open(self, target: ShareTarget) {
        self.target.set(Some(target));
    }

    /// What the share sheet is open for; the sheet sets it to nothing when it closes.
    pub fn target(self) -> RwSignal<Option<ShareTarget>> {
        self.target
    }

    /// Whether a sharer may earn from this visitor's next order: pages of goods and the checkout say so
    /// (features.md 85). Asks the shop the first time that a page wants to know.
    pub fn promoted(self) -> Signal<bool> {
        if self.asking.get_value() == Asking::Idle && self.untold().is_none() {
            self.ask();
        }
        Signal::derive(move || {
            let paid = |it: &Attribution| it.paid_promotion;
            self.pending.get() || self.attribution.with(|it| it.as_ref().is_some_and(paid))
        })
    }

    /// A touch that the shop does not know of yet.
    fn untold(self) -> Option<ShareToken> {
        self.touches.with_value(|touches| touches.untold().cloned())
    }

    /// [`ShareStore::ask`] as soon as its piece is here; without it the next page that wants to know asks.
    fn call(self) {
        spawn_local(async move {
            let _ = fetch_and_ask(self).await;
        });
    }

    /// Tells the shop of an untold touch, else asks who brought the visitor.
    fn ask(self) {
        if self.asking.get_value() == Asking::Busy {
            return;
        }
        self.asking.set_value(Asking::Busy);
        spawn_local(self.learn());
    }

    async fn learn(self) {
        let mut answer = None;
        if let Some(token) = self.untold() {
            let told = api::open_share(token.clone()).await;
            // After a lost answer the touch stays untold: the next page load tells it again.
            if told.as_ref().err().is_none_or(|error| error.is_definite()) {
                self.tell(&token);
            }
            answer = told.ok();
        }
        if answer.is_none() {
            answer = api::get_attribution().await.ok();
        }
        if let Some(state) = answer {
            self.attribution.set(state.attribution);
            self.pending.set(false);
        }
        self.asking.set_value(Asking::Known);
    }

    fn tell(self, token: &ShareToken) {
        self.touches.update_value(|touches| {
            touches.tell(token);
            keep(touches);
        });
    }
}

/// Without storage a touch lasts as long as the page, and the shop's cookie beyond it.
fn keep(touches: &Touches) {
    let _ = match touches.written() {
        Some(text) => BrowserShelf.set(TOUCHES, &text),
        None => BrowserShelf.remove(TOUCHES),
    };
}

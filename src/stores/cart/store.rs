//! The cart as a store: edits show at once, are written down under a lock, reach the other tabs, and
//! are held against a fresh quote.

use contract::quote::{Quote, QuoteRequest};
use contract::{Money, Quantity, SkuId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::{Cart, CartFull, Edit};
use super::keeping::{self, Finding, Owner};
use super::line::TabId;
use super::review::{self, Review};
use super::{api, codec, mirror};
use crate::api::ApiError;
use crate::platform::{events, locks, random, storage, timers};
use crate::stores::server_time::ServerTime;
use crate::stores::session::{self, SessionStore};
use crate::stores::shelf::BrowserShelf;

/// Edits in a row are quoted together after this pause, in milliseconds.
const QUOTE_PAUSE_MS: u32 = 350;

/// How far asking for prices has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Quoting {
    /// Nothing is being asked.
    Still,
    /// On the way.
    Asking,
    /// The last question had no answer.
    Failed(ApiError),
}

/// The cart; a copyable handle.
#[derive(Clone, Copy)]
pub struct CartStore {
    pub(super) cart: RwSignal<Cart>,
    pub(super) owner: RwSignal<Owner>,
    pub(super) changes: RwSignal<Vec<contract::cart::MergeChange>>,
    finding: RwSignal<Option<Finding>>,
    quote: RwSignal<Option<Quote>>,
    quoting: RwSignal<Quoting>,
    review: Memo<Review>,
    /// Counts questions for prices, so that a late answer is known as such.
    question: RwSignal<u32>,
    /// Something is not written down yet.
    unkept: RwSignal<bool>,
    pub(super) tab: TabId,
    pub(super) time: ServerTime,
}

/// Finds the cart and ties it to the browser and the session.
pub(super) fn make(session: SessionStore, time: ServerTime) -> CartStore {
    let tab = TabId((random::chance() * f64::from(u32::MAX)) as u32);
    let last = session::last_known_user();
    let (owner, cart, finding) = keeping::load_first(&BrowserShelf, last, tab);
    let (cart, quote) = (RwSignal::new(cart), RwSignal::new(None));
    let store = CartStore {
        cart,
        owner: RwSignal::new(owner),
        changes: RwSignal::new(Vec::new()),
        finding: RwSignal::new(finding),
        quote,
        quoting: RwSignal::new(Quoting::Still),
        review: Memo::new(move |_| {
            cart.with(|cart| quote.with(|quote| review::review(cart, quote.as_ref())))
        }),
        question: RwSignal::new(0),
        unkept: RwSignal::new(false),
        tab,
        time,
    };
    store.keep();
    storage::on_change(move |change| store.hear(&change));
    // The lock may not be granted any more when the page goes.
    events::on_window("pagehide", move |_| {
        if store.unkept.get_untracked() {
            store.write();
        }
    });
    mirror::follow(store, session);
    store
}

impl CartStore {
    /// Puts pieces in, at the price that the shopper was shown.
    ///
    /// # Errors
    /// [`CartFull`]; nothing changed then.
    pub fn add(self, sku: SkuId, quantity: Quantity, price: Money) -> Result<(), CartFull> {
        self.edit(&Edit::Add {
            sku,
            quantity,
            price: Some(price),
            at: self.now(),
        })
    }

    /// The moment that an edit happens at, by the server's clock.
    pub fn now(self) -> contract::Timestamp {
        self.time.now()
    }

    /// Does an edit.
    ///
    /// # Errors
    /// [`CartFull`]; nothing changed then.
    pub fn edit(self, edit: &Edit) -> Result<(), CartFull> {
        let done = self
            .cart
            .try_update(|cart| cart.apply(edit, self.tab))
            .unwrap_or(Ok(()));
        if done.is_ok() {
            self.keep();
        }
        done
    }

    /// The cart held against the last quote; tracked.
    pub fn review(self) -> Memo<Review> {
        self.review
    }

    /// How far asking for prices has come.
    pub fn quoting(self) -> ReadSignal<Quoting> {
        self.quoting.read_only()
    }

    /// Whether there are prices to show.
    pub fn is_quoted(self) -> bool {
        self.quote.with(Option::is_some)
    }

    /// What the shopper should know about how the cart was found.
    pub fn finding(self) -> ReadSignal<Option<Finding>> {
        self.finding.read_only()
    }

    /// What merging with the account's cart changed, until [`CartStore::forget_changes`].
    pub fn changes(self) -> ReadSignal<Vec<contract::cart::MergeChange>> {
        self.changes.read_only()
    }

    /// The shopper has read them.
    pub fn forget_changes(self) {
        self.changes.set(Vec::new());
    }

    /// Asks for prices once edits pause.
    pub fn refresh_soon(self) {
        let this = self.ask_later();
        spawn_local(async move {
            timers::sleep(QUOTE_PAUSE_MS).await;
            if self.question.try_get_untracked() == Some(this) {
                self.refresh().await;
            }
        });
    }

    /// Asks for prices now.
    pub async fn refresh(self) {
        let this = self.ask_later();
        let lines = self.cart.with_untracked(review::to_quote);
        if lines.is_empty() {
            self.quote.set(None);
            self.quoting.set(Quoting::Still);
            return;
        }
        self.quoting.set(Quoting::Asking);
        let request = QuoteRequest {
            lines,
            fulfilment: None,
            coupons: Vec::new(),
        };
        let answer = self
            .time
            .timed(api::create_quote(&request), |quote| quote.server_now)
            .await;
        if self.question.try_get_untracked() != Some(this) {
            return;
        }
        match answer {
            Ok(quote) => self.take(quote),
            Err(error) => self.quoting.set(Quoting::Failed(error)),
        }
    }

    /// Takes prices that came by another way, such as a refused order's.
    pub fn take(self, quote: Quote) {
        for edit in self
            .cart
            .with_untracked(|cart| review::first_prices(cart, &quote))
        {
            // Accepting a price adds no line, so it is never refused.
            let _ = self.edit(&edit);
        }
        self.quote.set(Some(quote));
        self.quoting.set(Quoting::Still);
    }

    /// Numbers a question; earlier ones are answered too late from now on.
    fn ask_later(self) -> u32 {
        self.question
            .try_update(|n| {
                *n = n.wrapping_add(1);
                *n
            })
            .unwrap_or_default()
    }

    /// Shows another owner's cart.
    pub(super) fn become_of(self, owner: Owner) {
        let (cart, finding) = keeping::load(&BrowserShelf, &owner, self.tab);
        self.owner.set(owner);
        self.cart.set(cart);
        if finding.is_some() {
            self.finding.set(finding);
        }
    }

    /// Writes the cart down while no other tab does.
    pub(super) fn keep(self) {
        self.unkept.set(true);
        locks::exclusively("jishi-cart", move || self.write());
    }

    fn write(self) {
        let (Some(owner), Some(cart)) = (
            self.owner.try_get_untracked(),
            self.cart.try_get_untracked(),
        ) else {
            return;
        };
        let mut all = cart.clone();
        if let Some(stored) = keeping::peek(&BrowserShelf, &owner) {
            all.merge(&stored);
        }
        if all != cart {
            self.cart.set(all.clone());
        }
        match keeping::save(&BrowserShelf, &owner, &all) {
            Ok(()) => self.unkept.set(false),
            Err(_) => self.finding.set(Some(Finding::NotKept)),
        }
    }

    /// Hears what another tab wrote.
    fn hear(self, change: &storage::Change) {
        let key = self
            .owner
            .with_untracked(|owner| keeping::key(codec::VERSION, owner));
        let (Some(text), true) = (&change.value, change.key.as_deref() == Some(&key)) else {
            return;
        };
        let codec::Decoded::Cart(theirs) = codec::decode(text) else {
            return;
        };
        let mut all = self.cart.get_untracked();
        all.merge(&theirs);
        if self.cart.with_untracked(|cart| *cart != all) {
            self.cart.set(all.clone());
        }
        if all != theirs {
            self.keep();
        }
    }
}

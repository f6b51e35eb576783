//! The account's copy of the cart (rules.md 3.8): it is merged with at a sign-in, follows this
//! browser's edits, and fills a browser that has lost its own (reliability.md B9).

use std::pin::Pin;

use contract::UserId;
use contract::cart as wire;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::document::{Cart, Edit};
use super::keeping::{self, Owner};
use super::store::CartStore;
use crate::api::{ApiError, IdempotencyKey};
use crate::platform::{events, page, timers};
use crate::stores::attempts::Attempts;
use crate::stores::session::{self, SessionStore, Who};
use crate::stores::shelf::BrowserShelf;

/// Edits in a row reach the account together after this pause, in milliseconds.
const MIRROR_PAUSE_MS: u32 = 1_500;
/// Name of the merge among the attempts.
const MERGE: &str = "merge_cart";

/// What begins to follow the edits.
struct Follower {
    owner: Option<leptos::prelude::Owner>,
    /// The cart that the account's copy is taken to be.
    cart: Cart,
}

type Merging = Pin<Box<dyn Future<Output = ()>>>;

/// Makes the cart follow the session, and the account's copy follow the cart.
pub(super) fn follow(store: CartStore, sessions: SessionStore) {
    // What follows the edits is made once, lives as long as the cart does, and begins with the cart as it is
    // now: an edit made while its piece is on the way counts too.
    let follower = StoredValue::new(Some(Follower {
        owner: leptos::prelude::Owner::current(),
        cart: store.cart.get_untracked(),
    }));
    let sign = move || {
        match sessions.who() {
            Who::Customer(me) => spawn_local(async move {
                // Without its piece, as without a network, the merge waits for the next chance.
                if let Ok(merging) = sign_in(store, sessions, me.id, follower).await {
                    merging.await;
                }
            }),
            // A session that ended by itself leaves the cart in sight; only signing out takes it away.
            Who::Guest if session::last_known_user().is_none() => sign_out(store),
            Who::Guest => {}
            Who::Unknown | Who::Unreachable(_) => {}
        }
    };
    Effect::new(sign);
    // A merge that failed for want of a network is made up for.
    events::on_window("online", move |_| untrack(sign));
}

// Brings the guest's cart into the account's and sends the account what is edited from now on, by a piece of
// the app that guests need not download.
piece!(customer: fn sign_in(
    store: CartStore,
    sessions: SessionStore,
    id: UserId,
    follower: StoredValue<Option<Follower>>,
) -> Merging {
    if let Some(Follower { owner: Some(owner), cart }) = follower.try_update_value(Option::take).flatten() {
        owner.with(|| send_edits(store, cart.to_wire()));
    }
    Box::pin(bring_in(store, sessions, id)) as Merging
});

/// Sends the account's copy what is edited from `known` on.
fn send_edits(store: CartStore, known: wire::Cart) {
    let edits = StoredValue::new(0_u32);
    Effect::new(move |sent: Option<wire::Cart>| {
        let cart = store.cart.with(|cart| cart.to_wire());
        if *sent.as_ref().unwrap_or(&known) != cart {
            edits.update_value(|edits| *edits = edits.wrapping_add(1));
            let this = edits.get_value();
            let copy = cart.clone();
            spawn_local(async move {
                timers::sleep(MIRROR_PAUSE_MS).await;
                let is_customers = matches!(store.owner.try_get_untracked(), Some(Owner::User(_)));
                if edits.try_get_value() == Some(this) && is_customers {
                    // The next edit, or the next sign-in, makes up for a lost one.
                    let _ = api::put_cart(&IdempotencyKey::new(), &copy).await;
                }
            });
        }
        cart
    });
}

/// Until the shop has answered the guest's cart stays in sight.
async fn bring_in(store: CartStore, sessions: SessionStore, id: UserId) {
    // Whoever it began for may have signed out, and somebody else in, while it waited.
    let is_theirs = || untrack(|| sessions.me()).is_some_and(|me| me.id == id);
    if !is_theirs() {
        return;
    }
    let user = Owner::User(id.clone());
    // In whatever version of the format it still stands.
    let (guest, _) = keeping::load(&BrowserShelf, &Owner::Guest, store.tab);
    let merged = match guest.is_empty() {
        false => merge(&guest.to_wire()).await,
        true if store.owner.get_untracked() == user
            && !store.cart.with_untracked(|cart| cart.is_empty()) =>
        {
            return;
        }
        true => api::get_cart().await.map(|cart| wire::MergedCart {
            cart,
            changes: Vec::new(),
        }),
    };
    let Ok(wire::MergedCart { cart, changes }) = merged else {
        return;
    };
    if !is_theirs() {
        return;
    }
    if store.owner.get_untracked() != user {
        store.become_of(user);
    }
    // Adopting what the shop says is never refused.
    let _ = store.edit(&Edit::Adopt(cart));
    for price in store
        .cart
        .with_untracked(|cart| cart.prices_seen_by(&guest))
    {
        // Nor is a price.
        let _ = store.edit(&price);
    }
    // Kept where nothing can be removed: then it is merged again, with the same outcome.
    let _ = keeping::clear(&BrowserShelf, &Owner::Guest);
    store.changes.set(changes);
}

async fn merge(guest: &wire::Cart) -> Result<wire::MergedCart, ApiError> {
    let mut attempts = Attempts::default();
    let key = attempts.begin(
        &BrowserShelf,
        MERGE,
        guest,
        page::device_now_ms(),
        IdempotencyKey::new,
    );
    let merged = api::merge_cart(&key, guest).await;
    if merged.as_ref().err().is_none_or(ApiError::is_definite) {
        attempts.settle(&BrowserShelf, MERGE);
    }
    merged
}

/// Takes the customer's cart out of this browser and shows the guest's again.
fn sign_out(store: CartStore) {
    let owner = store.owner.get_untracked();
    if owner != Owner::Guest {
        // Where nothing can be removed nothing was written either.
        let _ = keeping::clear(&BrowserShelf, &owner);
        store.become_of(Owner::Guest);
    }
}

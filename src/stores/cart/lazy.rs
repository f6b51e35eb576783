//! What of the cart is there from the start: how many pieces are in it. The cart itself comes in a piece of the app
//! (ADR 10) when there is something in it, and with the pages that change it.

use leptos::prelude::{Owner as Scope, *};
use leptos::task::spawn_local;

use super::codec::{OLDEST, VERSION};
use super::document::Cart;
use super::keeping::{self, Owner};
use super::store::{self, CartStore};
use crate::platform::{events, storage};
use crate::stores::server_time::ServerTime;
use crate::stores::session::{self, SessionStore};
use crate::stores::shelf::{BrowserShelf, Shelf};

/// Makes the cart when it is first needed; a copyable handle.
#[derive(Clone, Copy)]
pub struct LazyCart {
    pieces: RwSignal<u64>,
    made: StoredValue<Option<CartStore>>,
    /// The cart lives as long as the shell, whichever page needs it first.
    shell: StoredValue<Option<Scope>>,
    session: SessionStore,
    time: ServerTime,
}

pub(in crate::stores) fn provide(session: SessionStore, time: ServerTime) -> LazyCart {
    let lazy = LazyCart {
        pieces: RwSignal::new(0),
        made: StoredValue::new(None),
        shell: StoredValue::new(Scope::current()),
        session,
        time,
    };
    provide_context(lazy);
    if is_kept() {
        lazy.call();
    }
    // Another tab puts the first thing in.
    storage::on_change(move |change| {
        if change
            .key
            .is_some_and(|key| key.starts_with(keeping::PREFIX))
        {
            lazy.call();
        }
    });
    // The account may have one.
    Effect::new(move || {
        if session.me().is_some() {
            lazy.call();
        }
    });
    events::on_window("online", move |_| {
        if is_kept() {
            lazy.call();
        }
    });
    lazy
}

/// Out of the shell's context.
fn lazy() -> LazyCart {
    let make = || {
        provide(
            crate::stores::use_session(),
            crate::stores::use_server_time(),
        )
    };
    use_context().unwrap_or_else(make)
}

/// Whether this browser keeps a cart of whoever used it last.
fn is_kept() -> bool {
    let owner = session::last_known_user().map_or(Owner::Guest, Owner::User);
    (OLDEST..=VERSION).any(|version| {
        let kept = BrowserShelf.get(&keeping::key(version, &owner));
        kept.is_ok_and(|text| text.is_some())
    })
}

/// Pieces in the cart, for badges.
pub fn use_cart_count() -> Signal<u64> {
    lazy().pieces.into()
}

/// The cart, from the shell's context.
pub fn use_cart() -> CartStore {
    lazy().get()
}

piece!(customer: fn fetch(lazy: LazyCart) -> () {
    lazy.get();
});

impl LazyCart {
    /// Has the cart made as soon as its piece is here.
    fn call(self) {
        if self.made.with_value(Option::is_some) {
            return;
        }
        spawn_local(async move {
            // Without its piece the badge stays empty until a page that shows the cart brings it.
            let _ = fetch(self).await;
        });
    }

    /// The cart, made now if it is not there yet.
    fn get(self) -> CartStore {
        if let Some(made) = self.made.get_value() {
            return made;
        }
        let make = || {
            let made = store::make(self.session, self.time);
            self.made.set_value(Some(made));
            Effect::new(move || self.pieces.set(made.cart.with(Cart::pieces)));
            made
        };
        match self.shell.get_value() {
            Some(shell) => shell.with(make),
            None => make(),
        }
    }
}

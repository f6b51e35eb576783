//! State that features share: who is signed in, the cart, the server's clock, what this browser
//! remembers, what is shared. Every store is a copyable handle out of the context; its rules are plain
//! Rust beside it.

pub mod address_book;
pub mod attempts;
pub mod cart;
pub mod chat;
pub mod clock;
pub mod home;
pub mod live;
pub mod notices;
pub mod payment;
pub mod phone;
pub mod preferences;
pub mod purchase;
pub mod saying;
pub mod server_time;
pub mod session;
pub mod share;
pub mod shelf;

pub use address_book::{AddressBook, use_address_book};
pub use cart::lazy::{use_cart, use_cart_count};
pub use cart::store::CartStore;
pub use home::use_home;
pub use notices::{Notices, use_notices};
pub use payment::{OpenAttempts, use_attempts};
pub use preferences::{Preferences, use_preferences};
pub use server_time::{ServerTime, use_server_time};
pub use session::{SessionStore, use_session};
pub use share::{ShareStore, use_share};

/// Makes the stores and puts them into the context; call it once, in the shell.
pub fn provide() {
    home::provide();
    let preferences = preferences::provide();
    let time = server_time::provide();
    let session = session::provide(time, preferences);
    share::provide(session);
    notices::provide(session);
    cart::lazy::provide(session, time);
    let attempts = payment::provide();
    address_book::provide(attempts);
}

/// Makes the stores of a page for staff, who buy nothing there.
pub fn provide_for_staff() {
    let preferences = preferences::provide();
    let time = server_time::provide();
    session::provide(time, preferences);
}

//! Who is asking: sessions, the cookies that carry them, and the rule that only our own page may change
//! anything.
//!
//! A handler names what it needs: [`SignedIn`] refuses guests, [`Viewer`] takes both, [`Device`] names a
//! guest's browser. A session is an opaque token of 256 bits in a cookie; the database knows its hash
//! alone, so a copy of the database signs nobody in.

mod cookies;
pub mod creator;
mod csrf;
mod device;
mod principal;
mod session;
pub mod staff;
mod store;

pub use creator::Creator;
pub use csrf::same_site_only;
pub use device::Device;
pub use principal::{SignedIn, Viewer};
pub use session::{Token, begin_session, end_session, prune, user_of};
pub use staff::{Host, is_host_behind, role_of};
pub use store::one_at_a_time;

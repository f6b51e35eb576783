//! Sessions on air: who publishes, what viewers are given, and when a session that fell silent has ended.

mod hub;
mod publication;
mod stream;

pub use hub::{Hub, Keeping, Recording, Refused, Status};
pub use publication::Publication;
pub use stream::{Joined, Stream};

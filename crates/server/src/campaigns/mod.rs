//! Promotions in the shop: what the engine is told, and what an order takes of them.
//!
//! `load` reads promotions and customer for the engine, `reckon` asks it for a basket, `take` makes an order count
//! (budget, limit, coupon, bucket of a flash sale), `follow` gives all of that back once. `lifecycle` says how a
//! promotion goes from draft to end, `publish` makes it so. Features and jobs meet here.

pub mod follow;
pub mod lifecycle;
mod load;
pub mod publish;
pub mod reckon;
pub mod store;
mod take;
pub mod view;

pub use load::{Known, load};
pub use reckon::Reckoned;
pub use take::{Taken, carved, take};

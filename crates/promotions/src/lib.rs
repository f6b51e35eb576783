//! The promotion engine: what a cart costs a customer at a moment, by which promotions, and why by no others.
//!
//! [`price`] is one pure function (rules.md 3.0-7, 3.0-8, 3.5 F6, 3.7 M1, M8). `model` is what it is told, `answer`
//! what it says; `window` knows days, slots and time zones, `units` finds the price of one piece, `whole` takes off
//! what holds for the whole cart, `split` shares amounts out. Quote, order, product page and preview all ask it.

mod answer;
mod audience;
mod model;
mod price;
mod scope;
mod split;
mod units;
mod whole;
mod window;

pub use answer::{Applied, Priced, PricedLine, Rejected, Share, Tried};
pub use model::{
    Audience, Benefit, Budget, Cart, CartLine, Customer, Exclusive, Held, Promotion, Rule, Scope,
    Stage, Tier, UnitPrice,
};
pub use price::price;
pub use split::{Funding, FundingError, part_of};
pub use window::{Schedule, Slot, SlotError, Span};

/// The time zone that a shop's days and slots are of.
pub use jiff::tz::TimeZone;

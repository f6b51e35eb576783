//! Reports out of the books alone (rules.md M7): what a promotion made and cost, who pays for discounts, what each
//! funder owes, what staff, sharers and stores sold by frozen attribution.

pub mod store;
pub mod sums;

pub use sums::{Pnl, by_dimension, discounts_by, pnl};

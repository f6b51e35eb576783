//! Sharing and what it brings: the share sheet with its poster, my shares, earnings, payouts
//! (rules.md 3.2).

mod api;
mod page;
mod poster;
mod sheet;

pub use page::{EarningsPage, SharesPage, WithdrawPage};
pub use sheet::ShareSheet;

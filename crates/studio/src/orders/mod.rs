//! Orders as staff looks after them: the list, one in full, giving money back, handing goods over.

mod api;
mod detail;
mod handover;
mod list;
mod refund;
mod state;
mod words;

pub use detail::OrderPage;
pub use list::OrdersPage;

//! The buyer's orders: the list, and one order as it lives on.

mod api;
mod cancel;
mod card;
mod detail;
mod hero;
mod list;
mod pay;
mod state;
mod timeline;

pub use detail::OrderPage;
pub use list::OrdersPage;

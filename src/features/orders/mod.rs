//! The buyer's orders: the list, and one order as it lives on.

mod api;
mod ask;
mod cancel;
mod card;
mod detail;
mod dock;
mod group;
mod hero;
mod list;
mod pay;
mod receipt;
mod state;
mod timeline;

pub use detail::OrderPage;
pub use list::OrdersPage;

//! The notification centre: what happened to a person's groups, orders and earnings.

mod api;
mod page;
mod row;
mod state;

pub use page::NotificationsPage;

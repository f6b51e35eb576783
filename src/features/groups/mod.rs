//! A group's page: who is in, who is missing, what happens next, and the one thing to do.

mod api;
mod dock;
mod hero;
mod live;
mod others;
mod page;
mod product;
mod rules;
mod seats;
mod state;
mod steps;

pub use page::GroupPage;

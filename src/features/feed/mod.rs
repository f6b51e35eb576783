//! The start page: the shop's banners, its categories and the endless feed.

mod api;
mod banners;
mod header;
mod last_seen;
mod page;

pub use page::FeedPage;

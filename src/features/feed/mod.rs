//! The start page: the shop's banners and the endless feed.

mod page;

pub use page::FeedPage;

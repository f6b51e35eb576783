//! The shop's HTTP API as the app calls it: one client, one error, one way to load a page's data.
//! Each feature's own calls stand in its `api.rs`, named after the server's operation ids.

mod at_once;
mod client;
mod error;
pub mod events;
mod failure;
pub(crate) mod given;
mod load;
mod pages;
mod pages_list;
mod pieces;
mod use_pages;

pub use at_once::at_once;
pub use client::{
    Answer, IdempotencyKey, ask, delete, fetch, get, hand_in, order, post, put, read, tell,
};
pub use error::{ApiError, Refused};
pub use failure::{Failure, failure_words};
pub use load::{Load, Loaded, Loading, use_load};
pub use pages::{Batch, Pages, Phase};
pub use pages_list::PagesList;
pub use pieces::{find_upload, send_piece};
pub use use_pages::{PagesEnd, PagesOf, use_pages};

//! A creator's own short videos: sending a clip in, saying what it shows, and what became of it.

mod api;
mod edit;
mod faults;
mod marks;
mod page;
mod row;
mod send;
mod state;
mod subtitles;

pub use page::PublishPage;

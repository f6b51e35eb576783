//! Playlists: what there is of a session, and how HLS writes it.

mod playlist;
mod timeline;

pub use playlist::{Kept, live, vod};
pub use timeline::{Segment, Timeline, Window};

#[cfg(test)]
mod tests;

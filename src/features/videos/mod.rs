//! Short videos: a feed that is swiped through, what is sold in it, and what is said of it.

mod api;
mod buy;
mod comments;
mod foot;
mod page;
mod publish;
mod rail;
mod reel;
mod sights;
mod slide;
mod state;

pub use page::VideoPage;
pub use publish::PublishPage;

//! A live room: the picture, what is pinned, what is sold at which price, and what is said.

mod api;
mod buy;
mod flash;
mod giveaway;
mod mini;
mod over;
mod page;
mod picture;
mod pinned;
mod reel;
mod replay;
mod shelf;
mod stage;
mod state;
mod talk;
mod waiting;
mod watch;

pub use page::LivePage;

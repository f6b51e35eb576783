//! Live rooms as their hosts run them: the list, planning one, and the console of one on air.

mod api;
mod bar;
mod chat;
mod console;
mod create;
mod desk;
mod figures;
mod flash;
mod form;
mod ingest;
mod picker;
mod picture;
mod rooms;
mod rules;
mod shelf;
mod state;
mod words;

pub use console::RoomPage;
pub use rooms::RoomsPage;

//! SQL of live rooms.

pub mod chat;
pub mod figures;
pub mod flash;
pub mod giveaway;
pub mod log;
pub mod orders;
pub mod people;
pub mod session;
pub mod shelf;

//! What the shop can do, one folder a word. A feature never imports another.

pub mod pickup;

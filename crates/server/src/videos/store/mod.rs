//! SQL of short videos.

pub mod comments;
pub mod likes;
pub mod own;
pub mod show;
pub mod sights;
pub mod work;

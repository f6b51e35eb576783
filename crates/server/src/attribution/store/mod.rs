//! SQL of who brought whom.

pub mod frozen;
pub mod links;
pub mod suspended;
pub mod touches;
pub mod traits;

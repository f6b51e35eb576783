//! SQL of commission.

pub mod falling;
pub mod rates;
pub mod rows;

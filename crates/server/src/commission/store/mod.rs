//! SQL of commission.

pub mod rates;
pub mod rows;

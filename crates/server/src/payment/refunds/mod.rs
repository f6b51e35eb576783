//! Refunds as the database holds them: claimed once from what was captured, tried until they succeed.

pub mod store;

//! Orders after they were submitted: what can happen to them, their goods and their money.

pub mod lifecycle;

//! What a checkout may carry, said once for the form that asks and the server that checks.

/// The most characters of the note to the shop.
pub const MAX_REMARK: usize = 200;

/// The most characters of a person's name.
pub const MAX_NAME: usize = 40;

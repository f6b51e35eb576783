//! The gateway from outside: a merchant that talks HTTP to a running one and hears its callbacks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod cashier;
mod control;
mod merchant;
mod protocol;
mod restart;
mod switches;
mod transfers;

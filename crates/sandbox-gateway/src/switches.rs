//! The faults that the gateway can be told to show, because real gateways show them unasked.

use serde::{Deserialize, Serialize};

/// What goes wrong with callbacks from now on. A switch left out is off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// Every callback starts this many milliseconds late.
    pub late_ms: u32,
    /// Every callback is sent this many times more, with the same id.
    pub duplicate: u8,
    /// Every other callback waits until the one after it has gone out.
    pub reorder: bool,
    /// Each creation and each callback is accompanied by forgeries that the merchant must refuse.
    pub forge: bool,
    /// Callbacks are lost: the merchant has to ask.
    pub drop: bool,
    /// Callbacks state one minor unit less than was captured.
    pub wrong_amount: bool,
    /// A closed or expired payment can still be paid: the payer's bank confirmed too late.
    pub late_capture: bool,
    /// Transfers come back instead of arriving.
    pub fail_transfers: bool,
}

//! Paying an order at a payment gateway.

use crate::macros::wire;
use crate::{OrderId, PaymentId};

wire! {
    /// Where the buyer pays.
    pub struct PaymentStarted {
        /// This attempt.
        pub payment: PaymentId,
        /// The order it pays.
        pub order: OrderId,
        /// The gateway's cashier page; the browser goes there.
        pub cashier_url: String,
    }
}

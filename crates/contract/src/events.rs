//! What the server tells open pages (`GET /api/events`, Server-Sent Events).
//!
//! Every event has a sequence number that only grows. The browser gives the last one back as
//! `Last-Event-ID` (`epoch.seq`); the server sends what came after, or one `reset` when it no longer can:
//! then the page fetches its state again. What happens in live rooms comes under a name of its own
//! (`live`, [`crate::live::LiveEnvelope`]), so that pages without a room need not know how to read it.

use crate::groups::GroupChange;
use crate::macros::wire;
use crate::notifications::Unread;
use crate::orders::{OrderEndReason, OrderState};
use crate::{OrderId, Timestamp};

wire! {
    /// Something that happened, in the past tense.
    #[serde(rename_all = "snake_case")]
    pub enum ShopEvent {
        /// An order was submitted.
        OrderPlaced(OrderChange),
        /// An order was paid.
        OrderPaid(OrderChange),
        /// An order was closed without payment.
        OrderClosed(OrderChange),
        /// A refund was started.
        OrderRefundStarted(OrderChange),
        /// An order's money is back.
        OrderRefunded(OrderChange),
        /// The buyer has an order's goods.
        OrderReceived(OrderChange),
        /// A seat of a group was taken, paid or given back.
        GroupProgressed(GroupChange),
        /// A group is complete.
        GroupFilled(GroupChange),
        /// A group ended unfilled.
        GroupFailed(GroupChange),
        /// The notification centre has something new, or less that is unread.
        NotificationsChanged(Unread),
    }

    /// What changed about an order.
    pub struct OrderChange {
        /// Which order.
        pub order: OrderId,
        /// Where it stands now.
        pub state: OrderState,
        /// Its version now.
        pub version: i64,
        /// Why, where there is a choice of reasons.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<OrderEndReason>,
    }

    /// An event on its way: the `data` of one SSE frame.
    pub struct EventEnvelope {
        /// Grows with every committed change of the shop.
        pub seq: i64,
        /// What it is about: `order:<id>`, `user:me` or, for everybody, `group:<id>` and `live:<id>`.
        pub topic: String,
        /// When it happened.
        pub at: Timestamp,
        /// What happened.
        pub event: ShopEvent,
    }
}

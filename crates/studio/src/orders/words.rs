//! Orders in words: where they stand, what happened to them, how they reach their buyer.

use contract::fulfilment::FulfilmentKind;
use contract::orders::{OrderState, TimelineKind};
use storefront::t;
use storefront::ui::BadgeKind;

/// A state as a badge: how it looks, and its word.
pub fn state(state: OrderState, waits_for_group: bool) -> (BadgeKind, &'static str) {
    match state {
        OrderState::PendingPayment => (BadgeKind::SunSoft, t!(orders_studio.pending_payment)),
        OrderState::Paid if waits_for_group => (BadgeKind::InfoSoft, t!(orders_studio.forming)),
        OrderState::Paid => (BadgeKind::BrandSoft, t!(orders_studio.paid)),
        OrderState::Received => (BadgeKind::JadeSoft, t!(orders_studio.received)),
        OrderState::Closed => (BadgeKind::Plain, t!(orders_studio.closed)),
        OrderState::Refunding => (BadgeKind::DangerSoft, t!(orders_studio.refunding)),
        OrderState::Refunded => (BadgeKind::Plain, t!(orders_studio.refunded)),
    }
}

/// How an order reaches its buyer.
pub fn way(kind: FulfilmentKind) -> &'static str {
    match kind {
        FulfilmentKind::Pickup => t!(orders_studio.pickup),
        FulfilmentKind::LocalDelivery => t!(orders_studio.delivery),
        FulfilmentKind::Ship => t!(orders_studio.ship),
    }
}

/// What happened.
pub fn happened(kind: TimelineKind) -> &'static str {
    match kind {
        TimelineKind::Placed => t!(orders.placed),
        TimelineKind::Paid => t!(orders.paid),
        TimelineKind::Closed => t!(orders.closed),
        TimelineKind::Revived => t!(orders.revived),
        TimelineKind::RefundStarted => t!(orders.refund_started),
        TimelineKind::Refunded => t!(orders.refunded),
        TimelineKind::GroupCompleted => t!(orders.group_completed),
        TimelineKind::Received => t!(orders.received),
        TimelineKind::PartRefunded => t!(orders.part_refunded),
    }
}

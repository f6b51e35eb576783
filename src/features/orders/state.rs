//! Orders as the shopper reads them: which list, which statement, which version is the newer one.

use contract::GroupId;
use contract::events::{OrderChange, ShopEvent};
use contract::fulfilment::FulfilmentKind;
use contract::groups::GroupState;
use contract::orders::{OrderDetail, OrderEndReason, OrderState};

/// A list of orders, as `?state=` of the page names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tab {
    /// Every order.
    #[default]
    All,
    /// Those that wait for money.
    ToPay,
    /// Those that are paid.
    Paid,
    /// Those whose money is back.
    Refunded,
    /// Those that ended unpaid.
    Closed,
}

impl Tab {
    /// In the order of the page.
    pub const EVERY: [Self; 5] = [
        Self::All,
        Self::ToPay,
        Self::Paid,
        Self::Refunded,
        Self::Closed,
    ];

    /// The state that the shop is asked for.
    pub fn state(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::ToPay => Some("pending_payment"),
            Self::Paid => Some("paid"),
            Self::Refunded => Some("refunded"),
            Self::Closed => Some("closed"),
        }
    }

    /// The list that an address asks for; an unknown word asks for all.
    pub fn from_query(state: Option<&str>) -> Self {
        Self::EVERY
            .into_iter()
            .find(|tab| tab.state() == state)
            .unwrap_or_default()
    }
}

/// The one sentence on top of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statement {
    /// Money is awaited.
    AwaitsPayment,
    /// Paid; its group still forms, and nothing ships before it is complete (rules.md G11).
    Forming,
    /// Paid; it will wait at the pick-up point.
    ToCollect,
    /// Paid; it will be brought.
    ToReceive,
    /// The shopper has it.
    Received,
    /// The shopper cancelled it.
    Cancelled,
    /// It was not paid in time.
    TimedOut,
    /// Money is on its way back.
    Refunding,
    /// Money is back.
    Refunded,
    /// Money came when the goods were gone, and goes back.
    PaidTooLate,
    /// Money came when the goods were gone, and is back.
    PaidTooLateRefunded,
    /// The group was full when the money came, and it goes back.
    GroupWasFull,
    /// The group was full when the money came, and it is back.
    GroupWasFullRefunded,
    /// The group did not fill, and the money goes back.
    GroupExpired,
    /// The group did not fill, and the money is back.
    GroupExpiredRefunded,
}

/// What an order says of itself.
pub fn statement(order: &OrderDetail) -> Statement {
    let why = ended_by(order);
    match order.card.state {
        OrderState::PendingPayment => Statement::AwaitsPayment,
        OrderState::Paid if forms(order) => Statement::Forming,
        OrderState::Paid if order.destination.kind == FulfilmentKind::Pickup => {
            Statement::ToCollect
        }
        OrderState::Paid => Statement::ToReceive,
        OrderState::Received => Statement::Received,
        OrderState::Closed if why == Some(OrderEndReason::Cancelled) => Statement::Cancelled,
        OrderState::Closed => Statement::TimedOut,
        OrderState::Refunding => match why {
            Some(OrderEndReason::PaidTooLate) => Statement::PaidTooLate,
            Some(OrderEndReason::GroupFull) => Statement::GroupWasFull,
            Some(OrderEndReason::GroupExpired) => Statement::GroupExpired,
            _ => Statement::Refunding,
        },
        OrderState::Refunded => match why {
            Some(OrderEndReason::PaidTooLate) => Statement::PaidTooLateRefunded,
            Some(OrderEndReason::GroupFull) => Statement::GroupWasFullRefunded,
            Some(OrderEndReason::GroupExpired) => Statement::GroupExpiredRefunded,
            _ => Statement::Refunded,
        },
    }
}

/// Whether the order's group is not complete yet.
fn forms(order: &OrderDetail) -> bool {
    let state = order.group.as_ref().map(|group| group.state);
    state.is_some_and(|state| state != Some(GroupState::Succeeded))
}

/// Whether two answers show the same: the page is drawn anew for nothing less, as a question may be open
/// on it.
pub fn looks_alike(shown: &OrderDetail, heard: &OrderDetail) -> bool {
    shown.version == heard.version && shown.group == heard.group
}

/// What the page listens to: the order, and its group for who joins.
pub fn topics(order: &OrderDetail) -> Vec<String> {
    let group = order.group.as_ref().and_then(|group| group.group.as_ref());
    std::iter::once(format!("order:{}", order.card.id))
        .chain(group.map(|group| format!("group:{group}")))
        .collect()
}

/// What an order's total is to the shopper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalIs {
    /// Money is awaited.
    ToPay,
    /// It was paid, whether or not it went back afterwards.
    Paid,
    /// The order ended before any money came.
    NeverPaid,
}

/// What the total of an order in a state is.
pub fn total_is(state: OrderState) -> TotalIs {
    match state {
        OrderState::PendingPayment => TotalIs::ToPay,
        OrderState::Paid | OrderState::Received | OrderState::Refunding | OrderState::Refunded => {
            TotalIs::Paid
        }
        OrderState::Closed => TotalIs::NeverPaid,
    }
}

/// Why it ended: the newest reason in its timeline.
fn ended_by(order: &OrderDetail) -> Option<OrderEndReason> {
    order.timeline.iter().find_map(|entry| entry.reason)
}

/// The pick-up code in groups of four, as people read it.
pub fn code_groups(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    let groups: Vec<String> = digits
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

/// Puts a newer version of an order in place of an older one; an older one never replaces a newer.
pub fn newest(shown: Option<OrderDetail>, heard: OrderDetail) -> OrderDetail {
    match shown {
        Some(shown) if shown.card.id == heard.card.id && shown.version > heard.version => shown,
        _ => heard,
    }
}

/// What an event says about orders.
pub fn change(event: &ShopEvent) -> Option<&OrderChange> {
    match event {
        ShopEvent::OrderPlaced(change)
        | ShopEvent::OrderPaid(change)
        | ShopEvent::OrderClosed(change)
        | ShopEvent::OrderRefundStarted(change)
        | ShopEvent::OrderRefunded(change)
        | ShopEvent::OrderReceived(change) => Some(change),
        ShopEvent::GroupProgressed(_)
        | ShopEvent::GroupFilled(_)
        | ShopEvent::GroupFailed(_)
        | ShopEvent::NotificationsChanged(_) => None,
    }
}

/// Whether an event tells of something that this page does not show yet.
pub fn is_news(shown: Option<&OrderDetail>, event: &ShopEvent) -> bool {
    let own_group = |group: &GroupId| {
        let shown = shown.and_then(|shown| shown.group.as_ref());
        shown.is_some_and(|shown| shown.group.as_ref() == Some(group))
    };
    match event {
        ShopEvent::GroupProgressed(change)
        | ShopEvent::GroupFilled(change)
        | ShopEvent::GroupFailed(change) => own_group(&change.group),
        event => match (shown, change(event)) {
            (Some(shown), Some(change)) => {
                change.order == shown.card.id && change.version > shown.version
            }
            (None, Some(_)) => true,
            (_, None) => false,
        },
    }
}

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;

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
mod tests {
    use super::*;

    fn order(state: &str, kind: &str, reason: Option<&str>, version: i64) -> OrderDetail {
        let zero = serde_json::json!({"minor": 0, "currency": "CNY"});
        let mut entry = serde_json::json!({"kind": "placed", "at": 0});
        if let Some(reason) = reason {
            entry["reason"] = reason.into();
        }
        serde_json::from_value(serde_json::json!({
            "card": {"id": "o1", "state": state, "lines": [], "total": zero, "placed_at": 0, "pay_by": null},
            "goods_total": zero, "shipping_fee": zero, "refunded": zero,
            "destination": {"kind": kind, "place": "", "address": "",
                "contact": {"name": "", "phone": ""}, "promise": ""},
            "remark": "", "timeline": [entry], "actions": [], "pickup_code": null,
            "version": version, "server_now": 0,
        }))
        .unwrap()
    }

    fn paid(order: &str, version: i64) -> ShopEvent {
        serde_json::from_value(serde_json::json!({
            "kind": "order_paid", "order": order, "state": "paid", "version": version,
        }))
        .unwrap()
    }

    #[test]
    fn every_state_has_its_statement() {
        let cases = [
            ("pending_payment", "pickup", None, Statement::AwaitsPayment),
            ("paid", "pickup", None, Statement::ToCollect),
            ("paid", "ship", None, Statement::ToReceive),
            ("closed", "pickup", Some("cancelled"), Statement::Cancelled),
            ("closed", "pickup", Some("pay_timeout"), Statement::TimedOut),
            (
                "refunding",
                "pickup",
                Some("cancelled"),
                Statement::Refunding,
            ),
            ("refunded", "pickup", Some("cancelled"), Statement::Refunded),
            (
                "refunding",
                "pickup",
                Some("paid_too_late"),
                Statement::PaidTooLate,
            ),
            (
                "refunded",
                "pickup",
                Some("paid_too_late"),
                Statement::PaidTooLateRefunded,
            ),
        ];
        for (state, kind, reason, expected) in cases {
            assert_eq!(
                statement(&order(state, kind, reason, 1)),
                expected,
                "{state} {kind}"
            );
        }
    }

    fn with_group(mut order: OrderDetail, state: &str, need: u32) -> OrderDetail {
        let group = serde_json::json!({"activity": "a", "group": "g1", "seat": "paid", "state": state,
            "size": 3, "need": need, "expires_at": 9});
        order.group = Some(serde_json::from_value(group).unwrap());
        order
    }

    #[test]
    fn g11_a_paid_seat_waits_for_its_group_and_ships_once_that_is_complete() {
        let paid = || order("paid", "ship", None, 1);
        assert_eq!(
            statement(&with_group(paid(), "forming", 1)),
            Statement::Forming
        );
        assert_eq!(
            statement(&with_group(paid(), "succeeded", 0)),
            Statement::ToReceive
        );
    }

    #[test]
    fn g8_g9_a_seats_refund_says_why() {
        let refund = |state, reason| statement(&order(state, "ship", Some(reason), 1));
        assert_eq!(refund("refunding", "group_full"), Statement::GroupWasFull);
        assert_eq!(
            refund("refunded", "group_full"),
            Statement::GroupWasFullRefunded
        );
        assert_eq!(
            refund("refunding", "group_expired"),
            Statement::GroupExpired
        );
        assert_eq!(
            refund("refunded", "group_expired"),
            Statement::GroupExpiredRefunded
        );
    }

    #[test]
    fn who_joins_the_group_shows_although_the_order_is_the_same() {
        let shown = with_group(order("paid", "ship", None, 3), "forming", 2);
        let heard = with_group(order("paid", "ship", None, 3), "forming", 1);
        assert!(!looks_alike(&shown, &heard) && looks_alike(&shown, &shown));
        assert_eq!(topics(&shown), ["order:o1", "group:g1"]);
        let event = |group: &str| {
            serde_json::from_value(
                serde_json::json!({"kind": "group_progressed", "group": group,
                "state": "forming", "version": 2, "filled": 2, "reserved": 0}),
            )
            .unwrap()
        };
        assert!(is_news(Some(&shown), &event("g1")));
        assert!(!is_news(Some(&shown), &event("g2")));
    }

    #[test]
    fn only_an_order_that_took_money_says_paid() {
        assert_eq!(total_is(OrderState::PendingPayment), TotalIs::ToPay);
        assert_eq!(total_is(OrderState::Closed), TotalIs::NeverPaid);
        for state in [
            OrderState::Paid,
            OrderState::Refunding,
            OrderState::Refunded,
        ] {
            assert_eq!(total_is(state), TotalIs::Paid, "{state:?}");
        }
    }

    #[test]
    fn an_older_version_never_replaces_a_newer() {
        let (old, new) = (
            order("pending_payment", "ship", None, 1),
            order("paid", "ship", None, 2),
        );
        assert_eq!(newest(Some(new.clone()), old.clone()), new);
        assert_eq!(newest(Some(old.clone()), new.clone()), new);
        assert_eq!(newest(None, old.clone()), old);
    }

    #[test]
    fn only_newer_events_of_this_order_are_news() {
        let shown = order("pending_payment", "ship", None, 3);
        assert!(is_news(Some(&shown), &paid("o1", 4)));
        assert!(!is_news(Some(&shown), &paid("o1", 3)));
        assert!(!is_news(Some(&shown), &paid("o2", 9)));
    }

    #[test]
    fn a_tab_and_its_address_name_each_other() {
        for tab in Tab::EVERY {
            assert_eq!(Tab::from_query(tab.state()), tab);
        }
        assert_eq!(Tab::from_query(Some("nonsense")), Tab::All);
    }

    #[test]
    fn a_code_is_read_in_groups() {
        assert_eq!(code_groups("83621947"), "8362 1947");
        assert_eq!(code_groups(""), "");
    }
}

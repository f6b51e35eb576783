//! What an order says of itself, and which version of it is the newer one.

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
    serde_json::from_value(
        serde_json::json!({"order_paid": {"order": order, "state": "paid", "version": version}}),
    )
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
        serde_json::from_value(serde_json::json!({"group_progressed": {"group": group,
            "state": "forming", "version": 2, "filled": 2, "reserved": 0}}))
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

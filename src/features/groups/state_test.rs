//! Tests of what a group's page reads out of an answer.

use serde_json::{Value, json};

use super::*;

fn cny(minor: i64) -> Value {
    json!({"minor": minor, "currency": "CNY"})
}

fn open_group(id: &str) -> Value {
    json!({"id": id, "leader": {"name": "周**", "role": "leader", "is_me": false},
        "size": 3, "need": 2, "expires_at": 9})
}

/// A forming group of three, two of them paid, as a guest sees it; `change` is laid over it.
fn group(change: Value) -> GroupProgress {
    let mut json = json!({
        "id": "g", "activity": "a", "state": "forming", "version": 4,
        "product": {"id": "p", "slug": "p", "title": "p", "price": cny(5190), "price_from": false,
            "sold": 0, "tags": [], "sold_out": false},
        "prices": [{"sku": "A", "price": cny(3990), "left": 9}],
        "size": 3, "filled": 2, "reserved": 0, "need": 1, "completed_by_store": 0,
        "expires_at": 100, "ended_at": null,
        "members": [
            {"name": "林**", "role": "leader", "is_me": false},
            {"name": "陈**", "role": "member", "is_me": false},
        ],
        "join_policy": "any", "mine": null, "cta": "join", "others": [], "can_open": true,
        "server_now": 0,
    });
    for (key, value) in change.as_object().unwrap() {
        json[key] = value.clone();
    }
    serde_json::from_value(json).unwrap()
}

fn mine(state: &str) -> Value {
    json!({"role": "member", "state": state, "order": "o1", "hold_expires_at": null,
        "paid": cny(3990), "refunded": cny(if state == "refunded" { 3990 } else { 0 }), "refund_at": 7})
}

#[test]
fn g17_every_state_and_seat_has_its_statement() {
    let cases = [
        (json!({}), Statement::Needs(1)),
        (json!({"mine": mine("paid")}), Statement::Needs(1)),
        (json!({"mine": mine("held")}), Statement::Held),
        (json!({"mine": mine("released")}), Statement::Released),
        (json!({"mine": mine("refund_pending")}), Statement::Missed),
        (json!({"state": "succeeded"}), Statement::CompleteWithout),
        (
            json!({"state": "succeeded", "mine": mine("released")}),
            Statement::CompleteWithout,
        ),
        (
            json!({"state": "succeeded", "mine": mine("refunded")}),
            Statement::Missed,
        ),
        (
            json!({"state": "succeeded", "mine": mine("confirmed")}),
            Statement::Complete,
        ),
        (json!({"state": "failed"}), Statement::Failed),
        (
            json!({"state": "failed", "mine": mine("refunded")}),
            Statement::Failed,
        ),
    ];
    for (change, expected) in cases {
        assert_eq!(
            statement(&group(change.clone()), false),
            expected,
            "{change}"
        );
    }
    assert_eq!(statement(&group(json!({})), true), Statement::TimeUp);
    assert_eq!(
        statement(&group(json!({"state": "failed"})), true),
        Statement::Failed
    );
}

#[test]
fn g17_the_viewers_refund_says_how_much_and_when() {
    let of = |state| refund(&serde_json::from_value(mine(state)).unwrap());
    let pending = of("refund_pending").unwrap();
    assert_eq!((pending.amount.minor, pending.done), (3990, false));
    let done = of("refunded").unwrap();
    assert_eq!(
        (done.amount.minor, done.done, done.at),
        (3990, true, Some(Timestamp(7)))
    );
    assert_eq!(of("paid"), None);
}

#[test]
fn f46_the_last_free_seat_waits_for_the_viewer() {
    let (drawn, more) = seats(&group(json!({})));
    assert_eq!((drawn.len(), more), (3, 0));
    assert!(matches!(
        drawn.first(),
        Some(SeatView::Taken { leader: true, .. })
    ));
    assert_eq!(drawn.last(), Some(&SeatView::Yours));
    let (drawn, _) = seats(&group(json!({"cta": "invite"})));
    assert_eq!(
        drawn.last(),
        Some(&SeatView::Empty),
        "a member waits for others"
    );
    let (drawn, _) = seats(&group(json!({"reserved": 1, "cta": "open_new"})));
    assert_eq!(drawn.last(), Some(&SeatView::Paying));
}

#[test]
fn f46_of_a_large_group_five_seats_are_drawn_and_the_rest_counted() {
    let (drawn, more) = seats(&group(json!({"size": 100, "need": 98})));
    assert_eq!((drawn.len(), more), (5, 95));
    assert_eq!(drawn.last(), Some(&SeatView::Yours));
    let (drawn, more) = seats(&group(
        json!({"size": 6, "filled": 6, "state": "succeeded", "cta": "open_new"}),
    ));
    assert_eq!((drawn.len(), more), (5, 1));
    assert!(
        drawn
            .iter()
            .all(|seat| matches!(seat, SeatView::Taken { .. }))
    );
}

#[test]
fn g15_a_seat_that_the_store_filled_is_nobodys() {
    let (drawn, _) = seats(&group(
        json!({"filled": 2, "completed_by_store": 1, "state": "succeeded", "cta": "open_new"}),
    ));
    assert_eq!(drawn.len(), 3);
    let people = |seat: &&SeatView| matches!(seat, SeatView::Taken { .. });
    assert_eq!(drawn.iter().filter(people).count(), 2);
    assert_eq!(drawn.last(), Some(&SeatView::Store));
}

#[test]
fn g17_one_primary_action_by_what_the_shop_says() {
    let act = |change: Value| action(&group(change), false);
    assert_eq!(act(json!({})), Action::Join(Some("A".into())));
    let two =
        json!([{"sku": "A", "price": cny(1), "left": 1}, {"sku": "B", "price": cny(2), "left": 1}]);
    assert_eq!(
        act(json!({"prices": two})),
        Action::Join(None),
        "a SKU is chosen first"
    );
    assert_eq!(act(json!({"cta": "login"})), Action::SignIn);
    assert_eq!(
        act(json!({"cta": "invite", "mine": mine("paid")})),
        Action::Invite
    );
    assert_eq!(
        act(json!({"cta": "view_order", "mine": mine("held")})),
        Action::Pay("o1".into())
    );
    assert_eq!(
        act(json!({"cta": "view_order", "mine": mine("confirmed")})),
        Action::ViewOrder("o1".into())
    );
    assert_eq!(act(json!({"cta": "open_new"})), Action::OpenNew);
    assert_eq!(
        act(json!({"cta": "open_new", "can_open": false})),
        Action::SeeProduct
    );
}

#[test]
fn f52_who_finds_the_group_full_is_led_to_the_next() {
    let full = json!({"cta": "open_new", "obstacle": "full", "others": [open_group("g2")]});
    let full = group(full);
    assert_eq!(action(&full, false), Action::JoinNext("g2".into()));
    assert_eq!(
        second_action(&full, &action(&full, false)),
        Some(Action::OpenNew)
    );
    for barred in [
        "new_users_only",
        "other_community",
        "limit_reached",
        "sold_out",
    ] {
        let change = json!({"cta": "open_new", "obstacle": barred, "others": [open_group("g2")]});
        assert_eq!(
            action(&group(change), false),
            Action::OpenNew,
            "{barred} holds there too"
        );
    }
}

#[test]
fn g10_when_the_time_is_up_nobody_joins_until_the_shop_has_decided() {
    for cta in ["join", "login", "invite"] {
        assert_eq!(action(&group(json!({"cta": cta})), true), Action::Wait);
    }
    let held = json!({"cta": "view_order", "mine": mine("held")});
    assert_eq!(
        action(&group(held), true),
        Action::Pay("o1".into()),
        "its order says what became of it"
    );
}

#[test]
fn the_steps_follow_the_group() {
    let done = |change: Value| steps(&group(change)).1;
    assert_eq!(done(json!({})), 0);
    assert_eq!(done(json!({"mine": mine("paid")})), 1);
    assert_eq!(done(json!({"state": "succeeded"})), 2);
    let (failed, done) = steps(&group(
        json!({"state": "failed", "mine": mine("refund_pending")}),
    ));
    assert_eq!(
        (failed, done),
        (&[Step::Pay, Step::Unfilled, Step::Refund][..], 2)
    );
}

#[test]
fn only_what_changed_is_said() {
    let before = group(json!({"filled": 1, "need": 2, "version": 3}));
    let now = group(json!({}));
    assert_eq!(news(&before, &now), Some(News::Needs(1)));
    assert_eq!(news(&now, &now), None);
    assert_eq!(
        news(&now, &group(json!({"state": "succeeded", "need": 0}))),
        Some(News::Complete)
    );
    assert_eq!(
        news(&now, &group(json!({"state": "failed"}))),
        Some(News::Failed)
    );
}

#[test]
fn g18_an_older_version_never_replaces_a_newer() {
    let (old, new) = (group(json!({"version": 3})), group(json!({})));
    assert!(!replaces(Some(&new), &old));
    assert!(replaces(Some(&old), &new));
    assert!(
        replaces(Some(&new), &new),
        "the viewer's own part may differ"
    );
    assert!(replaces(None, &old));
}

#[test]
fn g18_only_newer_events_of_this_group_are_news() {
    let shown = group(json!({}));
    let event = |id: &str, version: i64| -> ShopEvent {
        serde_json::from_value(json!({"group_progressed": {"group": id, "state": "forming",
            "version": version, "filled": 2, "reserved": 1}}))
        .unwrap()
    };
    assert!(is_news(&shown, &event("g", 5)));
    assert!(!is_news(&shown, &event("g", 4)));
    assert!(!is_news(&shown, &event("h", 9)));
    let order: ShopEvent = serde_json::from_value(
        json!({"order_refunded": {"order": "o1", "state": "refunded", "version": 5}}),
    )
    .unwrap();
    assert!(is_news(&shown, &order), "the viewer's money");
}

#[test]
fn the_price_is_the_lowest() {
    let two = json!([{"sku": "A", "price": cny(2490), "left": 1}, {"sku": "B", "price": cny(1990), "left": 1}]);
    let (lowest, from) = price(&group(json!({"prices": two}))).unwrap();
    assert_eq!((lowest.minor, from), (1990, true));
    assert_eq!(price(&group(json!({"prices": []}))), None);
}

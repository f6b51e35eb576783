//! The checkout's decisions.

use contract::catalog::StoreCard;
use contract::fulfilment::FulfilmentObstacle;
use contract::quote::QuoteLine;
use contract::{Currency, Quantity, Timestamp};

use super::*;

fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn option(
    kind: FulfilmentKind,
    fee: i64,
    obstacle: Option<FulfilmentObstacle>,
) -> FulfilmentOption {
    FulfilmentOption {
        kind,
        fee: cny(fee),
        promise: String::new(),
        obstacle,
    }
}

fn options() -> Vec<FulfilmentOption> {
    vec![
        option(FulfilmentKind::Pickup, 0, None),
        option(FulfilmentKind::LocalDelivery, 600, None),
        option(FulfilmentKind::Ship, 800, None),
    ]
}

fn line(price: i64) -> QuoteLine {
    let item = QuoteItem {
        product: "p".into(),
        slug: "p".into(),
        title: "Peach".into(),
        label: "8".into(),
        picture: None,
        store: StoreCard {
            id: "s".into(),
            name: "S".into(),
            avatar: None,
            rating: None,
        },
        unit_price: cny(price),
        list_price: None,
        line_total: cny(price),
        available: 9,
        limit: 9,
    };
    QuoteLine {
        sku: "peach".into(),
        quantity: 1,
        item: Some(item),
        issue: None,
    }
}

fn quote(price: i64, fee: i64) -> Quote {
    Quote {
        lines: vec![line(price)],
        goods_total: cny(price),
        saved: cny(0),
        promotions: Default::default(),
        shipping_fee: Some(cny(fee)),
        total: cny(price + fee),
        options: options(),
        orderable: true,
        server_now: Timestamp(0),
    }
}

fn basket() -> Vec<BasketLine> {
    vec![BasketLine {
        sku: "peach".into(),
        quantity: Quantity::ONE,
    }]
}

fn collecting() -> Draft {
    Draft {
        way: Some(Way::Collect),
        point: Some("sunny".into()),
        contact: contact("林小满", "138 0000 0917"),
        remark: " 少放冰 ".into(),
        ..Draft::default()
    }
}

#[test]
fn the_first_open_way_applies_until_one_is_chosen() {
    let mut options = options();
    assert_eq!(Draft::default().way(&options), Way::Collect);
    options[0].obstacle = Some(FulfilmentObstacle::NoColdStorage);
    assert_eq!(Draft::default().way(&options), Way::Deliver);
    assert_eq!(
        collecting().way(&options),
        Way::Collect,
        "a choice stands, and its obstacle is shown"
    );
}

#[test]
fn delivery_takes_the_courier_when_in_range_and_the_parcel_otherwise() {
    let mut draft = Draft {
        way: Some(Way::Deliver),
        ..Draft::default()
    };
    let mut options = options();
    assert_eq!(draft.kind(&options), Some(FulfilmentKind::LocalDelivery));
    draft.carrier = Some(FulfilmentKind::Ship);
    assert_eq!(draft.kind(&options), Some(FulfilmentKind::Ship));
    draft.carrier = Some(FulfilmentKind::LocalDelivery);
    options[1].obstacle = Some(FulfilmentObstacle::OutOfRange);
    assert_eq!(draft.kind(&options), Some(FulfilmentKind::Ship));
}

#[test]
fn an_order_says_what_it_still_needs_in_the_order_of_the_page() {
    let mut draft = Draft::default();
    let quote = quote(990, 0);
    assert_eq!(draft.order(&basket(), &quote), Err(Missing::Point));
    draft.point = Some("sunny".into());
    assert_eq!(draft.order(&basket(), &quote), Err(Missing::Contact));
    draft.way = Some(Way::Deliver);
    assert_eq!(draft.order(&basket(), &quote), Err(Missing::Address));
    draft.address = Some("home".into());
    assert!(draft.order(&basket(), &quote).is_ok());
    assert_eq!(draft.order(&[], &quote), Err(Missing::Goods));
}

#[test]
fn r3_0_1_an_order_carries_skus_quantities_and_the_expected_total_only() {
    let order = collecting().order(&basket(), &quote(990, 600)).unwrap();
    let json = serde_json::to_value(&order).unwrap();
    assert_eq!(json["expected_total"]["minor"], 1590);
    assert_eq!(
        json["lines"],
        serde_json::json!([{"sku": "peach", "quantity": 1}])
    );
    assert_eq!(order.remark, "少放冰");
}

#[test]
fn a_way_with_an_obstacle_or_a_basket_with_an_issue_cannot_be_ordered() {
    let mut quote = quote(990, 0);
    quote.orderable = false;
    assert_eq!(collecting().order(&basket(), &quote), Err(Missing::Goods));
    quote.options[0].obstacle = Some(FulfilmentObstacle::NoColdStorage);
    assert_eq!(collecting().order(&basket(), &quote), Err(Missing::Way));
}

#[test]
fn inv_b5_prices_that_moved_are_named_with_old_and_new() {
    let moves = price_moves(&quote(990, 600), &quote(1190, 800), true);
    assert_eq!(moves.len(), 2);
    assert_eq!((moves[0].was, moves[0].now), (cny(990), cny(1190)));
    assert_eq!((moves[1].item.is_none(), moves[1].now), (true, cny(800)));
    assert!(price_moves(&quote(990, 600), &quote(990, 600), true).is_empty());
}

#[test]
fn choosing_another_way_is_no_price_change() {
    assert!(price_moves(&quote(990, 0), &quote(990, 600), false).is_empty());
}

#[test]
fn a_contact_needs_a_name_and_a_number() {
    assert!(contact("林小满", "13800000917").is_some());
    assert!(contact(" ", "13800000917").is_none());
    assert!(contact("林小满", "138").is_none());
    assert!(contact(&"长".repeat(MAX_NAME + 1), "13800000917").is_none());
}

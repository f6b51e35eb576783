//! What the cart says when prices, stock and limits have moved since it was filled (reliability.md B5).

use contract::catalog::StoreCard;
use contract::quote::{Quote, QuoteItem, QuoteLine};
use contract::{Currency, Money, Quantity, Timestamp};

use super::document::{Cart, Edit};
use super::line::TabId;
use super::review::{Concern, Review, Row, first_prices, review, to_quote};

const TAB: TabId = TabId(1);

fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn pieces(n: u32) -> Quantity {
    Quantity::try_from(n).unwrap()
}

/// A cart of SKUs with their quantities and the price that was seen; the first is the newest.
fn cart(lines: &[(&str, u32, Option<i64>)]) -> Cart {
    let mut cart = Cart::default();
    for (n, (sku, quantity, price)) in lines.iter().enumerate() {
        let add = Edit::Add {
            sku: (*sku).into(),
            quantity: pieces(*quantity),
            price: price.map(cny),
            at: Timestamp(100 - n as i64),
        };
        cart.apply(&add, TAB).unwrap();
    }
    cart
}

fn item(store: &str, price: i64) -> QuoteItem {
    QuoteItem {
        product: "p".into(),
        slug: "p".into(),
        title: "P".into(),
        label: String::new(),
        picture: None,
        store: StoreCard {
            id: store.into(),
            name: store.into(),
            avatar: None,
            rating: None,
        },
        unit_price: cny(price),
        list_price: None,
        line_total: cny(price),
        available: 50,
        limit: 9,
    }
}

fn quote(lines: &[(&str, Option<QuoteItem>)]) -> Quote {
    let line = |(sku, item): &(&str, Option<QuoteItem>)| QuoteLine {
        sku: (*sku).into(),
        quantity: 1,
        item: item.clone(),
        issue: None,
    };
    Quote {
        lines: lines.iter().map(line).collect(),
        goods_total: cny(0),
        saved: cny(0),
        promotions: Default::default(),
        shipping_fee: None,
        total: cny(0),
        options: Vec::new(),
        orderable: true,
        server_now: Timestamp(0),
    }
}

fn row<'a>(review: &'a Review, sku: &str) -> &'a Row {
    review.rows().find(|row| row.sku.as_str() == sku).unwrap()
}

#[test]
fn inv_b5_an_unchanged_line_counts_at_the_shops_price() {
    let cart = cart(&[("peach", 2, Some(990))]);
    let review = review(&cart, Some(&quote(&[("peach", Some(item("farm", 990)))])));
    assert_eq!(
        (review.total, review.counted, review.pending),
        (Some(cny(1980)), 1, 0)
    );
    assert_eq!(review.basket()[0].quantity, pieces(2));
}

#[test]
fn inv_b5_a_changed_price_is_not_counted_until_accepted() {
    let mut cart = cart(&[("peach", 2, Some(990)), ("tea", 1, Some(500))]);
    let quote = quote(&[
        ("peach", Some(item("farm", 1490))),
        ("tea", Some(item("farm", 400))),
    ]);
    let before = review(&cart, Some(&quote));
    let up = Concern::Dearer {
        was: cny(990),
        by: cny(500),
    };
    let down = Concern::Cheaper {
        was: cny(500),
        by: cny(100),
    };
    assert_eq!(row(&before, "peach").concern, Some(up));
    assert_eq!(row(&before, "tea").concern, Some(down));
    assert_eq!(
        (before.total, before.counted, before.pending),
        (Some(cny(0)), 0, 2)
    );
    assert!(before.basket().is_empty());
    for changed in before.rows() {
        let edit = changed.concern.unwrap().acceptance(changed).unwrap();
        cart.apply(&edit, TAB).unwrap();
    }
    let after = review(&cart, Some(&quote));
    assert_eq!(
        (after.total, after.counted, after.pending),
        (Some(cny(3380)), 2, 0)
    );
}

#[test]
fn inv_b5_sold_out_and_gone_lines_cannot_be_ordered_or_accepted() {
    let cart = cart(&[("peach", 1, Some(990)), ("tea", 1, None)]);
    let sold_out = QuoteItem {
        available: 0,
        ..item("farm", 990)
    };
    let review = review(
        &cart,
        Some(&quote(&[("peach", Some(sold_out)), ("tea", None)])),
    );
    let concerns = ["peach", "tea"].map(|sku| row(&review, sku).concern);
    assert_eq!(concerns, [Some(Concern::SoldOut), Some(Concern::Gone)]);
    assert!(
        review
            .rows()
            .all(|row| row.concern.unwrap().acceptance(row).is_none())
    );
    assert_eq!(
        (review.counted, review.pending, review.all_chosen()),
        (0, 0, false)
    );
}

#[test]
fn inv_b5_more_than_the_limit_or_the_stock_asks_to_take_fewer() {
    let mut cart = cart(&[("peach", 12, Some(990)), ("tea", 5, Some(990))]);
    let scarce = QuoteItem {
        available: 3,
        ..item("farm", 990)
    };
    let quote = quote(&[("peach", Some(item("farm", 990))), ("tea", Some(scarce))]);
    let before = review(&cart, Some(&quote));
    assert_eq!(
        row(&before, "peach").concern,
        Some(Concern::OverLimit(pieces(9)))
    );
    assert_eq!(
        row(&before, "tea").concern,
        Some(Concern::OnlyLeft(pieces(3)))
    );
    for over in before.rows() {
        cart.apply(&over.concern.unwrap().acceptance(over).unwrap(), TAB)
            .unwrap();
    }
    assert_eq!(review(&cart, Some(&quote)).total, Some(cny(12 * 990)));
}

#[test]
fn a_line_without_a_seen_price_is_noted_at_the_first_quote_and_not_flagged() {
    let mut cart = cart(&[("peach", 1, None)]);
    let quote = quote(&[("peach", Some(item("farm", 990)))]);
    assert_eq!(review(&cart, Some(&quote)).counted, 1);
    for edit in first_prices(&cart, &quote) {
        cart.apply(&edit, TAB).unwrap();
    }
    assert_eq!(
        cart.line(&"peach".into()).unwrap().seen_price(),
        Some(cny(990))
    );
    assert!(first_prices(&cart, &quote).is_empty());
}

#[test]
fn rows_are_grouped_by_store_and_unknown_ones_come_together() {
    let cart = cart(&[
        ("a", 1, None),
        ("b", 1, None),
        ("c", 1, None),
        ("d", 1, None),
    ]);
    let lines = [
        ("a", Some(item("x", 1))),
        ("b", Some(item("y", 1))),
        ("c", Some(item("x", 1))),
    ];
    let review = review(&cart, Some(&quote(&lines)));
    let shelves: Vec<_> = review
        .shelves
        .iter()
        .map(|shelf| {
            (
                shelf.store.as_ref().map(|store| store.name.as_str()),
                shelf.rows.len(),
            )
        })
        .collect();
    assert_eq!(shelves, [(Some("x"), 2), (Some("y"), 1), (None, 1)]);
    assert!(
        !row(&review, "d").can_count(),
        "nothing is counted that the shop was not asked about"
    );
}

#[test]
fn unticked_lines_do_not_count_and_savings_are_those_of_the_counted() {
    let mut cart = cart(&[("peach", 2, Some(990)), ("tea", 1, Some(500))]);
    cart.apply(&Edit::Choose(vec!["tea".into()], false), TAB)
        .unwrap();
    let peach = QuoteItem {
        list_price: Some(cny(1290)),
        ..item("farm", 990)
    };
    let tea = QuoteItem {
        list_price: Some(cny(9990)),
        ..item("farm", 500)
    };
    let review = review(
        &cart,
        Some(&quote(&[("peach", Some(peach)), ("tea", Some(tea))])),
    );
    assert_eq!(
        (review.total, review.saved),
        (Some(cny(1980)), Some(cny(600)))
    );
    assert!(!review.all_chosen());
}

#[test]
fn everything_in_the_cart_is_quoted_even_what_is_not_ticked() {
    let mut cart = cart(&[("peach", 2, None), ("tea", 1, None)]);
    cart.apply(&Edit::Choose(vec!["tea".into()], false), TAB)
        .unwrap();
    assert_eq!(to_quote(&cart).len(), 2);
}

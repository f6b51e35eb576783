//! Choosing a SKU, alone and in a group.

use super::*;
use serde_json::json;

/// Sizes 1, 2, 3 and colours red, blue; (1, blue) is sold out, (3, red) is not made.
fn shirt() -> ProductDetail {
    let sku = |id: &str, size: &str, colour: &str, available: u32| {
        json!({
            "id": id, "label": id, "available": available, "limit": 3,
            "price": {"minor": 1000, "currency": "CNY"},
            "attributes": [{"option": "size", "value": size}, {"option": "colour", "value": colour}],
        })
    };
    let option = |id: &str, values: &[&str]| {
        let values: Vec<_> = values
            .iter()
            .map(|v| json!({"id": v, "label": v}))
            .collect();
        json!({"id": id, "name": id, "values": values})
    };
    let card = json!({
        "id": "p", "slug": "p", "title": "p", "price": {"minor": 1000, "currency": "CNY"},
        "price_from": false, "sold": 0, "tags": [], "sold_out": false,
    });
    serde_json::from_value(json!({
        "card": card, "summary": "", "category": "wear", "pictures": [],
        "options": [option("size", &["1", "2", "3"]), option("colour", &["red", "blue"])],
        "skus": [
            sku("1r", "1", "red", 5), sku("1b", "1", "blue", 0),
            sku("2r", "2", "red", 5), sku("2b", "2", "blue", 1),
            sku("3b", "3", "blue", 2),
        ],
        "storage": "ambient", "store": {"id": "s", "name": "s"}, "delivery": [], "tags": [], "reviews": [],
    }))
    .unwrap()
}

fn sku<'a>(product: &'a ProductDetail, id: &str) -> &'a Sku {
    product
        .skus
        .iter()
        .find(|sku| sku.id.as_str() == id)
        .unwrap()
}

fn value<'a>(product: &'a ProductDetail, option: usize, id: &str) -> &'a OptionValue {
    product.options[option]
        .values
        .iter()
        .find(|v| v.id == id)
        .unwrap()
}

#[test]
fn the_page_opens_with_the_sku_of_its_address_or_one_that_can_be_bought() {
    let mut shirt = shirt();
    assert_eq!(
        first_choice(&shirt, Some(&"1b".into()))
            .unwrap()
            .id
            .as_str(),
        "1b"
    );
    assert_eq!(
        first_choice(&shirt, Some(&"gone".into()))
            .unwrap()
            .id
            .as_str(),
        "1r"
    );
    shirt.skus[0].available = 0;
    assert_eq!(first_choice(&shirt, None).unwrap().id.as_str(), "2r");
    shirt.skus.clear();
    assert_eq!(first_choice(&shirt, None), None);
}

#[test]
fn what_cannot_be_had_is_told_apart() {
    let shirt = shirt();
    let now = sku(&shirt, "1r");
    assert_eq!(
        choice(&shirt, now, 1, value(&shirt, 1, "red")),
        Choice::Chosen
    );
    assert_eq!(
        choice(&shirt, now, 1, value(&shirt, 1, "blue")),
        Choice::SoldOut
    );
    let now = sku(&shirt, "3b");
    assert_eq!(
        choice(&shirt, now, 1, value(&shirt, 1, "red")),
        Choice::NotMade
    );
    assert_eq!(choice(&shirt, now, 0, value(&shirt, 0, "1")), Choice::Open);
}

#[test]
fn choosing_keeps_what_it_can_and_lands_on_something_to_buy() {
    let shirt = shirt();
    let chosen = |now, option, id| {
        choose(&shirt, sku(&shirt, now), option, value(&shirt, option, id))
            .unwrap()
            .id
            .as_str()
    };
    assert_eq!(chosen("1r", 0, "2"), "2r", "the colour stays");
    assert_eq!(chosen("2b", 0, "1"), "1r", "1 in blue is sold out");
    assert_eq!(chosen("1r", 0, "3"), "3b", "3 in red is not made");
    assert_eq!(chosen("2r", 1, "blue"), "2b");
}

#[test]
fn every_sku_that_can_be_bought_can_be_reached_from_every_other() {
    let shirt = shirt();
    for from in &shirt.skus {
        for to in shirt.skus.iter().filter(|sku| can_buy(sku)) {
            let mut now = from;
            for option in 0..shirt.options.len() {
                let wanted = value(&shirt, option, value_of(&shirt, to, option).unwrap());
                let open = choice(&shirt, now, option, wanted);
                assert!(
                    matches!(open, Choice::Chosen | Choice::Open),
                    "{from:?} to {to:?}"
                );
                if open == Choice::Open {
                    now = choose(&shirt, now, option, wanted).unwrap();
                }
            }
            assert_eq!(now.id, to.id);
        }
    }
}

fn group_of(product: &mut ProductDetail, prices: &[(&str, i64, u32)]) {
    let prices: Vec<_> = prices
        .iter()
        .map(|(sku, minor, left)| {
            json!({"sku": sku, "price": {"minor": minor, "currency": "CNY"}, "left": left})
        })
        .collect();
    let offer = json!({
        "activity": "a", "size": 3, "ttl_ms": 86_400_000, "ends_at": 9, "prices": prices,
        "per_order_limit": 2, "per_user_limit": 4, "join_policy": "any", "forming": 0,
        "open": [], "server_now": 0,
    });
    product.group = Some(serde_json::from_value(offer).unwrap());
}

#[test]
fn f47_a_group_sells_only_its_own_skus_at_its_own_price_quota_and_limit() {
    let mut shirt = shirt();
    group_of(&mut shirt, &[("1r", 800, 1), ("2r", 1000, 0)]);
    let offer = shirt.group.clone().unwrap();
    let together = in_group(&shirt, &offer.prices, Some(offer.per_order_limit));
    let [one, two] = together.skus.as_slice() else {
        panic!("two SKUs have a price there");
    };
    assert_eq!((one.price.minor, one.available, one.limit), (800, 1, 2));
    assert_eq!(one.list_price.unwrap().minor, 1000, "what it costs alone");
    assert_eq!(two.list_price, None, "no cheaper than alone");
    assert!(!can_buy(two), "the quota is used up, whatever the stock");
    assert_eq!(
        choice(&together, one, 1, value(&shirt, 1, "blue")),
        Choice::NotMade
    );
}

#[test]
fn f47_the_price_of_a_new_group_is_the_chosen_one_or_the_lowest() {
    let mut shirt = shirt();
    assert_eq!(start_price(&shirt, None), None, "no group-buy");
    group_of(&mut shirt, &[("1r", 800, 5), ("2r", 900, 5)]);
    let price = |id: &str| {
        start_price(&shirt, Some(sku(&shirt, id))).map(|(money, from)| (money.minor, from))
    };
    assert_eq!(price("2r"), Some((900, false)));
    assert_eq!(price("3b"), Some((800, true)), "not in the group-buy");
    group_of(&mut shirt, &[("1r", 800, 0)]);
    assert_eq!(start_price(&shirt, None), None, "nothing left of it");
}

#[test]
fn a_quantity_stays_within_stock_and_limit() {
    let shirt = shirt();
    assert_eq!(quantity_for(sku(&shirt, "1r"), 99), 3, "the limit");
    assert_eq!(quantity_for(sku(&shirt, "3b"), 3), 2, "the stock");
    assert_eq!(
        quantity_for(sku(&shirt, "1b"), 3),
        1,
        "sold out: the stepper shows 1, disabled"
    );
    assert_eq!(quantity_for(sku(&shirt, "1r"), 0), 1);
}

//! Choosing a SKU. One SKU is always chosen, so every screen has a price, a picture and a stock to
//! show; choosing a value moves to the SKU nearest to the one before.
//!
//! Options are read from left to right: a value is open when some SKU with it agrees with what is
//! chosen to its left. So no choice can lock another out for good, and what cannot be had is greyed.

use contract::catalog::{OptionValue, ProductDetail, Sku};
use contract::groups::{GroupOffer, SeatPrice};
use contract::{Money, Quantity, SkuId};

/// Whether a value can be chosen, given what is chosen to its left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Chosen now.
    Chosen,
    /// Can be chosen.
    Open,
    /// Exists, and none is left.
    SoldOut,
    /// No such combination is made.
    NotMade,
}

/// The SKU to open the page with: the one asked for, else the first that can be bought, else the first.
pub fn first_choice<'a>(product: &'a ProductDetail, asked: Option<&SkuId>) -> Option<&'a Sku> {
    let skus = &product.skus;
    asked
        .and_then(|asked| skus.iter().find(|sku| sku.id == *asked))
        .or_else(|| skus.iter().find(|sku| can_buy(sku)))
        .or_else(|| skus.first())
}

/// Whether at least one can be bought.
pub fn can_buy(sku: &Sku) -> bool {
    most(sku) > 0
}

/// The most of it that one order may hold now.
pub fn most(sku: &Sku) -> u32 {
    sku.available.min(sku.limit).min(Quantity::MAX)
}

/// A wanted number brought to what can be bought.
pub fn quantity_for(sku: &Sku, wanted: u32) -> u32 {
    wanted.clamp(1, most(sku).max(1))
}

/// The product as a group sells it: only what has a price there, at that price and with what is left of
/// it. What it costs alone stands where a former price does.
pub fn in_group(
    product: &ProductDetail,
    prices: &[SeatPrice],
    limit: Option<u32>,
) -> ProductDetail {
    let of_group = |sku: &Sku| {
        let seat = prices.iter().find(|seat| seat.sku == sku.id)?;
        Some(Sku {
            price: seat.price,
            list_price: (sku.price.minor > seat.price.minor).then_some(sku.price),
            available: seat.left,
            limit: sku.limit.min(limit.unwrap_or(u32::MAX)),
            ..sku.clone()
        })
    };
    ProductDetail {
        skus: product.skus.iter().filter_map(of_group).collect(),
        ..product.clone()
    }
}

/// What one of a SKU costs in a new group, where the group-buy has it.
pub fn seat_price(offer: &GroupOffer, sku: &Sku) -> Option<Money> {
    let seat = offer.prices.iter().find(|seat| seat.sku == sku.id)?;
    Some(seat.price)
}

/// What "start a group" costs: the chosen SKU's price, else the lowest "from". Absent when no group can
/// be started, as there is no group-buy or nothing left of it.
pub fn start_price(product: &ProductDetail, chosen: Option<&Sku>) -> Option<(Money, bool)> {
    let offer = product.group.as_ref()?;
    let open = || offer.prices.iter().filter(|seat| seat.left > 0);
    let lowest = open().min_by_key(|seat| seat.price.minor)?;
    let own = chosen.and_then(|sku| open().find(|seat| seat.sku == sku.id));
    Some(match own {
        Some(seat) => (seat.price, false),
        None => (lowest.price, open().any(|seat| seat.price != lowest.price)),
    })
}

/// What can be said of one value of one option while `now` is chosen.
pub fn choice(product: &ProductDetail, now: &Sku, option: usize, value: &OptionValue) -> Choice {
    let mut fitting = fitting(product, now, option, value).peekable();
    if fitting.peek().is_none() {
        return Choice::NotMade;
    }
    if value_of(product, now, option) == Some(value.id.as_str()) {
        return Choice::Chosen;
    }
    if fitting.any(can_buy) {
        Choice::Open
    } else {
        Choice::SoldOut
    }
}

/// The SKU that choosing a value leads to: among those that agree to the left, one that can be bought,
/// with as much as possible of what is chosen to the right.
pub fn choose<'a>(
    product: &'a ProductDetail,
    now: &Sku,
    option: usize,
    value: &OptionValue,
) -> Option<&'a Sku> {
    fitting(product, now, option, value).max_by_key(|sku| {
        let kept = (option + 1..product.options.len())
            .take_while(|right| value_of(product, sku, *right) == value_of(product, now, *right))
            .count();
        // The first of equals: `max_by_key` would take the last.
        (
            can_buy(sku),
            kept,
            std::cmp::Reverse(position(product, sku)),
        )
    })
}

fn position(product: &ProductDetail, sku: &Sku) -> Option<usize> {
    product.skus.iter().position(|other| other.id == sku.id)
}

/// SKUs with the value that agree with `now` to the left of the option.
fn fitting<'a, 'b>(
    product: &'a ProductDetail,
    now: &'b Sku,
    option: usize,
    value: &'b OptionValue,
) -> impl Iterator<Item = &'a Sku> + use<'a, 'b> {
    product.skus.iter().filter(move |sku| {
        value_of(product, sku, option) == Some(value.id.as_str())
            && (0..option).all(|left| value_of(product, sku, left) == value_of(product, now, left))
    })
}

fn value_of<'a>(product: &ProductDetail, sku: &'a Sku, option: usize) -> Option<&'a str> {
    let option = product.options.get(option)?;
    sku.attributes
        .iter()
        .find(|a| a.option == option.id)
        .map(|a| a.value.as_str())
}

#[cfg(test)]
mod tests {
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
}

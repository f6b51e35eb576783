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

/// What leading a complete group pays for one of a SKU (rules.md G16).
pub fn leader_reward(offer: &GroupOffer, sku: &Sku) -> Option<Money> {
    let seat = offer.prices.iter().find(|seat| seat.sku == sku.id)?;
    seat.reward
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
#[path = "choice_test.rs"]
mod tests;

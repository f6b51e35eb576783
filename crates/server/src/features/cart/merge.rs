//! Two carts become one (rules.md 3.8).

use contract::cart::{Cart, CartLine, MAX_LINES, MergeChange};
use contract::{Quantity, SkuId};

/// Adds `guest` to `kept`: quantity = min(sum, limit, stock), and every change is told. `most` is how many
/// of a SKU can be bought now, the smaller of its limit and its stock; `None` when it is not sold any more.
///
/// A line that can no longer be bought is dropped and told. So is what exceeds [`MAX_LINES`], from the end.
/// A SKU that is sold out for now keeps a line of one: it may come back, and checkout says so.
pub fn merged(
    kept: Cart,
    guest: Cart,
    most: impl Fn(&SkuId) -> Option<u32>,
) -> (Cart, Vec<MergeChange>) {
    let mut lines: Vec<(CartLine, Option<Quantity>)> =
        kept.lines.into_iter().map(|line| (line, None)).collect();
    for line in guest.lines {
        match lines.iter_mut().find(|(known, _)| known.sku == line.sku) {
            Some((known, added)) => {
                *added = Some(line.quantity);
                known.added_at = known.added_at.min(line.added_at);
            }
            None => lines.push((line, None)),
        }
    }
    let mut changes = Vec::new();
    let mut cart = Cart::default();
    for (mut line, added) in lines {
        let wanted = line
            .quantity
            .get()
            .saturating_add(added.map_or(0, Quantity::get));
        let sku = line.sku.clone();
        let fits = most(&sku).filter(|_| cart.lines.len() < MAX_LINES);
        let Some(most) = fits else {
            changes.push(MergeChange::Dropped { sku });
            continue;
        };
        let quantity = wanted.min(most.clamp(1, Quantity::MAX));
        if quantity < wanted {
            changes.push(MergeChange::Capped {
                sku,
                quantity,
                wanted,
            });
        } else if added.is_some() {
            changes.push(MergeChange::Summed { sku, quantity });
        }
        line.quantity = Quantity::try_from(quantity).unwrap_or(Quantity::ONE);
        cart.lines.push(line);
    }
    (cart, changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Timestamp;
    use proptest::prelude::*;

    fn cart(lines: &[(&str, u32)]) -> Cart {
        let line = |(index, (sku, quantity)): (usize, &(&str, u32))| CartLine {
            sku: (*sku).into(),
            quantity: Quantity::try_from(*quantity).unwrap(),
            added_at: Timestamp(index as i64),
        };
        Cart {
            lines: lines.iter().enumerate().map(line).collect(),
        }
    }

    fn quantities(cart: &Cart) -> Vec<(&str, u32)> {
        cart.lines
            .iter()
            .map(|line| (line.sku.as_str(), line.quantity.get()))
            .collect()
    }

    #[test]
    fn r3_8_the_quantity_is_the_sum_within_limit_and_stock_and_every_change_is_told() {
        let kept = cart(&[
            ("summed", 2),
            ("capped", 3),
            ("alone", 1),
            ("gone", 1),
            ("out", 2),
        ]);
        let guest = cart(&[("capped", 4), ("summed", 1), ("new", 7)]);
        let most = |sku: &SkuId| match sku.as_str() {
            "gone" => None,
            "capped" => Some(5),
            "out" => Some(0),
            _ => Some(99),
        };
        let (cart, changes) = merged(kept, guest, most);
        assert_eq!(
            quantities(&cart),
            [
                ("summed", 3),
                ("capped", 5),
                ("alone", 1),
                ("out", 1),
                ("new", 7)
            ]
        );
        assert_eq!(
            changes,
            [
                MergeChange::Summed {
                    sku: "summed".into(),
                    quantity: 3
                },
                MergeChange::Capped {
                    sku: "capped".into(),
                    quantity: 5,
                    wanted: 7
                },
                MergeChange::Dropped { sku: "gone".into() },
                MergeChange::Capped {
                    sku: "out".into(),
                    quantity: 1,
                    wanted: 2
                },
            ]
        );
    }

    #[test]
    fn r3_8_a_cart_never_holds_more_than_its_lines() {
        let names: Vec<String> = (0..60).map(|n| format!("k{n}")).collect();
        let others: Vec<String> = (0..60).map(|n| format!("g{n}")).collect();
        let lines =
            |names: &[String]| cart(&names.iter().map(|n| (n.as_str(), 1)).collect::<Vec<_>>());
        let (merged, changes) = merged(lines(&names), lines(&others), |_| Some(9));
        assert_eq!(merged.lines.len(), MAX_LINES);
        assert_eq!(changes.len(), 20);
    }

    proptest! {
        #[test]
        fn r3_8_nothing_is_lost_or_made_up_without_being_told(
            kept in prop::collection::btree_map("[a-f]", 1..=999_u32, 0..6),
            guest in prop::collection::btree_map("[a-f]", 1..=999_u32, 0..6),
            most in prop::collection::btree_map("[a-f]", 0..=1200_u32, 0..6),
        ) {
            let of = |map: &std::collections::BTreeMap<String, u32>| {
                cart(&map.iter().map(|(sku, n)| (sku.as_str(), *n)).collect::<Vec<_>>())
            };
            let (merged, changes) = merged(of(&kept), of(&guest), |sku| most.get(sku.as_str()).copied());
            for sku in kept.keys().chain(guest.keys()) {
                let sum = kept.get(sku).unwrap_or(&0) + guest.get(sku).unwrap_or(&0);
                let line = merged.lines.iter().find(|line| line.sku.as_str() == sku);
                let told = changes.iter().find(|change| match change {
                    MergeChange::Summed { sku: s, .. }
                    | MergeChange::Capped { sku: s, .. }
                    | MergeChange::Dropped { sku: s } => s.as_str() == sku,
                });
                match line {
                    None => prop_assert!(matches!(told, Some(MergeChange::Dropped { .. })), "{sku} vanished"),
                    Some(line) if line.quantity.get() < sum => {
                        prop_assert!(matches!(told, Some(MergeChange::Capped { .. })), "{sku} shrank");
                        prop_assert!(line.quantity.get() <= most[sku].max(1));
                    }
                    Some(line) => prop_assert_eq!(line.quantity.get(), sum),
                }
            }
        }
    }
}

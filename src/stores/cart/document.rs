//! The cart as a document: what edits do to it and how the documents of two tabs become one.

use std::collections::BTreeMap;

use contract::cart::{self as wire, MAX_LINES};
use contract::{Money, Quantity, SkuId, Timestamp};
use serde::{Deserialize, Serialize};

use super::line::{Line, Stamp, TabId};

/// Removed lines that are remembered, so that a tab that slept through the removal learns of it.
const REMEMBERED_REMOVALS: usize = 40;
/// A line with counters of more tabs than this is folded when a page loads.
const MAX_COUNTERS: usize = 8;

/// What a shopper wants to buy, in this browser.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cart {
    clock: u64,
    lines: BTreeMap<SkuId, Line>,
}

/// One thing that a shopper does to the cart.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Puts pieces in.
    Add {
        /// Of what.
        sku: SkuId,
        /// How many.
        quantity: Quantity,
        /// The price of one that the shopper was shown.
        price: Option<Money>,
        /// When.
        at: Timestamp,
    },
    /// Sets how many.
    SetQuantity(SkuId, Quantity),
    /// Takes lines out.
    Remove(Vec<SkuId>),
    /// Ticks or unticks lines for the next order.
    Choose(Vec<SkuId>, bool),
    /// Takes today's price of a line, or notes it where none was known.
    AcceptPrice(SkuId, Money),
    /// Makes the cart what the server says after a sign-in; lines that both know keep their price.
    Adopt(wire::Cart),
}

/// The cart holds as many different things as it can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a cart holds at most {MAX_LINES} different things")]
pub struct CartFull;

impl Cart {
    /// The lines that hold something, newest first.
    pub fn lines(&self) -> Vec<(&SkuId, &Line)> {
        let mut lines: Vec<_> = self.live().collect();
        lines.sort_unstable_by(|a, b| b.1.added_at().cmp(&a.1.added_at()).then(a.0.cmp(b.0)));
        lines
    }

    /// The line of a SKU, unless it is not in the cart.
    pub fn line(&self, sku: &SkuId) -> Option<&Line> {
        self.lines.get(sku).filter(|line| line.quantity() > 0)
    }

    /// How many different things it holds.
    pub fn len(&self) -> usize {
        self.live().count()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.live().next().is_none()
    }

    /// Does one edit, as `tab`. Nothing changes when it is refused.
    pub fn apply(&mut self, edit: &Edit, tab: TabId) -> Result<(), CartFull> {
        if let Edit::Add { sku, .. } = edit
            && self.line(sku).is_none()
            && self.len() >= MAX_LINES
        {
            return Err(CartFull);
        }
        let now = self.tick(tab);
        match edit {
            Edit::Add {
                sku,
                quantity,
                price,
                at,
            } => {
                self.entry(sku).add(now, *quantity, *price, *at);
            }
            Edit::SetQuantity(sku, quantity) => {
                self.each(std::slice::from_ref(sku), |line| {
                    line.set_quantity(now, quantity.get())
                });
            }
            Edit::Remove(skus) => self.each(skus, |line| line.set_quantity(now, 0)),
            Edit::Choose(skus, chosen) => self.each(skus, |line| line.choose(now, *chosen)),
            Edit::AcceptPrice(sku, price) => {
                self.each(std::slice::from_ref(sku), |line| {
                    line.see_price(now, Some(*price))
                });
            }
            Edit::Adopt(cart) => self.adopt(cart, now),
        }
        Ok(())
    }

    /// Puts what another tab knows into this document. Order and repetition do not matter (B3).
    pub fn merge(&mut self, other: &Self) {
        self.clock = self.clock.max(other.clock);
        for (sku, line) in &other.lines {
            self.entry(sku).merge(line);
        }
    }

    /// The line removed first, when more removals are remembered than need be.
    fn oldest_removal_too_many(&self) -> Option<SkuId> {
        let removed = || self.lines.iter().filter(|(_, line)| line.quantity() == 0);
        if removed().count() <= REMEMBERED_REMOVALS {
            return None;
        }
        let oldest = removed().min_by_key(|(sku, line)| (line.latest(), *sku));
        oldest.map(|(sku, _)| sku.clone())
    }

    /// Forgets old removals and folds lines that many tabs have touched, so that the document stays small.
    pub fn tidy(&mut self, tab: TabId) {
        while let Some(oldest) = self.oldest_removal_too_many() {
            self.lines.remove(&oldest);
        }
        let now = self.tick(tab);
        for line in self
            .lines
            .values_mut()
            .filter(|line| line.counters() > MAX_COUNTERS)
        {
            line.fold(now);
        }
    }

    /// Notes the prices that `other` has seen where this cart, holding the same things, has seen none.
    pub fn prices_seen_by(&self, other: &Self) -> Vec<Edit> {
        let unseen = |sku: &SkuId| {
            self.line(sku)
                .is_some_and(|line| line.seen_price().is_none())
        };
        let note = |(sku, line): (&SkuId, &Line)| {
            let price = line.seen_price().filter(|_| unseen(sku))?;
            Some(Edit::AcceptPrice(sku.clone(), price))
        };
        other.live().filter_map(note).collect()
    }

    /// What the server keeps of it: no prices, no ticks, no removals.
    pub fn to_wire(&self) -> wire::Cart {
        let line = |(sku, line): (&SkuId, &Line)| {
            let quantity = Quantity::try_from(line.quantity()).ok()?;
            Some(wire::CartLine {
                sku: sku.clone(),
                quantity,
                added_at: line.added_at(),
            })
        };
        wire::Cart {
            lines: self
                .lines()
                .into_iter()
                .filter_map(line)
                .take(MAX_LINES)
                .collect(),
        }
    }

    /// The largest logical time in it, by its clock and by its lines.
    pub(super) fn latest(&self) -> u64 {
        let lines = self.lines.values().map(|line| line.latest().0).max();
        self.clock.max(lines.unwrap_or(0))
    }

    /// How many pieces all lines hold together.
    pub fn pieces(&self) -> u64 {
        let quantity = |(_, line): (&SkuId, &Line)| u64::from(line.quantity());
        self.live().map(quantity).sum()
    }

    fn live(&self) -> impl Iterator<Item = (&SkuId, &Line)> {
        self.lines.iter().filter(|(_, line)| line.quantity() > 0)
    }

    fn entry(&mut self, sku: &SkuId) -> &mut Line {
        self.lines.entry(sku.clone()).or_default()
    }

    /// Edits the lines among `skus` that the cart holds.
    fn each(&mut self, skus: &[SkuId], mut edit: impl FnMut(&mut Line)) {
        for sku in skus {
            if let Some(line) = self.lines.get_mut(sku).filter(|line| line.quantity() > 0) {
                edit(line);
            }
        }
    }

    fn adopt(&mut self, cart: &wire::Cart, now: Stamp) {
        let kept = |sku: &SkuId| cart.lines.iter().any(|line| line.sku == *sku);
        for (_, line) in self
            .lines
            .iter_mut()
            .filter(|(sku, line)| line.quantity() > 0 && !kept(sku))
        {
            line.set_quantity(now, 0);
        }
        for line in &cart.lines {
            let mine = self.entry(&line.sku);
            if mine.quantity() == 0 {
                mine.add(now, line.quantity, None, line.added_at);
            }
            mine.set_quantity(now, line.quantity.get());
        }
    }

    fn tick(&mut self, tab: TabId) -> Stamp {
        self.clock = self.latest().saturating_add(1);
        Stamp(self.clock, tab)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Currency;

    const TAB: TabId = TabId(1);

    fn add(sku: &str, n: u32) -> Edit {
        Edit::Add {
            sku: sku.into(),
            quantity: Quantity::try_from(n).unwrap(),
            price: Some(Money::new(990, Currency::CNY)),
            at: Timestamp(n.into()),
        }
    }

    fn cart(edits: &[Edit]) -> Cart {
        let mut cart = Cart::default();
        for edit in edits {
            cart.apply(edit, TAB).unwrap();
        }
        cart
    }

    fn quantity(cart: &Cart, sku: &str) -> u32 {
        cart.line(&sku.into()).map_or(0, Line::quantity)
    }

    #[test]
    fn adding_twice_sums_and_a_new_line_is_chosen() {
        let cart = cart(&[add("peach", 1), add("peach", 2)]);
        assert_eq!(quantity(&cart, "peach"), 3);
        assert!(cart.line(&"peach".into()).unwrap().is_chosen());
    }

    #[test]
    fn a_removed_line_is_gone_and_starts_afresh_when_added_again() {
        let mut cart = cart(&[add("peach", 5), Edit::Remove(vec!["peach".into()])]);
        assert!(cart.is_empty());
        cart.apply(&add("peach", 2), TAB).unwrap();
        assert_eq!(quantity(&cart, "peach"), 2);
    }

    #[test]
    fn r3_8_prices_that_the_guest_saw_outlive_the_sign_in() {
        let guest = cart(&[add("peach", 1), add("tea", 2), add("gone", 1)]);
        let dearer = Money::new(1290, Currency::CNY);
        let mut mine = cart(&[add("peach", 1), Edit::AcceptPrice("peach".into(), dearer)]);
        let mut merged = guest.to_wire();
        merged.lines.retain(|line| line.sku != "gone".into());
        mine.apply(&Edit::Adopt(merged), TAB).unwrap();
        for edit in mine.prices_seen_by(&guest) {
            mine.apply(&edit, TAB).unwrap();
        }
        let seen = |sku: &str| mine.line(&sku.into()).and_then(Line::seen_price);
        assert_eq!(seen("tea"), Some(Money::new(990, Currency::CNY)));
        assert_eq!(seen("peach"), Some(dearer), "the account's own stays");
        assert!(mine.line(&"gone".into()).is_none());
    }

    #[test]
    fn edits_of_things_that_are_not_in_the_cart_do_nothing() {
        let mut cart = cart(&[]);
        cart.apply(&Edit::SetQuantity("peach".into(), Quantity::ONE), TAB)
            .unwrap();
        cart.apply(&Edit::Choose(vec!["peach".into()], true), TAB)
            .unwrap();
        assert!(cart.is_empty());
    }

    #[test]
    fn r3_8_a_cart_holds_at_most_100_lines() {
        let names: Vec<String> = (0..MAX_LINES).map(|n| format!("sku-{n}")).collect();
        let mut cart = cart(&names.iter().map(|name| add(name, 1)).collect::<Vec<_>>());
        assert_eq!(cart.apply(&add("one-more", 1), TAB), Err(CartFull));
        assert_eq!(
            cart.apply(&add("sku-0", 1), TAB),
            Ok(()),
            "a line that exists may grow"
        );
        assert_eq!(cart.len(), MAX_LINES);
    }

    #[test]
    fn the_newest_line_comes_first() {
        let cart = cart(&[add("old", 1), add("new", 9), add("middle", 5)]);
        let order: Vec<_> = cart.lines().iter().map(|(sku, _)| sku.as_str()).collect();
        assert_eq!(order, ["new", "middle", "old"]);
    }

    #[test]
    fn r3_8_a_sign_in_adopts_what_the_server_says_and_keeps_known_prices() {
        let mut cart = cart(&[add("peach", 2), add("tea", 1)]);
        let line = |sku: &str, n: u32| wire::CartLine {
            sku: sku.into(),
            quantity: Quantity::try_from(n).unwrap(),
            added_at: Timestamp(5),
        };
        let merged = wire::Cart {
            lines: vec![line("peach", 4), line("cup", 1)],
        };
        cart.apply(&Edit::Adopt(merged), TAB).unwrap();
        assert_eq!(
            [
                quantity(&cart, "peach"),
                quantity(&cart, "cup"),
                quantity(&cart, "tea")
            ],
            [4, 1, 0]
        );
        assert!(cart.line(&"peach".into()).unwrap().seen_price().is_some());
        assert!(cart.line(&"cup".into()).unwrap().seen_price().is_none());
    }

    #[test]
    fn old_removals_are_forgotten_and_what_is_wanted_stays() {
        let mut cart = Cart::default();
        for n in 0..200 {
            let sku = format!("sku-{n}");
            cart.apply(&add(&sku, 1), TAB).unwrap();
            if n > 0 {
                cart.apply(&Edit::Remove(vec![sku.into()]), TAB).unwrap();
            }
        }
        cart.tidy(TAB);
        assert_eq!(cart.lines.len(), 1 + REMEMBERED_REMOVALS);
        assert_eq!(quantity(&cart, "sku-0"), 1);
    }

    #[test]
    fn folding_keeps_the_quantity() {
        let mut cart = Cart::default();
        for tab in 0..20 {
            cart.apply(&add("peach", 2), TabId(tab)).unwrap();
        }
        cart.tidy(TAB);
        assert_eq!(quantity(&cart, "peach"), 40);
        assert_eq!(cart.line(&"peach".into()).unwrap().counters(), 0);
    }
}

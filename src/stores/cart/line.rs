//! One line of the cart as a value that several tabs may edit at once and still agree on
//! (reliability.md B3): every field only ever grows, so merging in any order gives the same line.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};

use contract::{Money, Quantity, Timestamp};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// One open page, drawn at random when it loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TabId(#[serde(deserialize_with = "number_or_key")] pub u32);

/// JSON writes a number as text where it is a key.
fn number_or_key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    struct Either;
    impl Visitor<'_> for Either {
        type Value = u32;

        fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
            f.write_str("a tab's number")
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<u32, E> {
            u32::try_from(number).map_err(E::custom)
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<u32, E> {
            u32::try_from(number).map_err(E::custom)
        }

        fn visit_str<E: Error>(self, key: &str) -> Result<u32, E> {
            key.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_any(Either)
}

/// Logical time of an edit: a later edit has a larger stamp, and the tab breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Stamp(pub u64, pub TabId);

/// A value of which the last write stands.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Last<T> {
    at: Stamp,
    is: T,
}

impl<T: Clone> Last<T> {
    fn new(at: Stamp, is: T) -> Self {
        Self { at, is }
    }

    /// Keeps the later write; `order` decides between two writes of one stamp, which only a damaged
    /// document can hold.
    fn merge_by<K: Ord>(&mut self, other: &Self, order: impl Fn(&T) -> K) {
        if (other.at, order(&other.is)) > (self.at, order(&self.is)) {
            *self = other.clone();
        }
    }
}

/// Pieces that each tab has added so far; a tab's own number never shrinks.
type Added = BTreeMap<TabId, u32>;

/// A quantity that the shopper set, and which additions it had seen: later ones count on top.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
struct Base {
    count: u32,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    seen: Added,
}

/// What the shopper wants of one SKU. A removed line stays as a line of zero pieces, so that a tab
/// that has not heard of the removal cannot bring it back.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// When the counters below were last folded into one number; a later fold replaces earlier ones.
    #[serde(default)]
    folded: Stamp,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    added: Added,
    #[serde(default)]
    base: Last<Base>,
    #[serde(default)]
    chosen: Last<bool>,
    #[serde(default)]
    price: Last<Option<Money>>,
    #[serde(default)]
    added_at_ms: i64,
}

impl Line {
    /// How many pieces, 0 when removed, at most [`Quantity::MAX`].
    pub fn quantity(&self) -> u32 {
        let base = &self.base.is;
        let later = self.added.iter().map(|(tab, count)| {
            let seen = base.seen.get(tab).copied().unwrap_or(0);
            count.saturating_sub(seen)
        });
        later
            .fold(base.count, u32::saturating_add)
            .min(Quantity::MAX)
    }

    /// Whether the shopper wants it in the next order.
    pub fn is_chosen(&self) -> bool {
        self.chosen.is
    }

    /// The price of one that the shopper last saw and took.
    pub fn seen_price(&self) -> Option<Money> {
        self.price.is
    }

    /// When it came into the cart.
    pub fn added_at(&self) -> Timestamp {
        Timestamp(self.added_at_ms)
    }

    /// The largest logical time in it.
    pub(super) fn latest(&self) -> Stamp {
        [self.folded, self.base.at, self.chosen.at, self.price.at]
            .into_iter()
            .max()
            .unwrap_or_default()
    }

    pub(super) fn add(
        &mut self,
        now: Stamp,
        pieces: Quantity,
        price: Option<Money>,
        at: Timestamp,
    ) {
        if self.quantity() == 0 {
            self.added_at_ms = self.added_at_ms.max(at.0);
        }
        let mine = self.added.entry(now.1).or_default();
        *mine = mine.saturating_add(pieces.get());
        self.choose(now, true);
        if price.is_some() {
            self.see_price(now, price);
        }
    }

    pub(super) fn set_quantity(&mut self, now: Stamp, count: u32) {
        let seen = self.added.clone();
        self.base = Last::new(now, Base { count, seen });
    }

    pub(super) fn choose(&mut self, now: Stamp, chosen: bool) {
        self.chosen = Last::new(now, chosen);
    }

    pub(super) fn see_price(&mut self, now: Stamp, price: Option<Money>) {
        self.price = Last::new(now, price);
    }

    /// Puts what another tab knows of this line into it.
    pub(super) fn merge(&mut self, other: &Self) {
        if other.folded > self.folded {
            *self = other.clone();
            return;
        }
        if other.folded < self.folded {
            return;
        }
        for (tab, count) in &other.added {
            let mine = self.added.entry(*tab).or_default();
            *mine = (*mine).max(*count);
        }
        self.base.merge_by(&other.base, Clone::clone);
        self.chosen.merge_by(&other.chosen, |chosen| *chosen);
        self.price.merge_by(&other.price, |price| {
            price.map(|money| (money.currency, money.minor))
        });
        self.added_at_ms = self.added_at_ms.max(other.added_at_ms);
    }

    /// Writes the counters of many tabs down as one number.
    pub(super) fn fold(&mut self, now: Stamp) {
        let count = self.quantity();
        self.folded = now;
        self.added.clear();
        self.base = Last::new(
            now,
            Base {
                count,
                seen: Added::new(),
            },
        );
    }

    /// How many tabs have left a counter in it.
    pub(super) fn counters(&self) -> usize {
        self.added.len()
    }
}

//! Checking single values: ids, references, texts, prices, counts, places, times, colours.

use std::collections::BTreeSet;

use super::Check;
use crate::import::file::{Geo, Rating, Text};

/// Prices above this are a mistake (ten million yuan).
pub(in crate::import) const HIGHEST_PRICE: i64 = 1_000_000_000;
/// Counts above this are a mistake.
pub(in crate::import) const HIGHEST_COUNT: i64 = 1_000_000_000;

pub(super) const NO_ID: &str = "an id is 1 to 64 letters, digits, dots, dashes and underscores";

impl Check {
    pub(super) fn ids<'a>(
        &mut self,
        list: &str,
        ids: impl Iterator<Item = &'a String>,
    ) -> BTreeSet<String> {
        let mut known = BTreeSet::new();
        for (i, id) in ids.enumerate() {
            self.problems
                .check(is_id(id), format!("{list}[{i}]"), NO_ID);
            let new = known.insert(id.clone());
            self.problems
                .check(new, format!("{list}[{i}]"), format!("{id} is used twice"));
        }
        known
    }

    pub(super) fn known(&mut self, path: &str, field: &str, id: &str, known: &BTreeSet<String>) {
        self.problems.check(
            known.contains(id),
            format!("{path}.{field}"),
            format!("{id:?} is not in the file"),
        );
    }

    pub(super) fn text(&mut self, path: &str, text: &Text) {
        self.problems
            .check(!text.zh.trim().is_empty(), format!("{path}.zh"), "is empty");
        self.problems
            .check(!text.en.trim().is_empty(), format!("{path}.en"), "is empty");
    }

    pub(super) fn price(&mut self, path: &str, minor: i64) {
        let fine = (0..=HIGHEST_PRICE).contains(&minor);
        self.problems.check(
            fine,
            path,
            format!("must be 0 to {HIGHEST_PRICE} minor units"),
        );
    }

    pub(super) fn count(&mut self, path: &str, count: i64) {
        let fine = (0..=HIGHEST_COUNT).contains(&count);
        self.problems
            .check(fine, path, format!("must be 0 to {HIGHEST_COUNT}"));
    }

    pub(super) fn rating(&mut self, path: &str, rating: &Rating) {
        let fine = (1.0..=5.0).contains(&rating.average);
        self.problems
            .check(fine, format!("{path}.average"), "must be 1 to 5");
        self.count(&format!("{path}.count"), rating.count);
    }

    pub(super) fn geo(&mut self, path: &str, geo: &Geo) {
        let fine = (-90.0..=90.0).contains(&geo.lat) && (-180.0..=180.0).contains(&geo.lng);
        self.problems.check(fine, path, "is no place on earth");
    }

    pub(super) fn clock(&mut self, path: &str, clock: &str) {
        let fine = clock.split_once(':').is_some_and(|(h, m)| {
            h.len() == 2
                && m.len() == 2
                && h.parse::<u8>().is_ok_and(|h| h < 24)
                && m.parse::<u8>().is_ok_and(|m| m < 60)
        });
        self.problems
            .check(fine, path, format!("{clock:?} is no time such as 07:30"));
    }

    pub(super) fn colour(&mut self, path: &str, colour: &str) {
        let fine = colour
            .strip_prefix('#')
            .is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()));
        self.problems.check(
            fine,
            path,
            format!("{colour:?} is no colour such as #ffb9c4"),
        );
    }
}

pub(in crate::import) fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

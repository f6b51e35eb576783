//! Checking a product's group-buy.

use std::collections::BTreeSet;

use super::Check;
use crate::import::file::{GroupBuy, GroupOffer, Product};

/// A group that may take longer than a month is a mistake.
const LONGEST_HOURS: i64 = 31 * 24;

impl Check {
    pub(super) fn group_buy(&mut self, path: &str, product: &Product) {
        let Some(group_buy) = &product.group_buy else {
            return;
        };
        let path = format!("{path}.group_buy");
        self.terms(&path, group_buy);
        let mut skus = BTreeSet::new();
        for (i, offer) in group_buy.offers.iter().enumerate() {
            let path = format!("{path}.offers[{i}]");
            self.offer(&path, product, offer);
            let new = skus.insert(&offer.sku);
            self.problems
                .check(new, format!("{path}.sku"), "is offered twice");
        }
    }

    fn terms(&mut self, path: &str, group_buy: &GroupBuy) {
        self.problems.check(
            (2..=100).contains(&group_buy.size),
            format!("{path}.size"),
            "must be 2 to 100",
        );
        self.problems.check(
            (1..=LONGEST_HOURS).contains(&group_buy.ttl_hours),
            format!("{path}.ttl_hours"),
            format!("must be 1 to {LONGEST_HOURS}"),
        );
        self.problems.check(
            group_buy.per_user_limit >= 1,
            format!("{path}.per_user_limit"),
            "must be at least 1",
        );
        self.problems.check(
            (0..=10_000).contains(&group_buy.leader_reward_bp),
            format!("{path}.leader_reward_bp"),
            "must be 0 to 10000",
        );
        let cheapest = group_buy.offers.iter().map(|offer| offer.price).min();
        self.problems
            .check(cheapest.is_some(), format!("{path}.offers"), "holds none");
        self.problems.check(
            cheapest.is_none_or(|price| price == group_buy.price),
            format!("{path}.price"),
            "must be that of the cheapest offer",
        );
    }

    fn offer(&mut self, path: &str, product: &Product, offer: &GroupOffer) {
        let sku = product.skus.iter().find(|sku| sku.code == offer.sku);
        self.problems.check(
            sku.is_some(),
            format!("{path}.sku"),
            "is none of this product's",
        );
        self.problems.check(
            offer.price > 0 && sku.is_none_or(|sku| offer.price < sku.price),
            format!("{path}.price"),
            "must be above 0 and below the price of one bought alone",
        );
        self.count(&format!("{path}.quota"), offer.quota);
        self.problems.check(
            offer.quota != 0,
            format!("{path}.quota"),
            "must be at least 1",
        );
    }
}

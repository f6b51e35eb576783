//! Checking one product: its texts, its SKUs and what can be chosen, its reviews.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use super::values::{HIGHEST_PRICE, NO_ID, is_id};
use crate::import::file::{Product, Sku};

impl Check {
    pub(super) fn product(&mut self, path: &str, product: &Product) {
        for (name, text) in [
            ("title", &product.title),
            ("summary", &product.summary),
            ("unit", &product.unit),
            ("origin", &product.origin),
        ] {
            self.text(&format!("{path}.{name}"), text);
        }
        self.colour(&format!("{path}.tint"), &product.tint);
        self.rating(&format!("{path}.rating"), &product.rating);
        self.count(&format!("{path}.sold"), product.sold);
        self.count(&format!("{path}.listed_days_ago"), product.listed_days_ago);
        self.problems.check(
            !product.fulfilment.is_empty(),
            format!("{path}.fulfilment"),
            "names no way",
        );
        self.problems.check(
            !product.skus.is_empty(),
            format!("{path}.skus"),
            "holds none",
        );
        let mut combinations = BTreeSet::new();
        for (i, sku) in product.skus.iter().enumerate() {
            let path = format!("{path}.skus[{i}]");
            self.sku(&path, sku);
            let chosen = self.choice(&path, product, sku);
            let new = combinations.insert(chosen);
            self.problems.check(
                new,
                format!("{path}.attributes"),
                "are those of another SKU",
            );
        }
    }

    fn sku(&mut self, path: &str, sku: &Sku) {
        let new = self.skus.insert(sku.code.clone());
        self.problems.check(
            new,
            format!("{path}.code"),
            format!("{} is used twice", sku.code),
        );
        self.problems
            .check(is_id(&sku.code), format!("{path}.code"), NO_ID);
        self.text(&format!("{path}.label"), &sku.label);
        self.price(&format!("{path}.price"), sku.price);
        self.problems.check(
            sku.list_price >= sku.price && sku.list_price <= HIGHEST_PRICE,
            format!("{path}.list_price"),
            "must not be below the price",
        );
        self.count(&format!("{path}.stock"), sku.stock);
        self.count(&format!("{path}.weight_g"), sku.weight_g);
    }

    /// One value of every option of the product, no more.
    fn choice(&mut self, path: &str, product: &Product, sku: &Sku) -> BTreeMap<String, String> {
        let mut chosen = BTreeMap::new();
        for attribute in &sku.attributes {
            let option = product
                .options
                .iter()
                .find(|option| option.id == attribute.id);
            let known = option.is_some_and(|o| o.values.iter().any(|v| v.id == attribute.value));
            let told = format!(
                "{} = {:?} is no choice of this product",
                attribute.id, attribute.value
            );
            self.problems
                .check(known, format!("{path}.attributes"), told);
            chosen.insert(attribute.id.clone(), attribute.value.clone());
        }
        let complete =
            chosen.len() == product.options.len() && chosen.len() == sku.attributes.len();
        self.problems.check(
            complete,
            format!("{path}.attributes"),
            "must name every option once",
        );
        chosen
    }

    pub(super) fn reviews(&mut self, path: &str, product: &Product, members: &BTreeSet<String>) {
        for (j, review) in product.reviews.iter().enumerate() {
            let path = format!("{path}.reviews[{j}]");
            let own_sku = product.skus.iter().any(|sku| sku.code == review.sku);
            let new = self.reviews.insert(review.id.clone());
            self.problems
                .check(new, format!("{path}.id"), "is used twice");
            self.problems
                .check(own_sku, format!("{path}.sku"), "is none of this product's");
            self.problems.check(
                (1..=5).contains(&review.stars),
                format!("{path}.stars"),
                "must be 1 to 5",
            );
            self.known(&path, "member", &review.member, members);
            self.text(&format!("{path}.text"), &review.text);
            self.count(&format!("{path}.likes"), review.likes);
            self.count(&format!("{path}.days_ago"), review.days_ago);
        }
    }
}

//! Checking the whole file before anything of it is stored: ids, references, numbers, texts.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{CatalogueFile, Geo, Product, Rating, Sku, Text};
use super::problems::Problems;

/// Prices above this are a mistake (ten million yuan).
const HIGHEST_PRICE: i64 = 1_000_000_000;
/// Counts above this are a mistake.
const HIGHEST_COUNT: i64 = 1_000_000_000;

/// All that is wrong with what the file says; its pictures are looked at elsewhere.
pub(super) fn check(file: &CatalogueFile) -> Problems {
    let mut check = Check::default();
    check.file(file);
    check.problems
}

#[derive(Default)]
struct Check {
    problems: Problems,
    skus: BTreeSet<String>,
    reviews: BTreeSet<String>,
}

impl Check {
    fn file(&mut self, file: &CatalogueFile) {
        self.text("shop.name", &file.shop.name);
        self.text("shop.area", &file.shop.area);
        let categories = self.ids("categories", file.categories.iter().map(|c| &c.id));
        let brands = self.ids("brands", file.brands.iter().map(|b| &b.id));
        let tags = self.ids("tags", file.tags.iter().map(|t| &t.id));
        let stores = self.ids("stores", file.stores.iter().map(|s| &s.id));
        let communities = self.ids("communities", file.communities.iter().map(|c| &c.id));
        let members = self.ids("members", file.members.iter().map(|m| &m.id));
        self.ids("banners", file.banners.iter().map(|b| &b.id));
        self.ids("products", file.products.iter().map(|p| &p.id));
        self.ids("products", file.products.iter().map(|p| &p.slug));
        self.problems.check(
            !file.stores.is_empty(),
            "stores",
            "holds none; goods need one",
        );
        for (i, category) in file.categories.iter().enumerate() {
            self.text(&format!("categories[{i}].name"), &category.name);
            self.text(&format!("categories[{i}].text"), &category.text);
        }
        for (i, brand) in file.brands.iter().enumerate() {
            self.text(&format!("brands[{i}].name"), &brand.name);
        }
        for (i, tag) in file.tags.iter().enumerate() {
            self.text(&format!("tags[{i}].name"), &tag.name);
        }
        for (i, member) in file.members.iter().enumerate() {
            self.text(&format!("members[{i}].name"), &member.name);
        }
        for (i, product) in file.products.iter().enumerate() {
            let path = format!("products[{i}]");
            self.known(&path, "category", &product.category, &categories);
            self.known(&path, "brand", &product.brand, &brands);
            product
                .tags
                .iter()
                .for_each(|tag| self.known(&path, "tags", tag, &tags));
            product
                .stores
                .iter()
                .for_each(|store| self.known(&path, "stores", store, &stores));
            self.product(&path, product);
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
                self.known(&path, "member", &review.member, &members);
                self.text(&format!("{path}.text"), &review.text);
                self.count(&format!("{path}.likes"), review.likes);
                self.count(&format!("{path}.days_ago"), review.days_ago);
            }
        }
        self.places(file, &stores);
        for (i, banner) in file.banners.iter().enumerate() {
            let path = format!("banners[{i}]");
            self.text(&format!("{path}.title"), &banner.title);
            self.text(&format!("{path}.subtitle"), &banner.subtitle);
            self.colour(&format!("{path}.ink"), &banner.ink);
            let target = banner.link.split_once(':');
            let fine = match target {
                Some(("category", id)) => categories.contains(id),
                Some(("community", id)) => communities.contains(id),
                Some(("product", slug)) => file.products.iter().any(|p| p.slug == slug),
                Some(("live" | "video" | "search", word)) => !word.is_empty(),
                _ => false,
            };
            self.problems.check(
                fine,
                format!("{path}.link"),
                format!("{:?} leads nowhere", banner.link),
            );
        }
    }

    fn places(&mut self, file: &CatalogueFile, stores: &BTreeSet<String>) {
        for (i, store) in file.stores.iter().enumerate() {
            let path = format!("stores[{i}]");
            for (name, text) in [
                ("name", &store.name),
                ("text", &store.text),
                ("address", &store.address),
            ] {
                self.text(&format!("{path}.{name}"), text);
            }
            self.geo(&format!("{path}.geo"), &store.geo);
            self.rating(&format!("{path}.rating"), &store.rating);
            let delivery = &store.delivery;
            for (name, amount) in [
                ("min_order", delivery.min_order),
                ("fee", delivery.fee),
                ("free_from", delivery.free_from),
            ] {
                self.price(&format!("{path}.delivery.{name}"), amount);
            }
            self.count(&format!("{path}.delivery.radius_m"), delivery.radius_m);
            self.count(&format!("{path}.delivery.eta_min"), delivery.eta_min);
            for hours in &store.hours {
                self.clock(&format!("{path}.hours"), &hours.open);
                self.clock(&format!("{path}.hours"), &hours.close);
                let days = hours.days.iter().all(|day| (1..=7).contains(day));
                self.problems
                    .check(days, format!("{path}.hours"), "days are 1 to 7");
            }
        }
        for (i, community) in file.communities.iter().enumerate() {
            let path = format!("communities[{i}]");
            let point = &community.pickup_point;
            self.known(&path, "store", &community.store, stores);
            self.geo(&format!("{path}.geo"), &community.geo);
            self.geo(&format!("{path}.pickup_point.geo"), &point.geo);
            self.count(
                &format!("{path}.pickup_point.capacity_parcels"),
                point.capacity_parcels,
            );
            for clock in [&community.cutoff, &point.open, &point.close] {
                self.clock(&path, clock);
            }
            for text in [
                &community.name,
                &community.arrives,
                &point.name,
                &point.address,
            ] {
                self.text(&path, text);
            }
        }
    }

    fn product(&mut self, path: &str, product: &Product) {
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

    fn ids<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
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

    fn known(&mut self, path: &str, field: &str, id: &str, known: &BTreeSet<String>) {
        self.problems.check(
            known.contains(id),
            format!("{path}.{field}"),
            format!("{id:?} is not in the file"),
        );
    }

    fn text(&mut self, path: &str, text: &Text) {
        self.problems
            .check(!text.zh.trim().is_empty(), format!("{path}.zh"), "is empty");
        self.problems
            .check(!text.en.trim().is_empty(), format!("{path}.en"), "is empty");
    }

    fn price(&mut self, path: &str, minor: i64) {
        let fine = (0..=HIGHEST_PRICE).contains(&minor);
        self.problems.check(
            fine,
            path,
            format!("must be 0 to {HIGHEST_PRICE} minor units"),
        );
    }

    fn count(&mut self, path: &str, count: i64) {
        let fine = (0..=HIGHEST_COUNT).contains(&count);
        self.problems
            .check(fine, path, format!("must be 0 to {HIGHEST_COUNT}"));
    }

    fn rating(&mut self, path: &str, rating: &Rating) {
        let fine = (1.0..=5.0).contains(&rating.average);
        self.problems
            .check(fine, format!("{path}.average"), "must be 1 to 5");
        self.count(&format!("{path}.count"), rating.count);
    }

    fn geo(&mut self, path: &str, geo: &Geo) {
        let fine = (-90.0..=90.0).contains(&geo.lat) && (-180.0..=180.0).contains(&geo.lng);
        self.problems.check(fine, path, "is no place on earth");
    }

    fn clock(&mut self, path: &str, clock: &str) {
        let fine = clock.split_once(':').is_some_and(|(h, m)| {
            h.len() == 2
                && m.len() == 2
                && h.parse::<u8>().is_ok_and(|h| h < 24)
                && m.parse::<u8>().is_ok_and(|m| m < 60)
        });
        self.problems
            .check(fine, path, format!("{clock:?} is no time such as 07:30"));
    }

    fn colour(&mut self, path: &str, colour: &str) {
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

const NO_ID: &str = "an id is 1 to 64 letters, digits, dots, dashes and underscores";

fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

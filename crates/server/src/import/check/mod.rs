//! Checking the whole file before anything of it is stored: ids, references, numbers, texts.

mod groups;
mod product;
mod values;

use std::collections::BTreeSet;

use super::file::CatalogueFile;
use super::problems::Problems;

pub(super) use values::{HIGHEST_COUNT, HIGHEST_PRICE, is_id};

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
        let creators = self.ids("creators", file.creators.iter().map(|c| &c.handle));
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
        for (i, creator) in file.creators.iter().enumerate() {
            for text in [&creator.name, &creator.bio, &creator.city] {
                self.text(&format!("creators[{i}]"), text);
            }
            self.count(&format!("creators[{i}].followers"), creator.followers);
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
            if let Some(creator) = &product.creator {
                self.known(&path, "creator", creator, &creators);
            }
            self.problems.check(
                product.commission_bp.is_none_or(|rate| rate <= 10_000),
                format!("{path}.commission_bp"),
                "must be 0 to 10000",
            );
            self.product(&path, product);
            self.reviews(&path, product, &members);
            self.group_buy(&path, product);
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
}

//! The products that a promotion is about, as far as the editor has to name them.

use contract::catalog::{ProductDetail, Sku};
use contract::{Money, ProductId, SkuId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::picker;

/// A SKU in words and figures.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownSku {
    /// Its product's title.
    pub title: String,
    /// Which of the product's SKUs.
    pub label: String,
    /// What one costs usually.
    pub usual: Money,
    /// How many there are.
    pub available: u32,
}

/// Products that were asked for; a copyable handle.
#[derive(Clone, Copy)]
pub struct Catalogue {
    /// In the order in which they came.
    pub products: RwSignal<Vec<ProductDetail>>,
}

impl Catalogue {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self {
            products: RwSignal::default(),
        }
    }

    /// Takes note of a product.
    pub fn add(self, product: ProductDetail) {
        self.products.try_update(|known| {
            known.retain(|it| it.card.id != product.card.id);
            known.push(product);
        });
    }

    /// Asks for what it does not know of these SKUs.
    pub fn learn_skus(self, skus: Vec<SkuId>) {
        let mut unknown = skus;
        unknown.retain(|sku| {
            self.products
                .with_untracked(|known| find(known, sku).is_none())
        });
        if unknown.is_empty() {
            return;
        }
        spawn_local(async move {
            // Without an answer rows go by their codes.
            let Ok(quote) = api::create_quote(&unknown).await else {
                return;
            };
            let mut slugs: Vec<String> = quote
                .lines
                .into_iter()
                .filter_map(|line| line.item.map(|item| item.slug))
                .collect();
            slugs.sort();
            slugs.dedup();
            for slug in slugs {
                self.learn(&slug).await;
            }
        });
    }

    /// Asks for products by id.
    pub fn learn_products(self, products: Vec<ProductId>) {
        spawn_local(async move {
            for product in products {
                let is_known = self
                    .products
                    .try_with_untracked(|known| known.iter().any(|it| it.card.id == product));
                if is_known == Some(false) {
                    self.learn(product.as_str()).await;
                }
            }
        });
    }

    async fn learn(self, word: &str) {
        if let Ok(product) = picker::get_product(word).await {
            self.add(product);
        }
    }

    /// A SKU that it knows; tracked.
    pub fn sku(self, sku: &SkuId) -> Option<KnownSku> {
        self.products.with(|known| find(known, sku))
    }

    /// What a product is called; its id until it is known. Tracked.
    pub fn title(self, product: &ProductId) -> String {
        self.products.with(|known| {
            let found = known.iter().find(|it| it.card.id == *product);
            found.map_or_else(|| product.to_string(), |it| it.card.title.clone())
        })
    }
}

fn find(known: &[ProductDetail], wanted: &SkuId) -> Option<KnownSku> {
    known.iter().find_map(|product| {
        let sku = product.skus.iter().find(|sku| sku.id == *wanted)?;
        Some(KnownSku {
            title: product.card.title.clone(),
            label: sku.label.clone(),
            usual: usual(sku),
            available: sku.available,
        })
    })
}

/// What one costs without promotions: an offer that holds already, perhaps this very one, is no usual price.
fn usual(sku: &Sku) -> Money {
    let applied = sku.offer.iter().flat_map(|offer| &offer.applied);
    let off: i64 = applied.map(|promotion| promotion.amount.minor).sum();
    Money::new(sku.price.minor + off, sku.price.currency)
}

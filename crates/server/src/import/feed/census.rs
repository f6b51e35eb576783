//! What the products of a feed have in common: categories, brands and labels, counted while they are
//! checked. The most common come first.

use std::collections::{BTreeMap, HashMap};

use super::Goods;
use super::ids::id_of;
use crate::import::file::Text;

/// A shop's labels are read with every list, so they stay few: the most common words.
const MOST_LABELS: usize = 40;
/// Longer words are no labels.
const LONGEST_LABEL: usize = 24;
/// Different words that are counted; what comes after is only searched.
const MOST_COUNTED: usize = 20_000;

/// A name and how many products have it.
pub(in crate::import) struct Counted {
    pub id: String,
    pub name: Text,
    pub products: u32,
}

/// What was counted.
#[derive(Default)]
pub(in crate::import) struct Census {
    categories: HashMap<String, (Text, u32, u32)>,
    brands: BTreeMap<String, Text>,
    words: HashMap<String, (String, u32)>,
    /// The category of each product, by number; none where the product is left out.
    pub category_of: Vec<Option<u32>>,
    pub skus: usize,
    pub assumed: usize,
}

impl Census {
    /// Counts a product; none where one is left out.
    pub fn count(&mut self, goods: Option<&Goods>) {
        let Some(goods) = goods else {
            self.category_of.push(None);
            return;
        };
        let next = u32::try_from(self.categories.len()).unwrap_or(u32::MAX);
        let name = goods.category.clone().unwrap_or_else(|| Text {
            zh: "其他".to_owned(),
            en: "Other".to_owned(),
        });
        let category = self
            .categories
            .entry(goods.product.category.clone())
            .or_insert((name, next, 0));
        category.2 += 1;
        self.category_of.push(Some(category.1));
        if let Some(brand) = &goods.brand {
            self.brands
                .entry(goods.product.brand.clone())
                .or_insert_with(|| brand.clone());
        }
        for word in goods.tags.iter().filter(|word| is_label(word)) {
            let id = label_id(word);
            if self.words.len() < MOST_COUNTED || self.words.contains_key(&id) {
                self.words.entry(id).or_insert((word.clone(), 0)).1 += 1;
            }
        }
        self.skus += goods.product.skus.len();
        self.assumed += goods.assumed;
    }

    /// Products that are not left out.
    pub fn products(&self) -> usize {
        self.category_of.iter().flatten().count()
    }

    /// The categories, the most common first.
    pub fn categories(&self) -> Vec<Counted> {
        let all = self
            .categories
            .iter()
            .map(|(id, (name, _, products))| Counted {
                id: id.clone(),
                name: name.clone(),
                products: *products,
            });
        sorted(all.collect())
    }

    /// The brands.
    pub fn brands(&self) -> impl Iterator<Item = (&String, &Text)> {
        self.brands.iter()
    }

    /// The words that become labels: those of several products that are no category's name.
    pub fn labels(&self) -> Vec<Counted> {
        let total = u32::try_from(self.products()).unwrap_or(u32::MAX);
        let is_category = |word: &str| {
            let mut names = self.categories.values();
            names.any(|(name, ..)| name.en.eq_ignore_ascii_case(word) || name.zh == word)
        };
        let common = self.words.iter().filter(|(_, (word, products))| {
            *products > 1 && *products < total && !is_category(word)
        });
        let all = common.map(|(id, (word, products))| Counted {
            id: id.clone(),
            name: super::text::in_its_language(word),
            products: *products,
        });
        let mut all = sorted(all.collect());
        all.truncate(MOST_LABELS);
        all
    }
}

/// The label's id of a word, whatever its capitals.
pub(in crate::import) fn label_id(word: &str) -> String {
    id_of(&word.to_lowercase())
}

/// Many shops keep notes to themselves in tags: "size:10", "__feed_1". Those are no labels.
fn is_label(word: &str) -> bool {
    word.chars().count() <= LONGEST_LABEL
        && !word.contains([':', '_', '=', '#', '|', '{'])
        && word.chars().any(char::is_alphabetic)
}

fn sorted(mut counted: Vec<Counted>) -> Vec<Counted> {
    counted.sort_by(|a, b| b.products.cmp(&a.products).then_with(|| a.id.cmp(&b.id)));
    counted
}

//! A product on its way from another shop's words to ours: variants become SKUs, their values become
//! options, words become ids.

use std::collections::HashMap;

use super::ids::{id_of, made_of};
use super::text::in_its_language;
use crate::import::fault::Fault;
use crate::import::file::{Attribute, OptionValue, Product, ProductOption, Sku, Text};
use crate::import::problems::Problems;

/// More variants are a mistake of the export: Shopify itself takes 2048.
pub(super) const MOST_VARIANTS: usize = 2_048;

/// One of the things that can be bought of a product.
#[derive(Debug)]
pub(super) struct Variant {
    pub line: u64,
    /// Its SKU, where it has one to itself.
    pub sku: Option<String>,
    /// One value for each option.
    pub values: Vec<String>,
    pub price: i64,
    pub list_price: i64,
    /// How many there are, where the file says it.
    pub stock: Option<i64>,
    pub weight_g: i64,
    /// Address of its own picture.
    pub picture: Option<String>,
}

/// A product as its rows tell it.
#[derive(Debug)]
pub(super) struct Draft {
    /// The word it is known by.
    pub word: String,
    pub title: String,
    pub body: String,
    pub category: Option<String>,
    pub brand: Option<String>,
    pub tags: Vec<String>,
    /// Addresses of its pictures, main one first.
    pub pictures: Vec<String>,
    /// Names of its options; none for a product with nothing to choose.
    pub options: Vec<String>,
    pub variants: Vec<Variant>,
}

/// A product that is ready but for its pictures, whose names are still addresses elsewhere.
#[derive(Debug)]
pub(in crate::import) struct Goods {
    pub product: Product,
    pub category: Option<Text>,
    pub brand: Option<Text>,
    /// Words that it is found by; some of them become labels.
    pub tags: Vec<String>,
    /// SKUs whose stock the file does not say.
    pub assumed: usize,
}

impl Draft {
    /// The product; none when its variants cannot be told apart, which is noted.
    pub fn finish(self, stock: i64, column: &str, problems: &mut Problems) -> Option<Goods> {
        let mut seen: HashMap<&[String], u64> = HashMap::new();
        for variant in &self.variants {
            if let Some(line) = seen.insert(&variant.values, variant.line) {
                let fault = Fault::SameOptions { line };
                problems.put(Some(variant.line), Some(column.to_owned()), fault);
                return None;
            }
        }
        let id = id_of(&self.word);
        let mut product = Product::named(id, in_its_language(&self.title));
        product.summary = in_its_language(&self.body);
        product.images = self.pictures;
        product.options = options(&self.options, &self.variants);
        let category = self.category.as_deref().map(in_its_language);
        product.category = self.category.as_deref().map_or_else(other, id_of);
        let brand = self.brand.as_deref().map(in_its_language);
        product.brand = self.brand.as_deref().map_or_else(own, id_of);
        let assumed = self.variants.iter().filter(|v| v.stock.is_none()).count();
        product.skus = self
            .variants
            .into_iter()
            .map(|variant| sku(&self.word, variant, &product.options, stock))
            .collect();
        Some(Goods {
            product,
            category,
            brand,
            tags: self.tags,
            assumed,
        })
    }
}

/// Id of the category of goods that name none.
fn other() -> String {
    "other".to_owned()
}

/// Id of the brand of goods that name none: the shop's own.
pub(in crate::import) fn own() -> String {
    "own".to_owned()
}

fn options(names: &[String], variants: &[Variant]) -> Vec<ProductOption> {
    let option = |(place, name): (usize, &String)| {
        let mut values: Vec<OptionValue> = Vec::new();
        let mut known: HashMap<&str, ()> = HashMap::new();
        for variant in variants {
            let Some(value) = variant.values.get(place) else {
                continue;
            };
            if known.insert(value, ()).is_none() {
                values.push(OptionValue {
                    id: format!("v{}", values.len() + 1),
                    label: in_its_language(value),
                    image: None,
                });
            }
        }
        ProductOption {
            id: format!("o{}", place + 1),
            name: option_name(name),
            values,
        }
    };
    names.iter().enumerate().map(option).collect()
}

/// An option's name; the commonest ones are known in both languages.
fn option_name(name: &str) -> Text {
    const BOTH: [(&str, &str); 10] = [
        ("尺码", "Size"),
        ("颜色", "Color"),
        ("颜色", "Colour"),
        ("材质", "Material"),
        ("款式", "Style"),
        ("图案", "Pattern"),
        ("性别", "Gender"),
        ("年龄段", "Age group"),
        ("重量", "Weight"),
        ("选项", "Option"),
    ];
    let known = BOTH.iter().find(|(_, en)| en.eq_ignore_ascii_case(name));
    match known {
        Some((zh, _)) => Text {
            zh: (*zh).to_owned(),
            en: name.to_owned(),
        },
        None => in_its_language(name),
    }
}

fn sku(word: &str, variant: Variant, options: &[ProductOption], stock: i64) -> Sku {
    let label = variant.values.join(" / ");
    let attributes = options
        .iter()
        .zip(&variant.values)
        .filter_map(|(option, value)| {
            let is = |known: &&OptionValue| known.label.zh == *value || known.label.en == *value;
            Some(Attribute {
                id: option.id.clone(),
                value: option.values.iter().find(is)?.id.clone(),
            })
        });
    let attributes = attributes.collect();
    let standard = Text {
        zh: "标准款".to_owned(),
        en: "Standard".to_owned(),
    };
    Sku {
        code: match &variant.sku {
            Some(sku) => id_of(sku),
            None => made_of(&format!("{word} {label}")),
        },
        attributes,
        label: if label.is_empty() {
            standard
        } else {
            in_its_language(&label)
        },
        price: variant.price,
        list_price: variant.list_price.max(variant.price),
        stock: variant.stock.unwrap_or(stock),
        weight_g: variant.weight_g,
        image: variant.picture,
    }
}

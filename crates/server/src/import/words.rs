//! The words that a product is found by: its title's weigh most.

use super::file::{CatalogueFile, Product, Text};
use crate::search::words_of_text;

/// Words of the product's title.
pub(super) fn of_title(product: &Product) -> Vec<String> {
    of(&[&product.title])
}

/// The names of the product's category, brand and tags.
pub(super) fn about<'a>(file: &'a CatalogueFile, product: &Product) -> Vec<&'a Text> {
    let category = file.categories.iter().filter(|c| c.id == product.category);
    let brand = file.brands.iter().filter(|b| b.id == product.brand);
    let tags = file.tags.iter().filter(|t| product.tags.contains(&t.id));
    category
        .map(|c| &c.name)
        .chain(brand.map(|b| &b.name))
        .chain(tags.map(|t| &t.name))
        .collect()
}

/// Words of everything else that describes it: its summary, origin and choices, and what it is [`about`].
pub(super) fn of_body(product: &Product, about: &[&Text]) -> Vec<String> {
    let mut texts = vec![&product.summary, &product.origin];
    texts.extend(about);
    let values = product.options.iter().flat_map(|option| &option.values);
    texts.extend(values.map(|value| &value.label));
    of(&texts)
}

fn of(texts: &[&Text]) -> Vec<String> {
    let both = texts
        .iter()
        .flat_map(|text| [text.zh.as_str(), text.en.as_str()]);
    both.flat_map(words_of_text).collect()
}

//! The words that a product is found by: its title's weigh most.

use super::file::{CatalogueFile, Product, Text};
use crate::search::words_of_text;

/// Words of the product's title.
pub(super) fn of_title(product: &Product) -> Vec<String> {
    of(&[&product.title])
}

/// Words of everything else that describes it: its summary, origin, category, brand, tags and choices.
pub(super) fn of_body(file: &CatalogueFile, product: &Product) -> Vec<String> {
    let mut texts = vec![&product.summary, &product.origin];
    texts.extend(
        file.categories
            .iter()
            .filter(|c| c.id == product.category)
            .map(|c| &c.name),
    );
    texts.extend(
        file.brands
            .iter()
            .filter(|b| b.id == product.brand)
            .map(|b| &b.name),
    );
    texts.extend(
        file.tags
            .iter()
            .filter(|t| product.tags.contains(&t.id))
            .map(|t| &t.name),
    );
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

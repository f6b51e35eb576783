//! A long catalogue out of the demo's: its goods again and again under names of their own, with its pictures.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use walkdir::WalkDir;

/// Writes a catalogue of `count` products, and the pictures beside it, into `folder`.
///
/// # Errors
/// When the demo cannot be read or its copy not be written.
pub fn write(demo: &Path, folder: &Path, count: usize) -> Result<PathBuf> {
    for entry in WalkDir::new(demo) {
        let entry = entry?;
        let to = folder.join(entry.path().strip_prefix(demo)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&to)?;
        } else if entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "webp")
        {
            fs::copy(entry.path(), &to)?;
        }
    }
    let text = fs::read_to_string(demo.join("catalogue.json"))?;
    let file = folder.join("catalogue.json");
    let catalogue = lengthened(serde_json::from_str(&text)?, count)?;
    fs::write(&file, serde_json::to_vec(&catalogue)?)?;
    Ok(file)
}

fn lengthened(mut catalogue: Value, count: usize) -> Result<Value> {
    let products = catalogue.get_mut("products").and_then(Value::as_array_mut);
    let products = products.context("the catalogue has no products")?;
    let demo = std::mem::take(products);
    products.extend(demo.iter().cycle().take(count).cloned());
    for (round, product) in products.iter_mut().enumerate().skip(demo.len()) {
        rename(product, round / demo.len());
    }
    Ok(catalogue)
}

/// Gives a product and its SKUs names of their own; reviews and groups stay with the first of its kind.
fn rename(product: &mut Value, round: usize) {
    let add = |value: &mut Value, name: &str| {
        let named = value.get(name).and_then(Value::as_str);
        let text = format!("{}-{round}", named.unwrap_or_default());
        if let Some(named) = value.get_mut(name) {
            *named = text.into();
        }
    };
    add(product, "id");
    add(product, "slug");
    let skus = product.get_mut("skus").and_then(Value::as_array_mut);
    skus.into_iter().flatten().for_each(|sku| add(sku, "code"));
    if let Some(members) = product.as_object_mut() {
        members.remove("group_buy");
        members.insert("reviews".to_owned(), Value::Array(Vec::new()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_product_has_a_name_of_its_own() {
        let demo = include_str!("../../../demo/catalogue.json");
        let long = lengthened(serde_json::from_str(demo).unwrap(), 200).unwrap();
        let products = long["products"].as_array().unwrap();
        for name in ["id", "slug"] {
            let names: HashSet<&str> = products.iter().filter_map(|it| it[name].as_str()).collect();
            assert_eq!(names.len(), 200, "{name}");
        }
    }
}

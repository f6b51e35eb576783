//! Reading the file: every entry on its own, so that one bad entry does not hide the next.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::file::CatalogueFile;
use super::problems::Problems;

/// The only version of the file's shape.
const VERSION: u64 = 1;

/// Keys that a later feature will read, or that only an editor needs.
const PASSED_OVER: [&str; 1] = ["$schema"];

/// Reads the file's text; what cannot be read is told entry by entry.
pub(super) fn read(text: &str) -> Result<CatalogueFile, Problems> {
    let mut problems = Problems::default();
    let mut fields = match serde_json::from_str::<Map<String, Value>>(text) {
        Ok(fields) => fields,
        Err(error) => {
            problems.add("the file", format!("is no JSON object: {error}"));
            return Err(problems);
        }
    };
    for key in PASSED_OVER {
        fields.remove(key);
    }
    let version = fields.remove("version");
    problems.check(
        version.as_ref().and_then(Value::as_u64) == Some(VERSION),
        "version",
        format!("must be {VERSION}"),
    );
    let mut reader = Reader { fields, problems };
    let shop = reader.one("shop");
    let currency = reader.one("currency");
    let categories = reader.list("categories");
    let brands = reader.list("brands");
    let tags = reader.list("tags");
    let products = reader.list("products");
    let stores = reader.list("stores");
    let communities = reader.list("communities");
    let creators = reader.list("creators");
    let members = reader.list("members");
    let banners = reader.list("banners");
    let Reader {
        fields,
        mut problems,
    } = reader;
    for key in fields.keys() {
        problems.add(key, "is not known");
    }
    match (shop, currency) {
        (Some(shop), Some(currency)) if problems.is_empty() => Ok(CatalogueFile {
            shop,
            currency,
            categories,
            brands,
            tags,
            products,
            stores,
            communities,
            creators,
            members,
            banners,
        }),
        _ => Err(problems),
    }
}

struct Reader {
    fields: Map<String, Value>,
    problems: Problems,
}

impl Reader {
    fn one<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let Some(value) = self.fields.remove(key) else {
            self.problems.add(key, "is missing");
            return None;
        };
        self.entry(key, value)
    }

    fn list<T: DeserializeOwned>(&mut self, key: &str) -> Vec<T> {
        match self.fields.remove(key) {
            Some(Value::Array(entries)) => entries
                .into_iter()
                .enumerate()
                .filter_map(|(i, value)| self.entry(&format!("{key}[{i}]"), value))
                .collect(),
            Some(_) => {
                self.problems.add(key, "must be a list");
                Vec::new()
            }
            None => {
                self.problems.add(key, "is missing");
                Vec::new()
            }
        }
    }

    fn entry<T: DeserializeOwned>(&mut self, path: &str, value: Value) -> Option<T> {
        match serde_path_to_error::deserialize(value) {
            Ok(entry) => Some(entry),
            Err(error) => {
                let within = error.path().to_string();
                let path = match within.as_str() {
                    "." => path.to_owned(),
                    within => format!("{path}.{within}"),
                };
                self.problems.add(path, error.into_inner());
                None
            }
        }
    }
}

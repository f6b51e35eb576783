//! Turns `locales/<language>/<feature>.json` into typed messages before the app compiles, so that a
//! missing translation, a missing placeholder or a misspelt key is a compile error and no parser of
//! message files travels to the browser.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

/// The languages, in the order of `i18n::Lang`'s variants.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

type Failure = Box<dyn std::error::Error>;

/// Feature word → key → text.
type Messages = BTreeMap<String, BTreeMap<String, Text>>;

/// A text as the translators wrote it.
enum Text {
    Plain(String),
    /// By the number in `{count}`.
    Plural {
        one: String,
        other: String,
    },
}

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=locales");
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let [zh, en] = LANGUAGES.map(|language| read(&Path::new(&root).join("locales").join(language)));
    let code = generate(&zh?, &en?)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("messages.rs"), code)?;
    Ok(())
}

fn read(folder: &Path) -> Result<Messages, Failure> {
    let mut messages = Messages::new();
    for entry in fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let path = entry?.path();
        let (Some(feature), Some("json")) = (
            path.file_stem().and_then(|s| s.to_str()),
            path.extension().and_then(|s| s.to_str()),
        ) else {
            continue;
        };
        let source: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(&path)?)
            .map_err(|e| format!("{}: {e}", path.display()))?;
        let texts = source
            .into_iter()
            .map(|(key, value)| {
                Ok((
                    key.clone(),
                    text(&value).ok_or_else(|| {
                        format!(
                            "{}: {key} is neither a text nor {{\"one\", \"other\"}}",
                            path.display()
                        )
                    })?,
                ))
            })
            .collect::<Result<_, Failure>>()?;
        messages.insert(feature.to_owned(), texts);
    }
    Ok(messages)
}

fn text(value: &Value) -> Option<Text> {
    let part = |name| value.get(name)?.as_str().map(str::to_owned);
    match value {
        Value::String(text) => Some(Text::Plain(text.clone())),
        Value::Object(_) => Some(Text::Plural {
            one: part("one")?,
            other: part("other")?,
        }),
        _ => None,
    }
}

impl Text {
    /// One form for the number one and one for all others.
    fn forms(&self) -> [&str; 2] {
        match self {
            Self::Plain(text) => [text, text],
            Self::Plural { one, other } => [one, other],
        }
    }

    /// The names between braces.
    fn placeholders(&self) -> BTreeSet<&str> {
        self.forms()
            .into_iter()
            .flat_map(|form| form.split('{').skip(1))
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
            .collect()
    }
}

/// A module a feature and, in it, a function or (with placeholders) a struct a key.
fn generate(zh: &Messages, en: &Messages) -> Result<String, Failure> {
    same_keys("feature file", zh, en)?;
    let mut code = String::new();
    for ((feature, zh), en) in zh.iter().zip(en.values()) {
        same_keys(feature, zh, en)?;
        writeln!(code, "/// Texts of `locales/*/{feature}.json`.")?;
        writeln!(
            code,
            "pub mod {feature} {{ use crate::i18n::fill::{{fill, pick}}; use core::fmt::Display;"
        )?;
        for ((key, zh), en) in zh.iter().zip(en.values()) {
            message(&mut code, &format!("{feature}.{key}"), key, zh, en)?;
        }
        code.push_str("}\n");
    }
    Ok(code)
}

fn same_keys<T>(
    place: &str,
    zh: &BTreeMap<String, T>,
    en: &BTreeMap<String, T>,
) -> Result<(), Failure> {
    let [zh, en] = [zh, en].map(|map| map.keys().collect::<BTreeSet<_>>());
    match zh.symmetric_difference(&en).next() {
        Some(key) => Err(format!("{place}: \"{key}\" is in one language only").into()),
        None => Ok(()),
    }
}

fn message(code: &mut String, path: &str, key: &str, zh: &Text, en: &Text) -> Result<(), Failure> {
    let names = zh.placeholders();
    // Chinese has one plural form: `{count}` may be spoken by English alone.
    let all: BTreeSet<&str> = names.union(&en.placeholders()).copied().collect();
    if names
        .iter()
        .chain(&en.placeholders())
        .any(|name| *name != "count" && !(names.contains(name) && en.placeholders().contains(name)))
    {
        return Err(format!("{path}: the languages name different placeholders").into());
    }
    let forms = format!("[{:?}, {:?}]", zh.forms(), en.forms());
    let doc = format!("/// {}", en.forms()[1].replace(['\n', '\r'], " "));
    if [
        "as", "box", "for", "if", "in", "match", "move", "type", "use", "where", "while",
    ]
    .contains(&key)
    {
        return Err(format!("{path}: a key cannot be a Rust keyword").into());
    }
    if all.is_empty() {
        writeln!(
            code,
            "{doc}\npub fn {key}() -> &'static str {{ pick(&{forms}, None) }}"
        )?;
        return Ok(());
    }
    let fields: String = all
        .iter()
        .map(|name| {
            if *name == "count" {
                "/// Number that chooses the plural form.\npub count: u64,".to_owned()
            } else {
                format!("/// `{{{name}}}`\npub {name}: &'a dyn Display,")
            }
        })
        .collect();
    let plural = matches!(zh, Text::Plural { .. }) || matches!(en, Text::Plural { .. });
    if plural != all.contains("count") {
        return Err(format!("{path}: {{count}} and {{\"one\", \"other\"}} belong together").into());
    }
    let number = if plural { "Some(self.count)" } else { "None" };
    let values: String = all
        .iter()
        .map(|name| {
            if *name == "count" {
                "(\"count\", &crate::i18n::number(self.count)),".to_owned()
            } else {
                format!("({name:?}, self.{name}),")
            }
        })
        .collect();
    let life = if all.iter().any(|name| *name != "count") {
        "<'a>"
    } else {
        ""
    };
    writeln!(
        code,
        "{doc}\n#[allow(non_camel_case_types)] pub struct {key}{life} {{ {fields} }}"
    )?;
    writeln!(
        code,
        "impl{life} {key}{life} {{ /// The text.\npub fn text(&self) -> String {{ fill(pick(&{forms}, {number}), &[{values}]) }} }}"
    )?;
    writeln!(code, "const _: Option<&dyn Display> = None;")?;
    Ok(())
}

//! Both languages have the same files and the same keys.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;

const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// What one language has and the other lacks.
///
/// # Errors
/// When a file cannot be read or is no JSON.
pub fn check(root: &Path) -> Result<Vec<Finding>> {
    let [zh, en] = LANGUAGES.map(|language| keys(&root.join("locales").join(language)));
    let (zh, en) = (zh?, en?);
    let missing = |in_language: &str, have: &BTreeSet<String>, lack: &BTreeSet<String>| {
        have.difference(lack)
            .map(|key| Finding::error(format!("locales/{in_language}"), 0, format!("lacks {key}")))
            .collect::<Vec<_>>()
    };
    let [zh_name, en_name] = LANGUAGES;
    Ok([missing(en_name, &zh, &en), missing(zh_name, &en, &zh)].concat())
}

/// `feed.title` for the key `title` of `feed.json`.
fn keys(folder: &Path) -> Result<BTreeSet<String>> {
    let mut keys = BTreeSet::new();
    if !folder.exists() {
        return Ok(keys);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path)?;
        let value: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} is no JSON", path.display()))?;
        for key in value
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys())
        {
            keys.insert(format!("{name}.{key}"));
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_one_language_alone_is_found() {
        let root = tempfile::tempdir().unwrap();
        for (language, text) in [
            ("zh-CN", r#"{"a": "甲", "b": "乙"}"#),
            ("en", r#"{"a": "A"}"#),
        ] {
            let folder = root.path().join("locales").join(language);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("feed.json"), text).unwrap();
        }
        let found = check(root.path()).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].to_string(), "✗ locales/en: lacks feed.b");
    }
}

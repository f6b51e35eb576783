//! One word finds all: ARCHITECTURE.md's rule 4. A feature of the app has its words in both
//! languages and is spoken of by the same name on the server or in the contract.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Finding;

/// Features of the app that are found nowhere else under their name.
///
/// # Errors
/// When a folder cannot be read.
pub fn check(root: &Path) -> Result<Vec<Finding>> {
    let app = names(&root.join("src/features"))?;
    let locales = names(&root.join("locales/zh-CN"))?;
    let mut other_side = names(&root.join("crates/contract/src"))?;
    other_side.extend(names(&root.join("crates/server/src/features"))?);
    let mut findings = Vec::new();
    for word in &app {
        let path = format!("src/features/{word}");
        if !locales.contains(word) {
            let message = format!("no locales/zh-CN/{word}.json (rule 4)");
            findings.push(Finding::error(&path, 0, message));
        }
        if !other_side.contains(word) {
            let message = format!("neither contract nor server know the word {word} (rule 4)");
            findings.push(Finding::error(&path, 0, message));
        }
    }
    Ok(findings)
}

/// The modules or files of a folder, without their endings.
fn names(folder: &Path) -> Result<BTreeSet<String>> {
    if !folder.exists() {
        return Ok(BTreeSet::new());
    }
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
            && !matches!(stem, "mod" | "lib")
        {
            names.insert(stem.to_owned());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_4_a_feature_is_found_by_one_word() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str| {
            let file = root.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        };
        write("src/features/feed/mod.rs");
        assert_eq!(check(root.path()).unwrap().len(), 2);
        write("locales/zh-CN/feed.json");
        write("crates/contract/src/feed.rs");
        assert_eq!(check(root.path()).unwrap(), []);
    }
}

//! The Rust files of the repository, read once for all checks.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::{DirEntry, WalkDir};

use super::tokens::{self, Token};

/// Where the project's own Rust lives.
const FOLDERS: &[&str] = &["src", "tests", "crates", "xtask"];

/// One Rust file.
#[derive(Debug)]
pub struct Source {
    /// From the repository's root, with `/`.
    pub path: String,
    /// As it is written.
    pub text: String,
    /// Its code without comments and without what only tests see.
    pub tokens: Vec<Token>,
}

impl Source {
    /// Reads every Rust file of the project, sorted by path.
    ///
    /// # Errors
    /// When one cannot be read or is no Rust.
    pub fn read_all(root: &Path) -> Result<Vec<Self>> {
        let mut sources = Vec::new();
        for path in files_with_extension(root, FOLDERS, "rs")? {
            let text =
                fs::read_to_string(root.join(&path)).with_context(|| format!("reading {path}"))?;
            sources.push(Self::parse(&path, &text)?);
        }
        Ok(sources)
    }

    /// Makes a source of a path and its text.
    ///
    /// # Errors
    /// When the text is no Rust.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        let tokens = tokens::read(text).with_context(|| format!("{path} is no Rust"))?;
        Ok(Self {
            path: path.to_owned(),
            text: text.to_owned(),
            tokens,
        })
    }

    /// Whether the whole file is a test, a benchmark or an example: those may stop at once.
    pub fn is_test(&self) -> bool {
        let folders = ["/tests/", "/benches/", "/examples/"];
        self.path.starts_with("tests/")
            || folders.iter().any(|folder| self.path.contains(folder))
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("_test.rs")
            || self.path.ends_with("_tests.rs")
    }
}

/// The files under `folders` that end with `extension`, from the root, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_with_extension(root: &Path, folders: &[&str], extension: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in folders.iter().map(|folder| root.join(folder)) {
        if !folder.exists() {
            continue;
        }
        for entry in WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(is_ours)
        {
            let entry = entry?;
            if entry.path().extension().is_some_and(|e| e == extension)
                && let Ok(relative) = entry.path().strip_prefix(root)
            {
                found.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(found)
}

fn is_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    !(entry.file_type().is_dir()
        && (name == "target" || name == "node_modules" || name == "dist" || name == ".git"))
}

//! One style sheet out of many: the global sheets of `style/` first, then every component's
//! `x.module.css`, its classes made unique by stylance. The browser asks once, and the rules
//! compress better together.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use stylance_cli::{Config, load_and_modify_crate};

use crate::project::Project;

/// The global sheets in the order of the cascade.
const GLOBAL: &[&str] = &["style/tokens.css", "style/reset.css", "style/base.css"];

/// The whole style sheet.
///
/// # Errors
/// When a sheet cannot be read or parsed, or two sheets would share their class names.
pub fn bundle(project: &Project) -> Result<String> {
    let mut sheets = Vec::new();
    for sheet in GLOBAL {
        let path = project.path(sheet);
        sheets.push(fs::read_to_string(&path).with_context(|| format!("no {sheet}"))?);
    }
    sheets.extend(modules(project.root())?);
    Ok(sheets.join("\n"))
}

fn modules(root: &Path) -> Result<Vec<String>> {
    let config = Config::load(root.to_owned()).context("stylance's settings in Cargo.toml")?;
    let mut sheets: Vec<(PathBuf, String)> = load_and_modify_crate(&config)
        .context("a component's style sheet")?
        .into_iter()
        .map(|sheet| (sheet.path, sheet.contents))
        .collect();
    sheets.sort();
    Ok(sheets.into_iter().map(|(_, css)| css).collect())
}

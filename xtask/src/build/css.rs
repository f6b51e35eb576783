//! Three style sheets out of many: what the start page shows (the global sheets of `style/`, the components
//! of `ui`, the shell, the feed), all other pages', and the studio's. A component's classes are made unique by
//! stylance.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use stylance_cli::{Config, load_and_modify_crate};

use crate::project::Project;

/// The global sheets in the order of the cascade.
const GLOBAL: &[&str] = &["style/tokens.css", "style/reset.css", "style/base.css"];

/// The order of the cascade, as `style/tokens.css` has it.
const LAYERS: &str = "@layer tokens, reset, base, components, screens, utilities;";

/// What the start page needs; the rest follows with the first piece of the app.
const FIRST: &[&str] = &["src/ui/", "src/app/", "src/features/feed/"];

/// What of that no start page shows: it comes with the pages that do.
const LATER: &[&str] = &["src/ui/say_field", "src/ui/sku_sheet/"];

/// What the studio has of the shopper's app.
const SHARED: &[&str] = &["src/ui/", "src/features/account/sign_in"];

/// The style sheets of the app and the studio.
pub struct Sheets {
    /// Of the start page, and what is global.
    pub first: String,
    /// Of all other pages.
    pub rest: String,
    /// Of the studio.
    pub studio: String,
}

/// Bundles the style sheets.
///
/// # Errors
/// When a sheet cannot be read or parsed, or two sheets would share their class names.
pub fn bundle(project: &Project) -> Result<Sheets> {
    // Whichever sheet the browser reads first sets the order of the layers: this one says it too.
    let (mut first, mut rest) = (Vec::new(), vec![LAYERS.to_owned()]);
    for sheet in GLOBAL {
        let path = project.path(sheet);
        first.push(fs::read_to_string(&path).with_context(|| format!("no {sheet}"))?);
    }
    let mut studio = first.clone();
    let stands_in = |path: &Path, places: &[&str]| {
        let path = path.to_string_lossy();
        let of = |place: &&str| path.starts_with(&*project.path(place).to_string_lossy());
        places.iter().any(of)
    };
    for (path, css) in modules(project.root())? {
        if stands_in(&path, SHARED) {
            studio.push(css.clone());
        }
        match stands_in(&path, FIRST) && !stands_in(&path, LATER) {
            true => first.push(css),
            false => rest.push(css),
        }
    }
    let own = modules(&project.path("crates/studio"))?;
    studio.extend(own.into_iter().map(|(_, css)| css));
    Ok(Sheets {
        first: first.join("\n"),
        rest: rest.join("\n"),
        studio: studio.join("\n"),
    })
}

fn modules(root: &Path) -> Result<Vec<(PathBuf, String)>> {
    let config = Config::load(root.to_owned()).context("stylance's settings in Cargo.toml")?;
    let mut sheets: Vec<(PathBuf, String)> = load_and_modify_crate(&config)
        .context("a component's style sheet")?
        .into_iter()
        .map(|sheet| (sheet.path, sheet.contents))
        .collect();
    sheets.sort();
    Ok(sheets)
}

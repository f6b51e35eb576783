//! Which package may stand on which: ARCHITECTURE.md's rule 1, read from the manifests.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use toml::Table;

use super::Finding;

/// A manifest and the packages it must not depend on.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("Cargo.toml", &["server", "sandbox-gateway", "axum", "sqlx"]),
    (
        "crates/contract/Cargo.toml",
        &[
            "leptos",
            "axum",
            "sqlx",
            "web-sys",
            "js-sys",
            "wasm-bindgen",
            "tokio",
            "storefront",
            "server",
        ],
    ),
    // It carries pictures, whoever's they are.
    (
        "crates/media/Cargo.toml",
        &["contract", "leptos", "server", "sqlx", "storefront"],
    ),
    // It draws first screens with the app (ADR 18), and knows not by what means.
    (
        "crates/server/Cargo.toml",
        &["leptos", "web-sys", "sandbox-gateway"],
    ),
    // It is a page: what it needs of a browser, the app's library has.
    (
        "crates/studio/Cargo.toml",
        &["server", "axum", "sqlx", "web-sys", "gloo-net"],
    ),
    // It stands for somebody else's program.
    (
        "crates/sandbox-gateway/Cargo.toml",
        &["contract", "server", "storefront"],
    ),
];

/// The manifests' forbidden lines.
///
/// # Errors
/// When a manifest cannot be read.
pub fn check(root: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (path, forbidden) in FORBIDDEN {
        let text = fs::read_to_string(root.join(path)).with_context(|| format!("no {path}"))?;
        let manifest: Table = text.parse().with_context(|| path.to_string())?;
        for name in dependencies(&manifest) {
            if forbidden.contains(&name.as_str()) || name == "xtask" {
                let message = format!("depends on {name} (rule 1)");
                findings.push(Finding::error(*path, 0, message));
            }
        }
    }
    Ok(findings)
}

/// What the package itself is built on; what only its tests use is its own affair.
fn dependencies(manifest: &Table) -> Vec<String> {
    let of = |table: &Table| {
        table
            .get("dependencies")
            .and_then(toml::Value::as_table)
            .map(|dependencies| dependencies.keys().cloned().collect::<Vec<_>>())
            .unwrap_or_default()
    };
    let mut names = of(manifest);
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        names.extend(
            targets
                .values()
                .filter_map(toml::Value::as_table)
                .flat_map(of),
        );
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_of_every_target_count() {
        let manifest: Table = "[dependencies]\na = \"1\"\n[dev-dependencies]\nb = \"1\"\n\
            [target.'cfg(unix)'.dependencies]\nc = \"1\"\n"
            .parse()
            .unwrap();
        assert_eq!(dependencies(&manifest), ["a", "c"]);
    }

    #[test]
    fn rule_1_a_contract_with_a_framework_is_found() {
        let root = tempfile::tempdir().unwrap();
        for (path, _) in FORBIDDEN {
            let file = root.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "[dependencies]\nserde = \"1\"\n").unwrap();
        }
        assert_eq!(check(root.path()).unwrap(), []);
        let contract = root.path().join("crates/contract/Cargo.toml");
        fs::write(contract, "[dependencies]\nleptos = \"0.8\"\n").unwrap();
        assert_eq!(check(root.path()).unwrap().len(), 1);
    }
}

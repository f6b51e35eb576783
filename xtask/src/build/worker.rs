//! The service worker of a build: the script in `public/`, told what stands for this build's files and which
//! of them every start needs. Only what is shipped has one: while working, old files would come back.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::project::Project;
use crate::size::first_load;

/// Its address: the browser asks for it again at every visit, so it has no hash in its name.
pub const ADDRESS: &str = "/sw.js";

/// What a start needs besides the page's own files.
const OTHERS: &[&str] = &["/index.html", "/icon.svg", "/icons.svg"];

/// Writes the worker of the staged build, whose page and `style` of all other pages are these.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(project: &Project, staged: &Path, page: &str, style: &str) -> Result<()> {
    let script = fs::read_to_string(project.path("public/sw.js"))?;
    let mut shell: Vec<String> = OTHERS.iter().map(|path| (*path).to_owned()).collect();
    shell.extend(first_load(page).into_iter().map(|name| format!("/{name}")));
    shell.push(style.to_owned());
    let mut hasher = DefaultHasher::new();
    (page, &script).hash(&mut hasher);
    for name in ["icon.svg", "icons.svg"] {
        fs::read(staged.join(name))?.hash(&mut hasher);
    }
    let script = told(&script, &format!("{:016x}", hasher.finish()), &shell)?;
    fs::write(staged.join(ADDRESS.trim_start_matches('/')), script)
        .context("the service worker cannot be written")
}

fn told(script: &str, version: &str, shell: &[String]) -> Result<String> {
    let (no_version, no_shell) = ("const VERSION = \"\";", "const SHELL = [];");
    ensure!(
        script.contains(no_version) && script.contains(no_shell),
        "public/sw.js has no place for its version and files"
    );
    let shell = serde_json::to_string(shell)?;
    Ok(script
        .replace(no_version, &format!("const VERSION = \"{version}\";"))
        .replace(no_shell, &format!("const SHELL = {shell};")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_is_told_its_version_and_files() {
        let script = include_str!("../../../public/sw.js");
        let told = told(script, "0a1b", &["/index.html".to_owned()]).unwrap();
        assert!(told.contains("const VERSION = \"0a1b\";"));
        assert!(told.contains("const SHELL = [\"/index.html\"];"));
        assert!(super::told("", "0a1b", &[]).is_err());
    }
}
